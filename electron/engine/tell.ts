import type { Step } from '../../shared/model.ts';
import type { Problem } from '../../shared/problem.ts';
import { storeOf } from './values.ts';
import type { Engine } from './verbs.ts';

/** Lets each store tell its client that places changed, once per store and place; failures are warnings. */
export async function tellClients(engine: Engine, steps: readonly Step[]): Promise<readonly Problem[]> {
  const told = new Set<string>();
  const warnings: Problem[] = [];
  for (const { entries, place, where } of steps) {
    for (const { store } of entries) {
      const after = storeOf(engine, store)?.after;
      if (!after || told.has(`${store} ${where}`)) continue;
      told.add(`${store} ${where}`);
      const done = await after(engine.system.machine, place);
      if (!done.ok) warnings.push(done.problem);
    }
  }
  return warnings;
}
