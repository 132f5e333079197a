import { compare } from './compare.ts';
import { firstEntry } from './values.ts';
import type { Engine, Plan, Secrets } from './verbs.ts';

/**
 * In how many ticked places the password stands already, if it stands in all that can be read now; otherwise 0.
 * Locked and sealed places do not count, nor does a client's backup, which may lag behind. Reads, and nothing else.
 */
export async function alreadyStored(engine: Engine, plan: Plan, secrets: Secrets): Promise<number> {
  const steps = plan.steps.filter((step) => step.ticked && !firstEntry(step).backup);
  const compared = await compare(engine, { ...plan, steps }, secrets);
  const states = compared.steps.map(({ state }) => state);
  const differs = states.some((state) => state === 'stale' || state === 'missing');
  return differs ? 0 : states.filter((state) => state === 'current').length;
}
