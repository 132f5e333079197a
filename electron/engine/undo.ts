import type { Outcome, Report, RunRecord } from '../../shared/model.ts';
import { fail, ok, problem, type Problem, type Result } from '../../shared/problem.ts';
import { carry, isBack, type Carried } from './carry.ts';
import { busy, kindFor, outcome, stateAfter } from './changes.ts';
import { load, runs, type OpenRun } from './journal.ts';
import type { Direction } from './journal-log.ts';
import type { Run } from './ports.ts';
import { tellClients } from './tell.ts';
import type { Engine } from './verbs.ts';

/**
 * Puts back the exact bytes that a run replaced; without a run id, those of the last one that can be undone.
 * Three-way: a place that somebody changed since is left alone (`changed`). Needs no password and no client.
 * Problems: `run-unknown`, `undo-impossible`, or that of the journal's key. Needs the run lock to be held.
 */
export async function undo(
  engine: Engine,
  id: string | undefined,
  only: readonly string[],
  progress: Run,
): Promise<Result<Report>> {
  const wanted = id ?? runs(engine.system).findLast(canGoBack)?.id;
  if (wanted === undefined) return fail('run-unknown');
  const loaded = await load(engine.system, wanted);
  if (!loaded.ok) return loaded;
  const run = loaded.value;
  const selected = select(run, only);
  if (selected.length === 0) return fail('usage', only.join(', '), 'this run has no such place');
  return takeBack(engine, run, selected, progress);
}

/** A run that was cut off, or whose last record found the disk full, can be taken back as well. */
const canGoBack = ({ state }: RunRecord): boolean => state === 'committed' || state === 'prepared';

const select = (run: OpenRun, only: readonly string[]): readonly number[] =>
  run.manifest.entries.flatMap(({ steps }, index) =>
    only.length === 0 || steps.some((step) => only.includes(step.id)) ? [index] : [],
  );

async function takeBack(
  engine: Engine,
  run: OpenRun,
  only: readonly number[],
  progress: Run,
): Promise<Result<Report>> {
  const wasCutOff = !run.log.some(({ kind }) => kind === 'committed');
  const intent = run.record({ kind: 'rolling-back', only });
  if (!intent.ok) return intent;
  const report = await carryOut(
    engine,
    run,
    { direction: 'back', only, recovering: wasCutOff },
    'undo',
    progress,
  );
  const whole = report.outcomes.every(settled) && (await restIsBack(engine, run, only));
  const closed = run.record({ kind: whole ? 'rolled-back' : 'committed' });
  return closed.ok ? ok(report) : closed;
}

/** The places that an earlier undo took back one by one are part of the whole. */
async function restIsBack({ system }: Engine, run: OpenRun, only: readonly number[]): Promise<boolean> {
  const rest = [...run.manifest.entries.keys()].filter((index) => !only.includes(index));
  for (const index of rest) if (!(await isBack(system, run, index))) return false;
  return true;
}

const settled = ({ outcome: kind }: Outcome): boolean => kind === 'written' || kind === 'unchanged';

/** Carries a loaded run in one direction and reports it place by place. */
export async function carryOut(
  engine: Engine,
  run: OpenRun,
  how: { readonly direction: Direction; readonly only: readonly number[]; readonly recovering: boolean },
  command: string,
  progress: Run,
): Promise<Report> {
  const guard = (index: number): Problem | undefined => busy(engine, stepsOf(run, index));
  const results = await carry(engine.system, run, { ...how, guard }, progress);
  const made = how.only.filter((index) => results.get(index) === 'made');
  const warnings = await tellClients(
    engine,
    made.flatMap((index) => stepsOf(run, index)),
    how.direction === 'forward' ? 'new' : 'old',
  );
  return {
    command,
    account: run.manifest.account,
    run: run.manifest.id,
    checks: [],
    outcomes: how.only.flatMap((index) => outcomesOf(run, index, results.get(index), how.direction)),
    warnings,
  };
}

const stepsOf = (run: OpenRun, index: number) => run.manifest.entries[index]?.steps ?? [];

function outcomesOf(
  run: OpenRun,
  index: number,
  carried: Carried | undefined,
  direction: Direction,
): readonly Outcome[] {
  return stepsOf(run, index).map((step) => {
    const state = direction === 'forward' ? stateAfter(step) : 'unknown';
    if (carried === 'made') return { ...outcome(step, 'written', undefined, state), verified: true };
    if (carried === 'already') return outcome(step, 'unchanged', undefined, state);
    if (carried === undefined || carried === 'not-reached')
      return outcome(step, 'skipped', problem('cancelled'));
    return outcome(step, kindFor(carried), carried);
  });
}
