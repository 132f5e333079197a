import fs from 'node:fs';
import path from 'node:path';
import { openCalls, type OpenCalls } from '../../electron/app/calls.ts';
import type { Budget } from '../../electron/engine/ports.ts';
import { ok, problem } from '../../shared/problem.ts';
import { engineOn, scratch, ScriptedLogin, type Scratch } from '../doubles/engine.ts';
import { HOME_FILES, makeMailHome, PEOPLE } from '../doubles/mail-home.ts';
import { snapshot, type Snapshot } from '../doubles/snapshot.ts';

const SERVERS = { host: '127.0.0.1', imaps: 993, smtps: 465, submission: 587 } as const;

/** Rejections are counted on disk elsewhere; here any number of them is let through, so that each reaches the login. */
const ENDLESS: Budget = { allows: () => ok(undefined), count: () => undefined, used: () => 0 };

const NOBODY = { report: () => undefined };

/** The id of every place of an account that can be ticked, and of the plan. */
async function planOf(calls: OpenCalls): Promise<{ planId: string; steps: readonly string[] }> {
  const plan = await calls.plan({ account: PEOPLE.owner.login }, NOBODY);
  if (!plan.ok) throw new Error(plan.problem.kind);
  return {
    planId: plan.value.planId,
    steps: plan.value.rows.filter(({ ticked }) => ticked).map(({ id }) => id),
  };
}

async function runWith(calls: OpenCalls, password: string): Promise<string> {
  const { planId, steps } = await planOf(calls);
  const done = await calls.apply({ id: 'x', planId, steps: [...steps], password, unlocks: {} }, NOBODY);
  if (!done.ok || done.value.run === undefined) throw new Error('nothing was written');
  return done.value.run;
}

/** The app on a home in use: a finished run, one that was cut off, and files that somebody changed after both. */
export interface LivedIn extends Disposable {
  readonly calls: OpenCalls;
  readonly runs: readonly [finished: string, cutOff: string];
  /** Every file of the home, and those beside it that no message may reach. */
  look(): Snapshot;
  /** Puts the past runs back where a message (rightly) forgot or finished them. */
  restoreRuns(): void;
  /** The reports that were saved, as text. */
  readonly saved: { last: string };
}

/**
 * No message of a stranger to the password can write here: the server accepts no password that a message holds, and
 * what either run wrote has been changed since, so there is nothing that undo or recovery would touch.
 */
export async function livedIn(): Promise<LivedIn> {
  const home = scratch();
  makeMailHome(home.home, SERVERS);
  const accepting = openCalls({ engine: engineOn(home), saveFile: async () => ok(undefined) });
  const finished = await runWith(accepting, 'First-2026');
  const cutOff = await runWith(accepting, 'Second-2026');
  fs.truncateSync(path.join(home.state, 'runs', cutOff, 'log'));
  editAll(home);
  fs.writeFileSync(path.join(home.root, 'beside'), 'not ours');
  fs.writeFileSync(path.join(home.state, 'beside'), 'not a run');
  const kept = path.join(home.root, 'kept-runs');
  fs.cpSync(path.join(home.state, 'runs'), kept, { recursive: true });
  const saved = { last: '' };
  const calls = openCalls({
    engine: engineOn(home, { login: new ScriptedLogin(() => problem('rejected')), budget: ENDLESS }),
    saveFile: async (name, contents) => {
      saved.last = contents;
      return ok(path.join('/chosen', name));
    },
  });
  return {
    calls,
    runs: [finished, cutOff],
    saved,
    look: () => new Map([...snapshot(home.root)].filter(([name]) => !/^state\/(?!beside)/.test(name))),
    restoreRuns: () => {
      fs.rmSync(path.join(home.state, 'runs'), { recursive: true });
      fs.cpSync(kept, path.join(home.state, 'runs'), { recursive: true });
    },
    [Symbol.dispose]: () => home[Symbol.dispose](),
  };
}

/** One more line break at the end of every file that a run wrote; no format minds. */
function editAll(home: Scratch): void {
  for (const { name } of HOME_FILES) fs.appendFileSync(home.path(name), '\n');
  for (const name of fs.readdirSync(home.home, { recursive: true, encoding: 'utf8' })) {
    if (path.basename(name) === 'logins.json') fs.appendFileSync(home.path(name), '\n');
  }
}
