import type { RunRecord } from '../../shared/model.ts';
import { fail, type Result } from '../../shared/problem.ts';
import { remove, runs } from './journal.ts';
import type { Engine } from './verbs.ts';

/** How long undo data is kept. */
export const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Past runs, the newest first. */
export const history = (engine: Engine): readonly RunRecord[] => runs(engine.system).toReversed();

/** Deletes a run and its undo data; `run-unknown` when there is none. */
export function forget(engine: Engine, id: string): Result<void> {
  return runs(engine.system).some((run) => run.id === id)
    ? remove(engine.system, id)
    : fail('run-unknown', id);
}

/** Deletes finished runs that are older than seven days. */
export function expire(engine: Engine): void {
  const limit = engine.system.clock.now().getTime() - KEPT_MS;
  for (const { id, at, state } of runs(engine.system)) {
    if (at < limit && (state === 'committed' || state === 'rolled-back')) remove(engine.system, id);
  }
}
