import type {
  CallName,
  ProgressEvent,
  Reply,
  ReportView,
  Request,
  RunSummary,
} from '../../shared/contract.ts';
import { messagesFor } from '../../shared/messages/index.ts';
import type { Report } from '../../shared/model.ts';
import { ok, type Result } from '../../shared/problem.ts';
import { apply as applyPlan } from '../engine/apply.ts';
import { check } from '../engine/check.ts';
import { expire, forget, history } from '../engine/history.ts';
import { recover } from '../engine/recover.ts';
import { undo } from '../engine/undo.ts';
import type { Engine } from '../engine/verbs.ts';
import { found, summaryOf } from './found.ts';
import { passwordsOf } from './passwords.ts';
import { chosen, makePlan, overridesOf, Plans, type Wish } from './plans.ts';
import { triesLeft, viewOfReport, viewsOfReports, type Command } from './reports.ts';
import { Runs, type Ended } from './runs.ts';
import { savedReport } from './saved-report.ts';
import { withTurns } from './turns.ts';

/** Who hears of the progress of a call. */
export interface Caller {
  report(event: ProgressEvent): void;
}

/** Every call of the contract. Expected failures are Problems; what is thrown is a bug. */
export type Calls = {
  readonly [C in CallName]: (request: Request<C>, caller: Caller) => Promise<Result<Reply<C>>>;
};

export interface CallsOptions {
  readonly engine: Engine;
  /** The language of a saved report, where the page names none. */
  readonly language?: string;
  /** Asks where to and writes; the path, or nothing when the person thought better of it. */
  saveFile(name: string, contents: string): Promise<Result<string | undefined>>;
}

/** The calls of one window over an engine. */
export interface OpenCalls extends Calls {
  /** True while a run is going on: the window should not close silently. */
  busy(): boolean;
  /** Stops what is going on, as a cancel would, and waits for its end. */
  close(): Promise<void>;
}

/** Opens the app's calls. Only the run that is going on, the last one and a few plans are remembered between them. */
export function openCalls(options: CallsOptions): OpenCalls {
  const engine: Engine = {
    ...options.engine,
    system: { ...options.engine.system, doors: withTurns(options.engine.system.doors) },
  };
  const open: Open = { engine, plans: new Plans(), runs: new Runs(engine) };
  return {
    scan: async () => ok(await found(engine)),
    plan: (wish) => planned(open, `plan-${token(engine)}`, wish),
    recheck: async ({ planId }) => {
      const wish = open.plans.wish(planId);
      return wish.ok ? planned(open, planId, wish.value) : wish;
    },
    apply: (request, caller) => apply(open, request, caller),
    cancel: async ({ id }) => {
      open.runs.cancel(id);
      return ok({});
    },
    undo: (request, caller) => takeBack(open, request, caller),
    history: async () => ok({ runs: pastRuns(engine) }),
    forget: async ({ run }) => forgotten(engine, run),
    recover: (request, caller) => finish(open, request, caller),
    current: async () => ok(open.runs.current()),
    saveReport: (request) => save(open, options, request),
    busy: () => open.runs.busy,
    close: () => open.runs.close(),
  };
}

interface Open {
  readonly engine: Engine;
  readonly plans: Plans;
  readonly runs: Runs;
}

const token = ({ system }: Engine): string => system.random(9).toString('base64url');

async function planned({ engine, plans }: Open, planId: string, wish: Wish): Promise<Result<Reply<'plan'>>> {
  const made = await makePlan(engine, planId, wish);
  if (!made.ok) return made;
  plans.keep(made.value);
  return ok(made.value.view);
}

async function apply(
  { engine, plans, runs }: Open,
  request: Request<'apply'>,
  { report }: Caller,
): Promise<Result<Reply<'apply'>>> {
  const taken = passwordsOf(request);
  if (!taken.ok) return taken;
  using passwords = taken.value;
  const kept = plans.current(request.planId);
  if (!kept.ok) return kept;
  const plan = chosen(kept.value, request.steps);
  if (!plan.ok) return plan;
  const { wish, view } = kept.value;
  const start = { id: request.id, command: 'apply' as const, plan: view, report };
  const ended = await runs.carryOut(start, async (run) => {
    expire(engine);
    const verdict = await check(engine, plan.value, passwords.password, overridesOf(wish), run);
    const done = await applyPlan(engine, plan.value, passwords, verdict, run);
    if (done.run !== undefined) plans.outdate();
    const left = triesLeft(engine, plan.value.anchor);
    return ok({ reports: [done], views: [viewOfReport(engine, 'apply', done, left)] });
  });
  return firstView(ended);
}

async function takeBack(
  { engine, plans, runs }: Open,
  request: Request<'undo'>,
  { report }: Caller,
): Promise<Result<Reply<'undo'>>> {
  const start = { id: request.run, command: 'undo' as const, report };
  const ended = await runs.carryOut(start, async (run) => {
    const done = await undo(engine, request.run, request.only, run);
    plans.outdate();
    return done.ok ? ok(await endedWith(engine, 'undo', [done.value])) : done;
  });
  return firstView(ended);
}

async function finish(
  { engine, plans, runs }: Open,
  { direction }: Request<'recover'>,
  { report }: Caller,
): Promise<Result<Reply<'recover'>>> {
  const ended = await runs.carryOut({ id: 'recover', command: 'recover', report }, async (run) => {
    const done = await recover(engine, direction, run);
    plans.outdate();
    return done.ok ? ok(await endedWith(engine, 'recover', done.value)) : done;
  });
  return ended.ok ? ok({ reports: [...ended.value.views] }) : ended;
}

const endedWith = async (engine: Engine, command: Command, reports: readonly Report[]): Promise<Ended> => ({
  reports,
  views: await viewsOfReports(engine, command, reports),
});

function firstView(ended: Result<Ended>): Result<ReportView> {
  if (!ended.ok) return ended;
  const [view] = ended.value.views;
  if (!view) throw new Error('a run ended without a report');
  return ok(view);
}

/** Past runs, without those whose day is over; they stay for now while another run holds the lock. */
function pastRuns(engine: Engine): RunSummary[] {
  const lock = engine.system.lock();
  if (lock.ok) {
    expire(engine);
    lock.value.release();
  }
  return history(engine).map(summaryOf);
}

function forgotten(engine: Engine, run: string): Result<Reply<'forget'>> {
  const lock = engine.system.lock();
  if (!lock.ok) return lock;
  try {
    const done = forget(engine, run);
    return done.ok ? ok({}) : done;
  } finally {
    lock.value.release();
  }
}

async function save(
  { engine, runs }: Open,
  { language, saveFile }: CallsOptions,
  request: Request<'saveReport'>,
): Promise<Result<Reply<'saveReport'>>> {
  const last = runs.last();
  if (!last.ok) return last;
  const { name, contents } = savedReport(last.value, {
    format: request.format,
    messages: messagesFor(request.language ?? language),
    at: engine.system.clock.now(),
    home: engine.system.machine.home,
  });
  const saved = await saveFile(name, contents);
  if (!saved.ok) return saved;
  return ok(saved.value === undefined ? {} : { path: saved.value });
}
