import type { Report, RunRecord } from '../../shared/model.ts';
import { ok, type Result } from '../../shared/problem.ts';
import { tallyOf } from './apply.ts';
import { load, remove, runs, unprepared, type OpenRun } from './journal.ts';
import type { Direction } from './journal-log.ts';
import type { Run } from './ports.ts';
import { carryOut } from './undo.ts';
import type { Engine } from './verbs.ts';

/** Runs that were cut off between their first and their last write. */
export const unfinished = (engine: Engine): readonly RunRecord[] =>
  runs(engine.system).filter(({ state }) => state === 'prepared' || state === 'rolling-back');

/**
 * Finishes or takes back every run that was cut off, and drops what never got as far as being prepared. A run that
 * was already going back keeps that direction. The server accepts only the new password, so forward is the default.
 * A Problem of one run (its key is locked) is returned after the others were seen to. Needs the run lock to be held.
 */
export async function recover(
  engine: Engine,
  direction: Direction,
  progress: Run,
): Promise<Result<readonly Report[]>> {
  for (const id of unprepared(engine.system)) remove(engine.system, id);
  const reports: Report[] = [];
  let trouble: Result<never> | undefined;
  for (const record of unfinished(engine)) {
    const loaded = await load(engine.system, record.id);
    if (loaded.ok) reports.push(await finish(engine, loaded.value, direction, progress));
    else trouble = loaded;
  }
  return trouble ?? ok(reports);
}

async function finish(engine: Engine, run: OpenRun, wish: Direction, progress: Run): Promise<Report> {
  const begun = run.log.findLast(({ kind }) => kind === 'rolling-back');
  const direction = begun ? 'back' : wish;
  const only = begun && 'only' in begun ? begun.only : run.manifest.entries.map((_, index) => index);
  if (direction === 'back' && !begun) run.record({ kind: 'rolling-back', only });
  const report = await carryOut(engine, run, { direction, only, recovering: true }, 'recover', progress);
  const partial = only.length < run.manifest.entries.length;
  if (direction === 'forward') {
    const tally = tallyOf(report.outcomes, run.manifest.waiting ?? 0);
    run.record({ kind: 'committed', tally });
  } else run.record({ kind: partial ? 'committed' : 'rolled-back' });
  return report;
}
