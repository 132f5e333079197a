import { constants } from 'node:fs';
import path from 'node:path';
import type { Bytes, Disk } from '../engine/ports.ts';

const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW, O_DIRECTORY } = constants;

/** Runs an operation on an open file and closes it whatever happens. */
export function withFile<T>(
  disk: Disk,
  file: string,
  flags: number,
  mode: number,
  use: (fd: number) => T,
): T {
  const fd = disk.open(file, flags, mode);
  try {
    return use(fd);
  } finally {
    disk.close(fd);
  }
}

/** Writes every byte: one call may write fewer than asked, which is how a nearly full disk cuts files silently. */
export function writeAll(disk: Disk, fd: number, bytes: Bytes, position: number | null = null): void {
  let done = 0;
  while (done < bytes.length) {
    const written = disk.write(fd, bytes, done, position === null ? null : position + done);
    if (written <= 0) throw Object.assign(new Error('no byte was written'), { code: 'ENOSPC' });
    done += written;
  }
}

/** Creates a file that must not exist yet, owner-only, never through a planted link. */
export function createExclusive(disk: Disk, file: string, use: (fd: number) => void): void {
  withFile(disk, file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600, use);
}

/** Makes created, renamed and removed names in a folder durable (fsync(2), notes on directories). */
export function flushFolder(disk: Disk, dir: string): void {
  withFile(disk, dir, O_RDONLY | O_DIRECTORY, 0, (fd) => disk.flush(fd));
}

/** Makes a folder and those above it that are missing, each durable in the one above. */
export function makeFolders(disk: Disk, dir: string, mode: number): void {
  if (disk.stat(dir)) return;
  const above = path.dirname(dir);
  makeFolders(disk, above, mode);
  disk.makeFolder(dir, mode);
  flushFolder(disk, above);
}

export const readWhole = (disk: Disk, file: string): Bytes =>
  withFile(disk, file, O_RDONLY | O_NOFOLLOW, 0, (fd) => disk.readAll(fd));

/** A whole new file in one step: temporary file, flush, rename, flush of the folder. */
export function writeDurably(disk: Disk, file: string, bytes: Bytes): void {
  const temporary = `${file}.new`;
  disk.remove(temporary);
  createExclusive(disk, temporary, (fd) => {
    writeAll(disk, fd, bytes);
    disk.flush(fd);
  });
  disk.rename(temporary, file);
  flushFolder(disk, path.dirname(file));
}
