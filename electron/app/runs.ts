import type { Fact, PlanView, ProgressEvent, Reply } from '../../shared/contract.ts';
import type { ReportView } from '../../shared/contract.ts';
import type { Report } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Run } from '../engine/ports.ts';
import type { Engine } from '../engine/verbs.ts';
import { factOf, type Command } from './reports.ts';

/** What a run is known by, and who hears of it. */
export interface Start {
  readonly id: string;
  readonly command: Command;
  readonly plan?: PlanView;
  report(event: ProgressEvent): void;
}

/** How a run ended: for the page, and for the report that is saved. */
export interface Ended {
  readonly views: readonly ReportView[];
  readonly reports: readonly Report[];
}

/** The last ended run, with what its saved report is made from. */
export interface LastRun {
  readonly command: Command;
  readonly reports: readonly Report[];
}

interface Known {
  readonly start: Start;
  readonly facts: Fact[];
  readonly control: AbortController;
  readonly over: PromiseWithResolvers<void>;
  running: boolean;
  ended?: Ended;
}

/** One run at a time, in this window and on this computer; the last one is remembered. */
export class Runs {
  readonly #engine: Engine;
  #known: Known | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get busy(): boolean {
    return this.#known?.running === true;
  }

  /** Does the work under the run lock. Problems: `run-active`, those of the lock, those of the work. */
  async carryOut(start: Start, work: (run: Run) => Promise<Result<Ended>>): Promise<Result<Ended>> {
    if (this.busy) return fail('run-active');
    const lock = this.#engine.system.lock();
    if (!lock.ok) return lock;
    const known = newRun(start);
    this.#known = known;
    try {
      const ended = await work(runOf(known));
      if (ended.ok) known.ended = ended.value;
      return ended;
    } finally {
      lock.value.release();
      known.running = false;
      tell(known, { kind: 'ended' });
      known.over.resolve();
    }
  }

  /** Asks the run with this id to stop; harmless when it is over. */
  cancel(id: string): void {
    if (this.#known?.start.id === id) this.#known.control.abort();
  }

  /** Stops what is going on and waits until it has ended. */
  async close(): Promise<void> {
    this.#known?.control.abort();
    await this.#known?.over.promise;
  }

  current(): Reply<'current'> {
    if (!this.#known) return { running: false, facts: [] };
    const { start, facts, running, ended } = this.#known;
    const report = ended?.views.at(-1);
    return {
      id: start.id,
      running,
      command: start.command,
      facts: [...facts],
      ...(start.plan ? { plan: start.plan } : {}),
      ...(report ? { report } : {}),
    };
  }

  /** Problem: `run-unknown` while nothing has ended in this window. */
  last(): Result<LastRun> {
    const { start, ended } = this.#known ?? {};
    return start && ended ? ok({ command: start.command, reports: ended.reports }) : fail('run-unknown');
  }
}

const newRun = (start: Start): Known => ({
  start,
  facts: [],
  control: new AbortController(),
  over: Promise.withResolvers(),
  running: true,
});

const runOf = (known: Known): Run => ({
  signal: known.control.signal,
  report: (progress) => tell(known, factOf(progress)),
});

function tell({ start, facts }: Known, fact: Fact): void {
  facts.push(fact);
  start.report({ id: start.id, fact });
}
