import { createRequire } from 'node:module';
import type Koffi from 'koffi';

/** The two things that Node's file functions cannot do on Linux. */
export interface Libc {
  /** Swaps two names in one step (renameat2(2), RENAME_EXCHANGE); false where the file system cannot. */
  exchange(a: string, b: string): boolean;
  /** Renames only if the target does not exist (RENAME_NOREPLACE): done, taken, or not supported here. */
  renameNew(from: string, to: string): 'done' | 'taken' | 'unsupported';
  /** Extended attributes (listxattr(2), getxattr(2)); ACLs and security labels are among them. */
  attributes(path: string): ReadonlyMap<string, Buffer>;
  setAttribute(path: string, name: string, value: Buffer): boolean;
}

const AT_FDCWD = -100;
const RENAME_NOREPLACE = 1;
const RENAME_EXCHANGE = 2;
const EEXIST = 17;
const LIMIT = 65536;

let loaded: Libc | undefined | null = null;

/** The C library, or undefined where it is not glibc; loaded on first use. */
export function libc(): Libc | undefined {
  if (loaded === null) loaded = tryLoad();
  return loaded;
}

function tryLoad(): Libc | undefined {
  try {
    return load();
  } catch {
    return undefined;
  }
}

function load(): Libc {
  const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi;
  const library = koffi.load('libc.so.6');
  const renameat2 = library.func('int renameat2(int, const char*, int, const char*, unsigned int)');
  const listxattr = library.func('long llistxattr(const char*, _Out_ uint8_t*, unsigned long)');
  const getxattr = library.func('long lgetxattr(const char*, const char*, _Out_ uint8_t*, unsigned long)');
  const setxattr = library.func(
    'int lsetxattr(const char*, const char*, const uint8_t*, unsigned long, int)',
  );
  const rename = (from: string, to: string, flag: number): boolean =>
    renameat2(AT_FDCWD, from, AT_FDCWD, to, flag) === 0;
  return {
    exchange: (a, b) => rename(a, b, RENAME_EXCHANGE),
    renameNew: (from, to) => {
      if (rename(from, to, RENAME_NOREPLACE)) return 'done';
      return koffi.errno() === EEXIST ? 'taken' : 'unsupported';
    },
    attributes: (path) => {
      const list = names(filled((buffer) => listxattr(path, buffer, LIMIT)));
      const value = (name: string) => filled((buffer) => getxattr(path, name, buffer, LIMIT));
      return new Map(list.map((name) => [name, value(name) ?? Buffer.alloc(0)]));
    },
    setAttribute: (path, name, value) => setxattr(path, name, value, value.length, 0) === 0,
  };
}

function filled(call: (buffer: Buffer) => number): Buffer | undefined {
  const buffer = Buffer.alloc(LIMIT);
  const length = call(buffer);
  return length < 0 ? undefined : buffer.subarray(0, length);
}

const names = (list: Buffer | undefined): readonly string[] =>
  list
    ? list
        .toString('utf8')
        .split('\0')
        .filter((name) => name !== '')
    : [];
