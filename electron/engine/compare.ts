import type { Step, ValueState } from '../../shared/model.ts';
import { Keys, storedValue } from './values.ts';
import type { Engine, Plan, Secrets } from './verbs.ts';

/** The plan with each readable step's state by value: `current` holds the new password, `stale` does not. */
export async function compare(engine: Engine, plan: Plan, secrets: Secrets): Promise<Plan> {
  using keys = new Keys(engine, secrets.unlocks);
  const steps = await Promise.all(plan.steps.map((step) => compared(engine, step, secrets, keys)));
  return { ...plan, steps };
}

const READABLE: readonly ValueState[] = ['unknown', 'missing', 'locked'];

async function compared(engine: Engine, step: Step, secrets: Secrets, keys: Keys): Promise<Step> {
  if (!READABLE.includes(step.state) || !step.verifiable) return step;
  const stored = await storedValue(engine, step, keys);
  if (!stored.ok) return step;
  if (!stored.value) return { ...step, state: 'missing' };
  return { ...step, state: stored.value.equals(secrets.password) ? 'current' : 'stale' };
}
