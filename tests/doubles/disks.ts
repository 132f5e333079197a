import type { Disk } from '../../electron/engine/ports.ts';
import { disk as real } from '../../electron/system/disk.ts';

/** Calls that change something: the ones a kill or a full disk can come between. */
export const CHANGING = [
  'open',
  'write',
  'truncate',
  'flush',
  'chown',
  'chmod',
  'rename',
  'remove',
  'makeFolder',
  'removeFolder',
  'exchange',
  'renameNew',
  'setAttribute',
] as const satisfies readonly (keyof Disk)[];

type Call = (typeof CHANGING)[number];

/** Thrown instead of the call at which the process dies; carries no error code, so nothing may swallow it. */
export class Killed extends Error {}

/** The real disk with something done before every changing call. */
function watched(before: (call: Call, args: readonly unknown[]) => void): Disk {
  const wrap = <K extends Call>(call: K): Disk[K] => {
    const original = real[call] as (...args: unknown[]) => unknown;
    const wrapped = (...args: unknown[]): unknown => {
      before(call, args);
      return original(...args);
    };
    return wrapped as Disk[K];
  };
  return { ...real, ...Object.fromEntries(CHANGING.map((call) => [call, wrap(call)])) };
}

/** A disk whose process dies just before its n-th changing call: that call and all later ones do nothing but throw. */
export function mortalDisk(n: number): { disk: Disk; calls: () => number } {
  let calls = 0;
  const disk = watched((call) => {
    calls += 1;
    if (calls >= n) throw new Killed(`killed before ${call} (call ${calls})`);
  });
  return { disk, calls: () => calls };
}

/** A disk whose n-th changing call of the given kinds fails once with an error of the operating system. */
export function failingDisk(
  n: number,
  code: string,
  kinds: readonly Call[],
): { disk: Disk; failed: () => boolean } {
  let calls = 0;
  const disk = watched((call) => {
    if (!kinds.includes(call)) return;
    calls += 1;
    if (calls === n) throw Object.assign(new Error(code), { code });
  });
  return { disk, failed: () => calls >= n };
}

/** A disk that writes at most a few bytes per call, as one does that is nearly full or interrupted. */
export const shortDisk: Disk = {
  ...real,
  write: (fd, bytes, offset, position) =>
    real.write(fd, bytes.subarray(0, Math.min(bytes.length, offset + 7)), offset, position),
};

/** Counts what a run asked of the disk. */
export function countingDisk(): { disk: Disk; count: (call: Call) => number } {
  const counts = new Map<Call, number>();
  const disk = watched((call) => counts.set(call, (counts.get(call) ?? 0) + 1));
  return { disk, count: (call) => counts.get(call) ?? 0 };
}

/** Does it on a machine that is switched off before the `n`th disk call; true when that was reached. */
export async function killedBefore(act: (disk: Disk) => Promise<unknown>, n: number): Promise<boolean> {
  const { disk } = mortalDisk(n);
  try {
    await act(disk);
    return false;
  } catch (error) {
    if (error instanceof Killed) return true;
    throw error;
  }
}
