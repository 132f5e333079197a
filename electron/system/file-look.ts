import path from 'node:path';
import { problem, type Problem } from '../../shared/problem.ts';
import type { Method } from '../../shared/model.ts';
import type { Disk, FileStat, Look } from '../engine/ports.ts';

/** Who is asking, and what counts as their home. */
export interface Owner {
  readonly uid: number;
  /** Groups that a file of ours may be given to. */
  readonly groups: readonly number[];
  readonly home: string;
}

/** How a file would be written and what a person should know first; touches nothing. */
export function lookAtFile(disk: Disk, file: string, owner: Owner): Look {
  const real = resolve(disk, file);
  const stat = disk.stat(real);
  const outsideHome = !isBelow(real, realHome(disk, owner.home));
  const base = { reads: 'freely' as const, preconditions: [], resolved: real, outsideHome };
  if (!stat) return { ...base, exists: false, warnings: [], ...forMissing(disk, real) };
  if (stat.kind !== 'file') {
    return {
      ...base,
      exists: true,
      warnings: [],
      method: 'blocked',
      blocked: problem('unsupported', real, 'not a regular file'),
    };
  }
  return {
    ...base,
    exists: true,
    warnings: warnings(disk, real, stat, owner),
    ...forExisting(disk, real, stat, owner),
  };
}

/** The file behind links; for a file that does not exist, its name in its folder's real path. */
export function resolve(disk: Disk, file: string): string {
  const real = disk.realPath(file);
  if (real !== undefined) return real;
  const folder = disk.realPath(path.dirname(file));
  return folder === undefined ? file : path.join(folder, path.basename(file));
}

const realHome = (disk: Disk, home: string): string => disk.realPath(home) ?? home;

const isBelow = (file: string, dir: string): boolean =>
  file.startsWith(dir.endsWith(path.sep) ? dir : dir + path.sep);

interface Way {
  readonly method: Method;
  readonly blocked?: Problem;
}

function forMissing(disk: Disk, file: string): Way {
  const folder = path.dirname(file);
  return disk.stat(folder) && disk.canWrite(folder)
    ? { method: 'rename' }
    : { method: 'blocked', blocked: problem('access-denied', folder) };
}

/**
 * A rename needs a single name, a writable folder and an owner we may keep; else the bytes are written in place,
 * which keeps links and owner. Write access is asked of the kernel, which also knows immutable files and read-only
 * mounts (access(2)).
 */
function forExisting(disk: Disk, file: string, stat: FileStat, { uid, groups }: Owner): Way {
  if (!disk.canWrite(file)) return { method: 'blocked', blocked: problem('read-only', file) };
  const keepsOwner = uid === 0 || (stat.uid === uid && groups.includes(stat.gid));
  const rename = stat.links === 1 && keepsOwner && disk.canWrite(path.dirname(file));
  return { method: rename ? 'rename' : 'inplace' };
}

const OTHERS_READ = 0o044;

function warnings(disk: Disk, file: string, stat: FileStat, { home }: Owner): readonly Problem[] {
  const found: Problem[] = [];
  if (stat.links > 1) found.push(problem('hard-linked', file));
  if ((stat.mode & OTHERS_READ) !== 0) found.push(problem('readable-by-others', file));
  const repository = gitRepository(disk, path.dirname(file), home);
  if (repository !== undefined) found.push(problem('tracked-by-git', file, repository));
  return found;
}

/** The git work tree that a file lies in: the password would be committed with it. */
function gitRepository(disk: Disk, dir: string, home: string): string | undefined {
  if (disk.stat(path.join(dir, '.git'))) return dir;
  const parent = path.dirname(dir);
  return parent === dir || dir === home ? undefined : gitRepository(disk, parent, home);
}
