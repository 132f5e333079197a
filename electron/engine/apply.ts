import type { Outcome, Report, Step } from '../../shared/model.ts';
import { problem, type Problem } from '../../shared/problem.ts';
import { carry, type Carried } from './carry.ts';
import { busy, changes, kindFor, outcome, stateAfter, type Changes } from './changes.ts';
import { prepare, remove, type OpenRun } from './journal.ts';
import type { Tally } from './journal-log.ts';
import type { Run } from './ports.ts';
import { tellClients } from './tell.ts';
import { unsendable } from './unsendable.ts';
import { Keys, writtenValue } from './values.ts';
import type { Engine, Plan, Secrets, Verdict } from './verbs.ts';

/**
 * Puts the password into every ticked place that a server vouched for: re-read, compare, journal, write, read back.
 * One failed place never stops the others. Needs the run lock to be held.
 */
export async function apply(
  engine: Engine,
  plan: Plan,
  secrets: Secrets,
  verdict: Verdict,
  run: Run,
): Promise<Report> {
  const base = {
    command: 'apply',
    account: plan.account,
    checks: verdict.checks,
    warnings: verdict.warnings,
  };
  const stopped = verdict.stopped ?? (run.signal.aborted ? problem('cancelled') : undefined);
  if (stopped) return { ...base, outcomes: plan.steps.map((step) => outcome(step, 'skipped')), stopped };
  using keys = new Keys(engine, secrets.unlocks);
  const decided = await changes({ engine, plan, secrets, keys, withheld: verdict.withheld });
  const made = await make(engine, plan, decided, run);
  if ('stopped' in made) return { ...base, outcomes: decided.decided, stopped: made.stopped };
  const outcomes = await Promise.all(made.outcomes.map((each) => confirm(engine, each, secrets, keys)));
  for (const each of outcomes) run.report({ kind: 'finished', step: each.step.id, outcome: each.outcome });
  return {
    ...base,
    ...(made.run === undefined ? {} : { run: made.run }),
    outcomes: inPlanOrder(plan, [...decided.decided, ...outcomes]),
    warnings: [...base.warnings, ...made.warnings, ...unsendable(outcomes, secrets.password)],
    ...(run.signal.aborted ? { stopped: problem('cancelled') } : {}),
  };
}

type Made =
  { outcomes: readonly Outcome[]; warnings: readonly Problem[]; run?: string } | { stopped: Problem };

/** Journals planned changes, carries them out and tells the clients; outcomes are not yet read back. */
export async function make(
  engine: Engine,
  plan: Plan,
  { planned, decided }: Changes,
  progress: Run,
): Promise<Made> {
  if (planned.length === 0) return { outcomes: [], warnings: [] };
  const waiting = waitingIn(decided);
  const prepared = await prepare(engine.system, plan.account, planned, waiting);
  if (!prepared.ok) return { stopped: prepared.problem };
  const run = prepared.value;
  const results = await carry(engine.system, run, forward(engine, run), progress);
  const outcomes = outcomesOf(run, results);
  const warnings = [...protection(run), ...(await tellClients(engine, stepsMade(run, results), 'new'))];
  if ([...results.values()].every(isUntouched)) {
    remove(engine.system, run.manifest.id);
    return { outcomes, warnings: [] };
  }
  const committed = run.record({ kind: 'committed', tally: tallyOf(outcomes, waiting) });
  return {
    outcomes,
    warnings: committed.ok ? warnings : [...warnings, committed.problem],
    run: run.manifest.id,
  };
}

/** The end of a run in numbers; `waiting` were left for later before anything was written. */
export const tallyOf = (outcomes: readonly Outcome[], waiting: number): Tally => ({
  changed: outcomes.filter((each) => each.outcome === 'written' || each.outcome === 'unchanged').length,
  waiting: waiting + waitingIn(outcomes),
});

const waitingIn = (outcomes: readonly Outcome[]): number =>
  outcomes.filter((each) => each.outcome === 'deferred').length;

const forward = (engine: Engine, run: OpenRun) => ({
  direction: 'forward' as const,
  only: run.manifest.entries.map((_, index) => index),
  recovering: false,
  guard: (index: number) => busy(engine, run.manifest.entries[index]?.steps ?? []),
});

/** The place is as it was, so there is nothing to undo. A mismatch may be half ours: its old bytes are kept. */
const isUntouched = (carried: Carried): boolean =>
  carried !== 'made' && (typeof carried === 'string' || carried.kind !== 'mismatch');

const stepsMade = (run: OpenRun, results: ReadonlyMap<number, Carried>): readonly Step[] =>
  run.manifest.entries.filter((_, index) => results.get(index) === 'made').flatMap(({ steps }) => steps);

const outcomesOf = (run: OpenRun, results: ReadonlyMap<number, Carried>): readonly Outcome[] =>
  run.manifest.entries.flatMap(({ steps }, index) =>
    steps.map((step) => outcomeOf(step, results.get(index))),
  );

function outcomeOf(step: Step, carried: Carried | undefined): Outcome {
  if (carried === 'made') return outcome(step, 'written');
  if (carried === 'already') return outcome(step, 'unchanged', undefined, stateAfter(step));
  if (carried === undefined || carried === 'not-reached')
    return outcome(step, 'skipped', problem('cancelled'));
  return outcome(step, kindFor(carried), carried);
}

const protection = (run: OpenRun): readonly Problem[] =>
  run.key.protection === 'file' ? [problem('undo-data-unprotected')] : [];

/** Reads a written place once more through the client's format: the password must be there. */
async function confirm(engine: Engine, each: Outcome, secrets: Secrets, keys: Keys): Promise<Outcome> {
  if (each.outcome !== 'written') return each;
  const running = busy(engine, [each.step]);
  const stored = await writtenValue(engine, each.step, keys);
  const same = stored.ok && stored.value?.equals(secrets.password) === true;
  if (!same)
    return {
      ...each,
      outcome: 'failed',
      verified: false,
      reason: stored.ok ? problem('mismatch', each.step.where) : stored.problem,
    };
  return { ...each, state: 'current', verified: true, ...(running ? { reason: running } : {}) };
}

function inPlanOrder(plan: Plan, outcomes: readonly Outcome[]): readonly Outcome[] {
  const rank = new Map(plan.steps.map((step, index) => [step.id, index]));
  return outcomes.toSorted((a, b) => (rank.get(a.step.id) ?? 0) - (rank.get(b.step.id) ?? 0));
}
