import type { Outcome, Report, Step } from '../../shared/model.ts';
import { ok, problem, type Result } from '../../shared/problem.ts';
import { accounts } from './account.ts';
import { outcome } from './changes.ts';
import { plan } from './plan.ts';
import { unfinished } from './recover.ts';
import { scan } from './scan.ts';
import type { Secret } from './secret.ts';
import { firstEntry, Keys, storedValue } from './values.ts';
import type { Engine } from './verbs.ts';

/**
 * Drift without any password: copies of one account that disagree with each other, and unfinished runs. Reads only
 * what opens without a prompt. `account-unknown` when the given account is not on this machine.
 */
export async function status(engine: Engine, account?: string): Promise<Result<Report>> {
  const found = await scan(engine);
  const addresses = account === undefined ? accounts(found.entries).map(({ address }) => address) : [account];
  const outcomes = new Map<string, Outcome>();
  for (const address of addresses) {
    const planned = await plan(engine, found, { account: address });
    if (!planned.ok && account !== undefined) return planned;
    if (!planned.ok) continue;
    for (const each of await disagreeing(engine, planned.value.steps)) outcomes.set(each.step.id, each);
  }
  return ok({
    command: 'status',
    ...(account === undefined ? {} : { account }),
    checks: [],
    outcomes: [...outcomes.values()],
    warnings: unfinished(engine).map(({ id }) => problem('unfinished-run', id)),
  });
}

async function disagreeing(engine: Engine, steps: readonly Step[]): Promise<readonly Outcome[]> {
  using keys = new Keys(engine);
  const held: { step: Step; value: Secret }[] = [];
  for (const step of steps.filter(comparable)) {
    const stored = await storedValue(engine, step, keys);
    if (stored.ok && stored.value) held.push({ step, value: stored.value });
  }
  const [first] = held;
  const agree = !first || held.every(({ value }) => value.equals(first.value));
  return held.map(({ step }) => outcome(step, 'unchanged', undefined, agree ? 'unknown' : 'stale'));
}

const comparable = (step: Step): boolean =>
  step.certainty === 'certain' && step.verifiable && step.state === 'unknown' && !firstEntry(step).backup;
