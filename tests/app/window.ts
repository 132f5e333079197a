import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { z } from 'zod';
import {
  CALLS,
  PROGRESS,
  type CallName,
  type PlaceRow,
  type PlanView,
  type ProgressEvent,
  type Reply,
  type Request,
} from '../../shared/contract.ts';
import { ok, type ProblemKind, type Result } from '../../shared/problem.ts';
import type { Engine } from '../../electron/engine/verbs.ts';
import { openBudget } from '../../electron/login/budget.ts';
import { openLogin } from '../../electron/login/login.ts';
import { openCalls, type Calls, type OpenCalls } from '../../electron/app/calls.ts';
import { disk } from '../../electron/system/disk.ts';
import { openStateFiles } from '../../electron/system/state-files.ts';
import { engineOn, type Scratch } from '../doubles/engine.ts';
import type { MailServer } from '../doubles/mail-server.ts';

interface Schemas<C extends CallName> {
  readonly request: z.ZodType<Request<C>>;
  readonly reply: z.ZodType<Reply<C>>;
}

const SCHEMAS: { readonly [C in CallName]: Schemas<C> } = CALLS;

/** A page without pixels: it asks, hears of progress, and keeps every word that was said to it. */
export class Window {
  readonly calls: OpenCalls;
  readonly events: ProgressEvent[] = [];
  readonly saved = new Map<string, string>();
  /** Everything that crossed to the page, as the text of its JSON. */
  readonly said: string[] = [];
  /** Called with every event, as the page would be. */
  onProgress: (event: ProgressEvent) => void = () => undefined;

  constructor(engine: Engine) {
    this.calls = openCalls({
      engine,
      saveFile: async (name, contents) => {
        this.saved.set(name, contents);
        return ok(`/chosen/${name}`);
      },
    });
  }

  /** One call through the contract: what goes in and what comes out are exactly what it says. */
  async ask<C extends CallName>(name: C, request: Request<C>): Promise<Result<Reply<C>>> {
    const calls: Calls = this.calls;
    const schemas: Schemas<C> = SCHEMAS[name];
    const caller = { report: (event: ProgressEvent) => this.#hear(event) };
    const answer = await calls[name](schemas.request.parse(request), caller);
    this.said.push(JSON.stringify(answer));
    if (answer.ok) expect(schemas.reply.parse(answer.value)).toEqual(answer.value);
    return answer;
  }

  /** The same for a call that must succeed. */
  async must<C extends CallName>(name: C, request: Request<C>): Promise<Reply<C>> {
    const answer = await this.ask(name, request);
    if (!answer.ok) throw new Error(`${name}: ${answer.problem.kind}`);
    return answer.value;
  }

  /** The kind of Problem that a call ended with. */
  async refused<C extends CallName>(name: C, request: Request<C>): Promise<ProblemKind | undefined> {
    const answer = await this.ask(name, request);
    return answer.ok ? undefined : answer.problem.kind;
  }

  /** Plans and applies with the ticks that Rekey proposes. */
  async apply(
    account: string,
    password: string,
    more: Partial<Request<'apply'>> = {},
  ): Promise<Reply<'apply'>> {
    const plan = await this.must('plan', { account });
    return this.must('apply', { ...applyRequest(plan, password), ...more });
  }

  #hear(event: ProgressEvent): void {
    expect(PROGRESS.parse(event)).toEqual(event);
    this.said.push(JSON.stringify(event));
    this.events.push(event);
    this.onProgress(event);
  }
}

export const applyRequest = ({ planId, rows }: PlanView, password: string): Request<'apply'> => ({
  id: 'run-1',
  planId,
  steps: rows.filter(({ ticked }) => ticked).map(({ id }) => id),
  password,
  unlocks: {},
});

/** An engine whose logins and budget are the real ones. */
export const engineWith = (home: Scratch, { caPem }: Pick<MailServer, 'caPem'>): Engine => {
  const clock = { now: () => new Date() };
  const login = openLogin({ ca: [caPem] });
  return engineOn(home, {
    login,
    post: login,
    budget: openBudget({ files: openStateFiles(disk, home.state), clock }),
    now: clock.now,
  });
};

/** How many places came to which outcome. */
export function tally({ outcomes }: Reply<'apply'>): Readonly<Record<string, number>> {
  const groups = Map.groupBy(outcomes, ({ outcome }) => outcome);
  return Object.fromEntries([...groups].map(([outcome, rows]) => [outcome, rows.length]));
}

export const rowOf = ({ rows }: PlanView, file: string): PlaceRow => {
  const row = rows.find(({ where }) => path.basename(where) === file);
  if (!row) throw new Error(`no row for ${file}`);
  return row;
};

const CASES = path.join(import.meta.dirname, '../stores/thunderbird');

/** Moves a Thunderbird into the home that the real one left behind. */
export function moveIn(home: Scratch, name: string): void {
  fs.cpSync(path.join(CASES, name, 'home'), home.home, { recursive: true });
}
