import { constants } from 'node:fs';
import path from 'node:path';
import type { Disk, StateFiles } from '../engine/ports.ts';
import {
  createExclusive,
  flushFolder,
  makeFolders,
  readWhole,
  withFile,
  writeAll,
  writeDurably,
} from './durable.ts';
import { attempt } from './errors.ts';

/** Rekey's own files below one folder, each readable by its owner only. */
export function openStateFiles(disk: Disk, root: string): StateFiles {
  const at = (name: string): string => path.join(root, name);
  const on = (name: string, operation: (file: string) => void) =>
    attempt(at(name), () => operation(at(name)));
  return {
    read: (name) => attempt(at(name), () => (disk.stat(at(name)) ? readWhole(disk, at(name)) : undefined)),
    create: (name, bytes) => on(name, (file) => writeDurably(disk, file, bytes)),
    touch: (name) => on(name, (file) => createExclusive(disk, file, () => undefined)),
    append: (name, bytes) =>
      on(name, (file) =>
        withFile(disk, file, constants.O_WRONLY | constants.O_APPEND, 0, (fd) => {
          writeAll(disk, fd, bytes);
          disk.flush(fd);
        }),
      ),
    list: (name) => (disk.stat(at(name)) ? disk.list(at(name)) : []),
    makeFolder: (name) =>
      on(name, (folder) => {
        if (disk.stat(folder)) throw Object.assign(new Error('the folder exists'), { code: 'EEXIST' });
        makeFolders(disk, folder, 0o700);
      }),
    removeFolder: (name) => on(name, (folder) => removeRun(disk, folder)),
  };
}

/** The manifest goes first: without it the rest counts as never prepared, so a kill in between leaves no half run. */
function removeRun(disk: Disk, folder: string): void {
  disk.remove(path.join(folder, 'manifest'));
  disk.removeFolder(folder);
  const parent = path.dirname(folder);
  if (disk.stat(parent)) flushFolder(disk, parent);
}
