import fs from 'node:fs';
import type { Disk, FileStat } from '../engine/ports.ts';
import { libc } from './libc.ts';

/** The real file system: one synchronous call each, in the order the engine asks for them. */
export const disk: Disk = {
  open: (path, flags, mode) => fs.openSync(path, flags, mode),
  close: (fd) => fs.closeSync(fd),
  write: (fd, bytes, offset, position) => fs.writeSync(fd, bytes, offset, bytes.length - offset, position),
  truncate: (fd, length) => fs.ftruncateSync(fd, length),
  flush: (fd) => fs.fsyncSync(fd),
  readAll: (fd) => fs.readFileSync(fd),
  stat: (path) => statOf(fs.statSync(path, { bigint: true, throwIfNoEntry: false })),
  statFd: (fd) => toStat(fs.fstatSync(fd, { bigint: true })),
  linkStat: (path) => statOf(fs.lstatSync(path, { bigint: true, throwIfNoEntry: false })),
  realPath: (path) => (fs.existsSync(path) ? fs.realpathSync(path) : undefined),
  list: (dir) => fs.readdirSync(dir).sort(),
  chown: (fd, uid, gid) => fs.fchownSync(fd, uid, gid),
  chmod: (fd, mode) => fs.fchmodSync(fd, mode),
  rename: (from, to) => fs.renameSync(from, to),
  remove: (path) => fs.rmSync(path, { force: true }),
  makeFolder: (path, mode) => fs.mkdirSync(path, { mode }),
  removeFolder: (path) => fs.rmSync(path, { recursive: true, force: true }),
  canWrite: (path) => allowed(path, fs.constants.W_OK),
  exchange: (a, b) => libc()?.exchange(a, b) ?? false,
  renameNew: (from, to) => libc()?.renameNew(from, to) ?? 'unsupported',
  attributes: (path) => libc()?.attributes(path) ?? new Map(),
  setAttribute: (path, name, value) => libc()?.setAttribute(path, name, value) ?? false,
};

function allowed(path: string, mode: number): boolean {
  try {
    fs.accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

const statOf = (stat: fs.BigIntStats | undefined): FileStat | undefined => (stat ? toStat(stat) : undefined);

function toStat(stat: fs.BigIntStats): FileStat {
  return {
    kind: kindOf(stat),
    mode: Number(stat.mode) & 0o7777,
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    links: Number(stat.nlink),
    size: Number(stat.size),
    modified: Number(stat.mtimeMs),
    device: stat.dev,
    inode: stat.ino,
  };
}

function kindOf(stat: fs.BigIntStats): FileStat['kind'] {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'directory';
  return stat.isSymbolicLink() ? 'link' : 'other';
}
