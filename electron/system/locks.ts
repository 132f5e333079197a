import fs from 'node:fs';

/**
 * The process that holds a POSIX write lock on a file, from the kernel's table (proc(5), /proc/locks).
 * The file's existence says nothing: clients leave their lock files behind.
 */
export function lockHolder(path: string): number | undefined {
  const stat = fs.statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stat) return undefined;
  const wanted = `${device(stat.dev)}:${stat.ino}`;
  for (const line of locks()) {
    const [, kind, , access, pid, where] = line.trim().split(/\s+/);
    if (kind === 'POSIX' && access === 'WRITE' && where === wanted) return Number(pid);
  }
  return undefined;
}

const locks = (): readonly string[] => {
  try {
    return fs.readFileSync('/proc/locks', 'utf8').split('\n');
  } catch {
    return [];
  }
};

/** Major and minor as /proc/locks prints them; the split is that of makedev(3) on Linux. */
function device(dev: bigint): string {
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xfffff000n);
  const minor = (dev & 0xffn) | ((dev >> 12n) & 0xffffff00n);
  return [major, minor].map((part) => part.toString(16).padStart(2, '0')).join(':');
}
