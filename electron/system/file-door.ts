import path from 'node:path';
import type { Place } from '../../shared/model.ts';
import { ok, type Problem, type Result } from '../../shared/problem.ts';
import type { Bytes, Change, Disk, Door } from '../engine/ports.ts';
import { flushFolder, readWhole } from './durable.ts';
import { attempt } from './errors.ts';
import { lookAtFile, resolve, type Owner } from './file-look.ts';
import { commitInPlace, commitRemoval, commitRename, discardFile, stageFile } from './file-write.ts';

/** Opens and closes sealed files (GnuPG, password-store). */
export interface Seal {
  openSeal(place: Place, raw: Bytes): Promise<Result<Bytes>>;
  closeSeal(place: Place, plain: Bytes, previousRaw: Bytes): Promise<Result<Bytes>>;
}

/** The door to files: whole old or whole new at every moment, in place only where a rename would lose something. */
export function openFileDoor(disk: Disk, owner: Owner, seal: Seal): Door {
  const readRaw = (place: Place): Result<Bytes | undefined> => readFile(disk, pathOf(place));
  return {
    kind: 'file',
    look: async (place) => {
      const look = lookAtFile(disk, pathOf(place), owner);
      return ok(isSealed(place) ? { ...look, warnings: look.warnings.map(whenSealed) } : look);
    },
    readRaw: async (place) => readRaw(place),
    read: async (place) => {
      const raw = readRaw(place);
      return raw.ok && raw.value && isSealed(place) ? seal.openSeal(place, raw.value) : raw;
    },
    seal: async (place, plain) => {
      if (!isSealed(place)) return ok(plain);
      const raw = readRaw(place);
      return raw.ok ? seal.closeSeal(place, plain, raw.value ?? Buffer.alloc(0)) : raw;
    },
    stage: async (change) => stage(disk, change),
    commit: async (change) => commit(disk, change),
    settle: async (places) => settle(disk, places),
    discard: async ({ place, run }) => discardFile(disk, resolve(disk, pathOf(place)), run),
  };
}

/** A sealed password may be pushed; but the program that keeps it in Git would have committed it. */
const whenSealed = (warning: Problem): Problem =>
  warning.kind === 'tracked-by-git' ? { ...warning, kind: 'sealed-in-git' } : warning;

const isSealed = (place: Place): boolean => place.kind === 'file' && place.seal !== undefined;

export function pathOf(place: Place): string {
  if (place.kind !== 'file') throw new Error(`not a file: ${place.kind}`);
  return place.path;
}

function readFile(disk: Disk, file: string): Result<Bytes | undefined> {
  return attempt(file, () => {
    const real = resolve(disk, file);
    return disk.stat(real) ? readWhole(disk, real) : undefined;
  });
}

function stage(disk: Disk, { place, run, method, after }: Change): Result<void> {
  if (method !== 'rename' || after === undefined) return ok(undefined);
  return stageFile(disk, resolve(disk, pathOf(place)), run, after);
}

function commit(disk: Disk, { place, run, method, before, after }: Change): Result<void> {
  const file = resolve(disk, pathOf(place));
  if (after === undefined) return commitRemoval(disk, file, before);
  return method === 'inplace'
    ? commitInPlace(disk, file, before, after)
    : commitRename(disk, file, run, before);
}

function settle(disk: Disk, places: readonly Place[]): Result<void> {
  const folders = new Set(places.map((place) => path.dirname(resolve(disk, pathOf(place)))));
  for (const folder of folders) {
    const flushed = attempt(folder, () => flushFolder(disk, folder));
    if (!flushed.ok) return flushed;
  }
  return ok(undefined);
}
