import fs from 'node:fs';
import path from 'node:path';
import type { Traced } from '../doubles/strace.ts';
import { formsIn, formsOf } from './forms.ts';

/** Every system call by which bytes can leave a process, apart from memory that is shared. */
export const LEAVING = [
  'execve',
  'write',
  'pwrite64',
  'writev',
  'pwritev',
  'sendto',
  'sendmsg',
  'sendmmsg',
  'openat',
  'rename',
  'renameat2',
  'link',
  'linkat',
  'symlink',
  'symlinkat',
  'mkdir',
  'connect',
  'bind',
  'setxattr',
  'lsetxattr',
  'fsetxattr',
  'prctl',
  'memfd_create',
] as const;

/** Where a password was seen: in a call and the file or socket it works on, in an output, or in a file. */
export interface Sighting {
  readonly where: string;
  readonly form: string;
}

const WRITES: ReadonlySet<string> = new Set(['write', 'pwrite64', 'writev', 'pwritev']);

/** Sightings of a password in what a run did and said, apart from writes to the files that `mayHold` allows. */
export function sightings(
  password: string,
  ran: Traced,
  mayHold: (file: string) => boolean,
): readonly Sighting[] {
  const forms = formsOf(password);
  const inCalls = ran.calls.flatMap(({ name, on, texts, args }) => {
    if (WRITES.has(name) && on !== undefined && mayHold(on)) return [];
    const where = `${name} ${on ?? args.replaceAll(/"[^"]*"/g, '...').slice(0, 80)}`;
    return formsIn(Buffer.concat(texts), forms).map((form) => ({ where, form }));
  });
  const said = [
    ['standard output', ran.out],
    ['standard error', ran.err],
  ] as const;
  const inWords = said.flatMap(([where, text]) =>
    formsIn(Buffer.from(text), forms).map((form) => ({ where, form })),
  );
  return [...inCalls, ...inWords];
}

/**
 * Sightings of a password in the files below a folder, in their names and in their bytes. What a program that still
 * runs takes away meanwhile is passed over.
 */
export function sightingsBelow(
  password: string,
  folder: string,
  mayHold: (file: string) => boolean,
): readonly Sighting[] {
  const forms = formsOf(password);
  return entriesBelow(folder).flatMap((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    const bytes = entry.isFile() && !mayHold(file) ? unlessGone(() => fs.readFileSync(file)) : undefined;
    const target = entry.isSymbolicLink() ? unlessGone(() => fs.readlinkSync(file)) : undefined;
    const named = Buffer.from((target ?? '') + entry.name);
    const all = Buffer.concat([named, bytes ?? Buffer.alloc(0)]);
    return formsIn(all, forms).map((form) => ({ where: file, form }));
  });
}

function entriesBelow(folder: string): readonly fs.Dirent[] {
  const entries = unlessGone(() => fs.readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries.flatMap((entry) => [
    entry,
    ...(entry.isDirectory() ? entriesBelow(path.join(folder, entry.name)) : []),
  ]);
}

function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
