import { isUtf8 } from 'node:buffer';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes } from '../engine/ports.ts';

/** A KDE configuration file, read only: what KMail and Akonadi keep their settings in. */
export interface KConfig {
  /** Names of the groups in the order in which they first appear; nested ones are joined by a unit separator. */
  readonly groups: readonly string[];
  /** The value with its escapes resolved; undefined where there is none, or one that the environment makes. */
  text(group: string, key: string): string | undefined;
  /** `fallback` for a value that is missing or empty; everything but a negative word is true. */
  flag(group: string, key: string, fallback: boolean): boolean;
  /** A whole number from zero up. */
  count(group: string, key: string): number | undefined;
  /** A number that a port can have. */
  port(group: string, key: string): number | undefined;
  /** Comma-separated values. */
  list(group: string, key: string): readonly string[];
}

const SEPARATOR = '\x1d';

type Group = Map<string, string>;

/**
 * Takes a file apart as `KConfigIniBackend::parseConfig` does: lines and values are trimmed, repeated groups are one,
 * the last of repeated keys counts, a key may bear options (`[$i]`, `[$e]`, `[$d]`) or a language. Lines that it
 * skips are skipped. `unsupported` for what is no UTF-8.
 */
export function readKConfig(bytes: Bytes): Result<KConfig> {
  if (!isUtf8(bytes)) return fail('unsupported');
  const groups = new Map<string, Group>();
  let current = open(groups, DEFAULT);
  for (const line of bytes.toString('utf8').split('\n')) {
    const text = trimmed(line);
    if (text === '' || text.startsWith('#')) continue;
    if (text.startsWith('[')) {
      const name = groupName(text);
      if (name !== undefined) current = open(groups, name);
    } else keep(current, text);
  }
  return ok(viewOf(groups));
}

/** What stands before the first group. */
const DEFAULT = '<default>';

function open(groups: Map<string, Group>, name: string): Group {
  const group = groups.get(name) ?? new Map<string, string>();
  groups.set(name, group);
  return group;
}

/** `QByteArrayView::trimmed` of a line: blanks of the C locale. */
const trimmed = (text: string): string => text.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '');

/** `[a][b]` is group b in group a; `[$i]` at the end makes it read-only. */
function groupName(text: string): string | undefined {
  const parts = [...text.matchAll(/\[([^\]]*)\]/gy)].map(([, name = '']) => name);
  const names = parts.filter((name, at) => at === 0 || !name.startsWith('$')).map(unescaped);
  return names.length === 0 ? undefined : names.join(SEPARATOR);
}

function keep(group: Group, text: string): void {
  const equals = text.indexOf('=');
  const left = trimmed(equals === -1 ? text : text.slice(0, equals));
  const value = equals === -1 ? '' : trimmed(text.slice(equals + 1));
  const [, key = '', tail = ''] = /^([^[]*)((?:\[[^\]]*\])*)$/.exec(left) ?? [];
  const options = [...tail.matchAll(/\[([^\]]*)\]/g)].map(([, option = '']) => option);
  // A translation is not the value, and what a shell would make of it nobody knows.
  if (trimmed(key) === '' || options.some((option) => !option.startsWith('$'))) return;
  const flags = options.join('');
  const name = unescaped(trimmed(key));
  if (flags.includes('d') || (flags.includes('e') && value.includes('$'))) group.delete(name);
  else group.set(name, unescaped(value));
}

const ESCAPES: Readonly<Record<string, string>> = { s: ' ', t: '\t', n: '\n', r: '\r', '\\': '\\' };

/** `KConfigIniBackend::printableToString`; what it does not know stays as it is. `\xHH` is a byte of UTF-8. */
function unescaped(text: string): string {
  const bytes = text.replaceAll(/(?:\\x[0-9a-f]{2})+|\\[^]/gi, (all) => {
    if (/^\\x[0-9a-f]{2}/i.test(all)) return Buffer.from(all.replaceAll(/\\x/gi, ''), 'hex').toString('utf8');
    return ESCAPES[all.slice(1)] ?? all;
  });
  return bytes;
}

const NEGATIVES: ReadonlySet<string> = new Set(['false', 'no', 'off', '0']);

function viewOf(groups: ReadonlyMap<string, Group>): KConfig {
  const text = (group: string, key: string): string | undefined => groups.get(group)?.get(key);
  return {
    groups: [...groups.keys()].filter((name) => name !== DEFAULT),
    text,
    flag: (group, key, fallback) => {
      const value = text(group, key);
      return value ? !NEGATIVES.has(value.toLowerCase()) : fallback;
    },
    count: (group, key) => {
      const digits = text(group, key) ?? '';
      return /^\d{1,10}$/.test(digits) ? Number(digits) : undefined;
    },
    port: (group, key) => {
      const digits = text(group, key) ?? '';
      return /^\d{1,5}$/.test(digits) && Number(digits) > 0 && Number(digits) <= 65_535
        ? Number(digits)
        : undefined;
    },
    list: (group, key) => split(text(group, key) ?? ''),
  };
}

/** `KConfigGroupPrivate::deserializeList`: a backslash takes the meaning from a comma and from itself. */
function split(text: string): readonly string[] {
  if (text === '') return [];
  const parts = [''];
  for (const [piece] of text.matchAll(/\\[^]|[^]/g)) {
    if (piece === ',') parts.push('');
    else parts[parts.length - 1] += piece.length > 1 ? piece.slice(1) : piece;
  }
  return parts;
}
