import fs from 'node:fs';
import path from 'node:path';

/** A file as it was: bytes, permissions, and the moment of its last change of any kind (stat(2), ctime). */
export interface FileState {
  readonly bytes: Buffer;
  readonly mode: number;
  readonly changedAt: bigint;
}

export type Snapshot = ReadonlyMap<string, FileState>;

/** Every file below a folder, by path from there; none where there is no folder. */
export function snapshot(folder: string): Snapshot {
  if (!fs.existsSync(folder)) return new Map();
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names.flatMap((name): readonly [string, FileState][] => {
      const stat = fs.statSync(path.join(folder, name), { bigint: true });
      if (!stat.isFile()) return [];
      const bytes = fs.readFileSync(path.join(folder, name));
      return [[name, { bytes, mode: Number(stat.mode & 0o7777n), changedAt: stat.ctimeNs }]];
    }),
  );
}

const different = (a: Snapshot, b: Snapshot, same: (a: FileState, b: FileState) => boolean): string[] =>
  [...new Set([...a.keys(), ...b.keys()])].filter((name) => {
    const [one, other] = [a.get(name), b.get(name)];
    return !one || !other || !same(one, other);
  });

/** Files whose bytes or permissions differ, or that are in one of the two only. */
export const changedFiles = (before: Snapshot, after: Snapshot): readonly string[] =>
  different(before, after, (a, b) => a.bytes.equals(b.bytes) && a.mode === b.mode);

/** Files that were written in between, even with the same bytes. */
export const writtenFiles = (before: Snapshot, after: Snapshot): readonly string[] =>
  different(before, after, (a, b) => a.changedAt === b.changedAt);
