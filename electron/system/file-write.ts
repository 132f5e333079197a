import { constants } from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Disk } from '../engine/ports.ts';
import { createExclusive, readWhole, withFile, writeAll } from './durable.ts';
import { attempt } from './errors.ts';

/** The temporary file of a run beside its target; the run's id in the name lets recovery delete only its own. */
export const temporaryOf = (file: string, run: string): string =>
  path.join(path.dirname(file), `.${path.basename(file)}.rekey-${run}`);

/** Writes the new bytes beside the target with its mode, owner, ACL and extended attributes, flushed. */
export function stageFile(disk: Disk, file: string, run: string, bytes: Bytes): Result<void> {
  const temporary = temporaryOf(file, run);
  const staged = attempt(file, () => {
    createExclusive(disk, temporary, (fd) => {
      writeAll(disk, fd, bytes);
      copyOwnership(disk, file, fd);
      copyAttributes(disk, file, temporary);
      disk.flush(fd);
    });
  });
  if (!staged.ok) discardFile(disk, file, run);
  return staged;
}

export function discardFile(disk: Disk, file: string, run: string): Result<void> {
  const temporary = temporaryOf(file, run);
  return attempt(temporary, () => disk.remove(temporary));
}

function copyOwnership(disk: Disk, file: string, fd: number): void {
  const old = disk.stat(file);
  if (!old) return;
  const fresh = disk.statFd(fd);
  if (fresh.uid !== old.uid || fresh.gid !== old.gid) disk.chown(fd, old.uid, old.gid);
  if (old.mode !== 0o600) disk.chmod(fd, old.mode);
}

/** After the mode, because an ACL's mask lives in the group bits. An attribute that cannot be kept stops the write. */
function copyAttributes(disk: Disk, file: string, temporary: string): void {
  for (const [name, value] of disk.attributes(file)) {
    if (disk.setAttribute(temporary, name, value)) continue;
    throw Object.assign(new Error(`the extended attribute ${name} cannot be kept`), { code: 'EPERM' });
  }
}

/**
 * Makes the staged file the target if the target still has the expected bytes. Where the kernel can swap two names,
 * the bytes that were really swapped out are looked at, so an edit in the last moment is put back, not lost.
 */
export function commitRename(disk: Disk, file: string, run: string, before: Bytes | undefined): Result<void> {
  const temporary = temporaryOf(file, run);
  const made = attempt(file, () => {
    if (before === undefined) return commitNew(disk, temporary, file);
    if (!sameBytes(disk, file, before)) return false;
    if (!disk.exchange(temporary, file)) {
      disk.rename(temporary, file);
      return true;
    }
    if (!sameBytes(disk, temporary, before)) {
      // The foreign edit must go back, even where a second swap is refused; ours is made anew by the next run.
      if (!disk.exchange(temporary, file)) disk.rename(temporary, file);
      return false;
    }
    disk.remove(temporary);
    return true;
  });
  if (!made.ok) return made;
  return made.value ? ok(undefined) : fail('changed', file);
}

function commitNew(disk: Disk, temporary: string, file: string): boolean {
  const renamed = disk.renameNew(temporary, file);
  if (renamed !== 'unsupported') return renamed === 'done';
  if (disk.stat(file)) return false;
  disk.rename(temporary, file);
  return true;
}

const sameBytes = (disk: Disk, file: string, expected: Bytes): boolean =>
  readWhole(disk, file).equals(expected);

/** Takes an added file away again, if it is still the one that was added. */
export function commitRemoval(disk: Disk, file: string, before: Bytes | undefined): Result<void> {
  const made = attempt(file, () => {
    if (before === undefined || !sameBytes(disk, file, before)) return false;
    disk.remove(file);
    return true;
  });
  if (!made.ok) return made;
  return made.value ? ok(undefined) : fail('changed', file);
}

/**
 * Overwrites the bytes of a file that must stay the same file. The part beyond the old length goes first: it alone
 * can meet a full disk, and cutting it off again loses nothing.
 */
export function commitInPlace(
  disk: Disk,
  file: string,
  before: Bytes | undefined,
  after: Bytes,
): Result<void> {
  const made = attempt(file, () =>
    withFile(disk, file, constants.O_RDWR | constants.O_NOFOLLOW, 0, (fd) => {
      const old = disk.readAll(fd);
      if (before === undefined || !old.equals(before)) return false;
      growFirst(disk, fd, old, after);
      writeAll(disk, fd, after.subarray(0, old.length), 0);
      disk.truncate(fd, after.length);
      disk.flush(fd);
      return true;
    }),
  );
  if (!made.ok) return made;
  return made.value ? ok(undefined) : fail('changed', file);
}

function growFirst(disk: Disk, fd: number, old: Bytes, after: Bytes): void {
  try {
    writeAll(disk, fd, after.subarray(old.length), old.length);
  } catch (error) {
    disk.truncate(fd, old.length);
    throw error;
  }
}
