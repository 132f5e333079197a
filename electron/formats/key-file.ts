import { isUtf8 } from 'node:buffer';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes } from '../engine/ports.ts';

/** A GLib key file, read only: what GNOME programs keep their settings in. */
export interface KeyFile {
  /** Names of the groups in the order in which they first appear. */
  readonly groups: readonly string[];
  has(group: string): boolean;
  /** The value with its escapes resolved; `undefined` where there is none, or one that GLib would refuse. */
  text(group: string, key: string): string | undefined;
  /** The values of a list, whose ends are semicolons; those that GLib would refuse are left out. */
  list(group: string, key: string): readonly string[];
  /** `fallback` for a value that is missing or neither true nor false. */
  flag(group: string, key: string, fallback: boolean): boolean;
  /** A whole number above zero. */
  count(group: string, key: string): number | undefined;
}

/** One `key=value` line; the value as it is spelled, from byte `from` to byte `to`. */
export interface KeyFilePair {
  readonly group: string;
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Takes a key file apart as `g_key_file_load_from_data` does (glib/gkeyfile.c): repeated groups are one, the last of
 * repeated keys counts, only the start of a value is trimmed. `unsupported` for what GLib does not load.
 */
export function readKeyFile(bytes: Bytes): Result<KeyFile> {
  const lines = keyFileLines(bytes);
  if (!lines.ok) return lines;
  const groups = new Map(lines.value.groups.map((name) => [name, new Map<string, string>()]));
  for (const { group, key, from, to } of lines.value.pairs) {
    groups.get(group)?.set(key, bytes.toString('utf8', from, to));
  }
  return ok(viewOf(groups));
}

/** The groups of a key file and all its pairs, in their order; `unsupported` for what GLib does not load. */
export function keyFileLines(
  bytes: Bytes,
): Result<{ readonly groups: readonly string[]; readonly pairs: readonly KeyFilePair[] }> {
  if (!isUtf8(bytes)) return fail('unsupported');
  const groups: string[] = [];
  const pairs: KeyFilePair[] = [];
  let at = 0;
  for (const line of bytes.toString('latin1').split('\n')) {
    const end = at + line.replace(/\r$/, '').length;
    const text = line.replace(/\r$/, '').replace(LEADING_BLANKS, '');
    at += line.length + 1;
    if (text === '' || text.startsWith('#')) continue;
    const group = GROUP.exec(text)?.[1];
    if (group !== undefined) {
      groups.push(utf8(group));
      continue;
    }
    const [, key, value] = PAIR.exec(text) ?? [];
    const current = groups.at(-1);
    if (key === undefined || value === undefined || current === undefined) return fail('unsupported');
    pairs.push({ group: current, key: utf8(key), from: end - value.length, to: end });
  }
  return ok({ groups: [...new Set(groups)], pairs });
}

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

/** `g_ascii_isspace`, which has no vertical tab. */
const LEADING_BLANKS = /^[ \t\f\r]+/;
/** A name is free of brackets and control characters. */
// oxlint-disable-next-line no-control-regex
const GROUP = /^\[([^[\]\x00-\x1f\x7f]+)\][ \t]*$/;
/** A key may end in a language; blanks before the equals sign are not part of it. */
const PAIR = /^((?:[^=[\]]*[^=[\] \t\f\r])(?:\[[A-Za-z0-9._@-]*\])?)[ \t\f\r]*=[ \t\f\r]*([^]*)$/;

const viewOf = (groups: ReadonlyMap<string, ReadonlyMap<string, string>>): KeyFile => {
  const text = (group: string, key: string): string | undefined => unescaped(groups.get(group)?.get(key));
  return {
    groups: [...groups.keys()],
    has: (group) => groups.has(group),
    text,
    list: (group, key) => listIn(groups.get(group)?.get(key) ?? ''),
    flag: (group, key, fallback) => FLAGS.get(text(group, key)?.trimEnd() ?? '') ?? fallback,
    count: (group, key) => {
      const digits = text(group, key)?.trimEnd() ?? '';
      return /^\d{1,9}$/.test(digits) && Number(digits) > 0 ? Number(digits) : undefined;
    },
  };
};

const listIn = (value: string): readonly string[] =>
  [...value.matchAll(/((?:[^\\;]|\\[^])*)(;|$)/g)]
    .filter(([whole]) => whole !== '')
    .flatMap(([, part = '']) => unescaped(part.replaceAll('\\;', ';')) ?? []);

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

const ESCAPES: Readonly<Record<string, string>> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' };

/** A value with its escapes resolved; `undefined` for one that GLib would refuse. */
export function unescaped(value: string | undefined): string | undefined {
  if (value === undefined || /\\(?:[^sntr\\]|$)/.test(value.replaceAll('\\\\', ''))) return undefined;
  return value.replaceAll(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? '');
}
