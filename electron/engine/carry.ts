import type { Place } from '../../shared/model.ts';
import { problem, type Problem, type Result } from '../../shared/problem.ts';
import { digest } from './fingerprint.ts';
import type { Direction, OpenRun } from './journal.ts';
import { isTorn } from './journal-log.ts';
import type { Bytes, Change, Door, Run, System } from './ports.ts';

/** What became of one place: made now, already so, left alone because of a Problem, or not reached (cancelled). */
export type Carried = 'made' | 'already' | 'not-reached' | Problem;

/** How a run is carried out. */
export interface Carry {
  readonly direction: Direction;
  /** Indexes of the manifest's entries. */
  readonly only: readonly number[];
  /** Finishing what a killed process began: half-written in-place files count as ours. */
  readonly recovering: boolean;
  /** A last reason to leave a place alone, asked just before its write. */
  readonly guard: (index: number) => Problem | undefined;
}

interface Ready {
  readonly index: number;
  readonly change: Change;
}

/**
 * Moves the places of a prepared run to their new bytes, or back to their old ones. All changes are staged and
 * flushed first; then each place is compared, changed and read back; folders are flushed at the end.
 * Three-way: a place that is neither old nor new was changed by somebody else and is left alone.
 */
export async function carry(
  system: System,
  run: OpenRun,
  how: Carry,
  progress: Run,
): Promise<ReadonlyMap<number, Carried>> {
  const results = new Map<number, Carried>();
  const ready: Ready[] = [];
  for (const index of how.only) {
    const staged = await stage(system, run, index, how);
    if ('change' in staged) ready.push(staged);
    else results.set(index, staged.result);
  }
  for (const { index, change } of ready)
    results.set(index, await commit(system, run, { index, change }, how, progress));
  await settle(
    system,
    ready.map(({ change }) => change.place),
  );
  return results;
}

async function stage(
  system: System,
  run: OpenRun,
  index: number,
  how: Carry,
): Promise<Ready | { result: Carried }> {
  const { place, method } = entryOf(run, index);
  const door = system.doors[place.kind];
  if (how.recovering) {
    const discarded = await door.discard({ run: run.manifest.id, place });
    if (!discarded.ok) return { result: discarded.problem };
  }
  const current = await door.readRaw(place);
  if (!current.ok) return { result: current.problem };
  const torn = how.recovering && method === 'inplace' && isTorn(run.log, index);
  const standing = compare(run, index, how.direction, current.value);
  if (standing === 'done') return { result: 'already' };
  if (standing === 'foreign' && !torn) return { result: problem('changed', whereIn(run, index)) };
  const { before, after } = versionsOf(run, index);
  const target = how.direction === 'forward' ? after : before;
  const change: Change = { run: run.manifest.id, place, method, before: current.value, after: target };
  const staged = await door.stage(change);
  return staged.ok ? { index, change } : { result: staged.problem };
}

/** True where a place holds what it held before the run; not where it cannot be read now. */
export async function isBack(system: System, run: OpenRun, index: number): Promise<boolean> {
  const { place } = entryOf(run, index);
  const current = await system.doors[place.kind].readRaw(place);
  return current.ok && compare(run, index, 'back', current.value) === 'done';
}

function compare(
  run: OpenRun,
  index: number,
  direction: Direction,
  bytes: Bytes | undefined,
): 'done' | 'ours' | 'foreign' {
  const { before, after } = entryOf(run, index);
  const now = digest(run.key.key, bytes);
  if (now === (direction === 'forward' ? after : before)) return 'done';
  return now === (direction === 'forward' ? before : after) ? 'ours' : 'foreign';
}

async function commit(
  system: System,
  run: OpenRun,
  ready: Ready,
  how: Carry,
  progress: Run,
): Promise<Carried> {
  const { index, change } = ready;
  const door = system.doors[change.place.kind];
  const stop = progress.signal.aborted ? 'not-reached' : how.guard(index);
  if (stop) {
    const discarded = await door.discard(change);
    return discarded.ok ? stop : discarded.problem;
  }
  for (const step of entryOf(run, index).steps) progress.report({ kind: 'writing', step: step.id });
  const made = await makeChange(door, run, ready, how.direction);
  const standing = await readBack(door, run, ready);
  if (made.ok) return standing;
  const discarded = await door.discard(change);
  if (!discarded.ok) return discarded.problem;
  return standing === 'made' ? standing : made.problem;
}

/** In-place and keychain writes are announced, because their bytes alone cannot tell a torn write from a foreign one. */
async function makeChange(
  door: Door,
  run: OpenRun,
  { index, change }: Ready,
  direction: Direction,
): Promise<Result<void>> {
  if (change.method === 'rename') return door.commit(change);
  const begun = run.record({ kind: 'begin', index, direction });
  if (!begun.ok) return begun;
  const made = await door.commit(change);
  return made.ok ? run.record({ kind: 'done', index, direction }) : made;
}

async function readBack(door: Door, run: OpenRun, { index, change }: Ready): Promise<Carried> {
  const bytes = await door.readRaw(change.place);
  if (!bytes.ok) return bytes.problem;
  const key = run.key.key;
  return digest(key, bytes.value) === digest(key, change.after)
    ? 'made'
    : problem('mismatch', whereIn(run, index));
}

/** A folder that cannot be flushed loses nothing now; recovery compares bytes, so the run stays recoverable. */
async function settle(system: System, places: readonly Place[]): Promise<void> {
  const kinds = new Set(places.map(({ kind }) => kind));
  for (const kind of kinds) await system.doors[kind].settle(places.filter((place) => place.kind === kind));
}

export const entryOf = (run: OpenRun, index: number) => {
  const entry = run.manifest.entries[index];
  if (!entry) throw new Error(`run ${run.manifest.id} has no entry ${index}`);
  return entry;
};

const versionsOf = (run: OpenRun, index: number) => {
  const versions = run.versions[index];
  if (!versions) throw new Error(`run ${run.manifest.id} has no bytes for entry ${index}`);
  return versions;
};

const whereIn = (run: OpenRun, index: number): string => entryOf(run, index).steps[0]?.where ?? '';
