import type { Entry, Step } from '../../shared/model.ts';
import { problem, type Problem } from '../../shared/problem.ts';
import { placeKey } from './place.ts';
import { storeOf } from './values.ts';
import type { Engine } from './verbs.ts';

/**
 * Lets each store tell its client that places changed, once per store and place, and names the programs that go on
 * with what they read before. Failures are warnings.
 */
export async function tellClients(
  engine: Engine,
  steps: readonly Step[],
  holds: 'new' | 'old',
): Promise<readonly Problem[]> {
  const told = new Set<string>();
  const warnings = new Map<string, Problem>();
  const deaf = new Set<string>();
  for (const { entries, place } of steps) {
    for (const entry of entries) {
      const running = await runningWith(engine, entry);
      if (running !== undefined) deaf.add(running);
      const after = storeOf(engine, entry.store)?.after;
      const key = `${entry.store} ${placeKey(place)}`;
      if (!after || told.has(key)) continue;
      told.add(key);
      const done = await after(engine.system.machine, place, holds);
      if (!done.ok) warnings.set(JSON.stringify(done.problem), done.problem);
    }
  }
  return [...warnings.values(), ...[...deaf].map((name) => problem('restart-needed', name))];
}

/** The program that holds the entry's password in memory. */
export async function runningWith(engine: Engine, entry: Entry): Promise<string | undefined> {
  return (await storeOf(engine, entry.store)?.running?.(engine.system.machine, entry))?.name;
}
