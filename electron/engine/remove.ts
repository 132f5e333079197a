import type { Outcome, Report, Step } from '../../shared/model.ts';
import { fail, ok, problem, type Result } from '../../shared/problem.ts';
import { make } from './apply.ts';
import { busy, changes, outcome } from './changes.ts';
import type { Run } from './ports.ts';
import { Keys, writtenValue } from './values.ts';
import type { Engine, Plan, Secrets } from './verbs.ts';

/**
 * The plan of taking exactly these old passwords away, and nothing else. Problem: `usage` for a step that is not in
 * the plan or holds a password that is still in use, and for none at all.
 */
export function removal(plan: Plan, ids: readonly string[]): Result<Plan> {
  const old = new Set(plan.steps.filter(({ effect }) => effect === 'remove').map(({ id }) => id));
  const other = ids.find((id) => !old.has(id));
  if (other !== undefined) return fail('usage', other, 'no old password has this id');
  if (ids.length === 0) return fail('usage', undefined, 'no old password is chosen');
  const steps = plan.steps.filter(({ id }) => ids.includes(id));
  return ok({ ...plan, steps: steps.map((step) => ({ ...step, ticked: true })) });
}

/**
 * Takes old passwords away that no client reads any more: re-read, compare, journal, write, read back, as `apply`
 * does, but without a password and so without a login. Needs the run lock to be held.
 */
export async function remove(
  engine: Engine,
  plan: Plan,
  unlocks: NonNullable<Secrets['unlocks']>,
  run: Run,
): Promise<Report> {
  const base = { command: 'remove', account: plan.account, checks: [], warnings: [] };
  const cancelled = problem('cancelled');
  if (run.signal.aborted)
    return { ...base, outcomes: plan.steps.map((step) => outcome(step, 'skipped')), stopped: cancelled };
  using keys = new Keys(engine, unlocks);
  const decided = await changes({ engine, plan, keys, withheld: new Map() });
  const made = await make(engine, plan, decided, run);
  if ('stopped' in made) return { ...base, outcomes: decided.decided, stopped: made.stopped };
  const confirmed = await Promise.all(made.outcomes.map((each) => confirmGone(engine, each, keys)));
  const outcomes = [...decided.decided, ...confirmed];
  for (const each of outcomes) run.report({ kind: 'finished', step: each.step.id, outcome: each.outcome });
  return {
    ...base,
    ...(made.run === undefined ? {} : { run: made.run }),
    outcomes: plan.steps.flatMap((step) => outcomes.filter((each) => each.step.id === step.id)),
    warnings: made.warnings,
    ...(run.signal.aborted ? { stopped: cancelled } : {}),
  };
}

/** Reads a place once more through the client's format: the password must be gone. */
async function confirmGone(engine: Engine, each: Outcome, keys: Keys): Promise<Outcome> {
  const { step } = each;
  if (each.outcome !== 'written') return each;
  const stored = await writtenValue(engine, step, keys);
  if (stored.ok && stored.value === undefined)
    return { ...each, state: 'missing', verified: true, ...opened(engine, step) };
  const reason = stored.ok ? problem('mismatch', step.where) : stored.problem;
  return { ...each, outcome: 'failed', verified: false, reason };
}

/** The client was opened just now: it may bring the old password back when it saves. */
function opened(engine: Engine, step: Step): Pick<Outcome, 'reason'> {
  const running = busy(engine, [step]);
  return running ? { reason: running } : {};
}
