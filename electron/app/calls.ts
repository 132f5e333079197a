import type { CallName, Reply, Request, RunSummary } from '../../shared/contract.ts';
import { messagesFor } from '../../shared/messages/index.ts';
import { ok, type Result } from '../../shared/problem.ts';
import { expire, forget, history } from '../engine/history.ts';
import type { Engine } from '../engine/verbs.ts';
import { apply, finish, removeOld, takeBack, type Caller, type Open } from './acting.ts';
import { FirstLook } from './first-look.ts';
import { found, summaryOf } from './found.ts';
import { makePlan, Plans, type Wish } from './plans.ts';
import { Runs } from './runs.ts';
import { savedReport } from './saved-report.ts';
import { withTurns } from './turns.ts';

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
  /** Begins the first `scan` while nobody waits for it yet: the window takes its time to come up. */
  lookAhead(): void;
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
  const first = new FirstLook(() => found(engine));
  return {
    lookAhead: () => first.begin(),
    scan: async () => ok(await first.take()),
    plan: (wish) => planned(open, `plan-${token(engine)}`, wish),
    recheck: async ({ planId }) => {
      const wish = open.plans.wish(planId);
      return wish.ok ? planned(open, planId, wish.value) : wish;
    },
    apply: (request, caller) => apply(open, request, caller),
    removeOld: (request, caller) => removeOld(open, request, caller),
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

const token = ({ system }: Engine): string => system.random(9).toString('base64url');

async function planned({ engine, plans }: Open, planId: string, wish: Wish): Promise<Result<Reply<'plan'>>> {
  const made = await makePlan(engine, planId, wish);
  if (!made.ok) return made;
  plans.keep(made.value);
  return ok(made.value.view);
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
