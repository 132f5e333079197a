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

/** A value, and whether a later one is ignored. */
interface Value {
  readonly text: string | undefined;
  readonly fixed: boolean;
}

type Group = Map<string, Value>;

/**
 * Takes a file apart as `KConfigIniBackend::parseConfig` does: lines and values are trimmed, repeated groups are one,
 * the last of repeated keys counts unless an earlier one is read-only, a key may bear options (`[$i]`, `[$e]`, `[$d]`) or a language. Lines that it
 * skips are skipped. `unsupported` for what is no UTF-8.
 */
export function readKConfig(bytes: Bytes): Result<KConfig> {
  if (!isUtf8(bytes)) return fail('unsupported');
  const groups = new Map<string, Group>();
  let current = open(groups, DEFAULT);
  let fixed = false;
  for (const line of bytes.toString('utf8').split('\n')) {
    const text = trimmed(line);
    if (text === '' || text.startsWith('#')) continue;
    if (text.startsWith('[')) {
      const name = groupName(text);
      if (name === undefined) continue;
      current = open(groups, name);
      fixed = text.includes('[$i]');
    } else keep(current, text, fixed);
  }
  return ok(viewOf(groups));
}

/** What stands before the first group. */
const DEFAULT = '<default>';

function open(groups: Map<string, Group>, name: string): Group {
  const group = groups.get(name) ?? new Map<string, Value>();
  groups.set(name, group);
  return group;
}

/** `QByteArrayView::trimmed` of a line: blanks of the C locale. */
const trimmed = (text: string): string => text.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '');

/** `[a][b]` is group b in group a; `[$i]` at the end makes it read-only. Undefined for what is no header. */
export function groupName(text: string): string | undefined {
  const all = /^(?:\[[^\]]*\])*/.exec(text)?.[0] ?? '';
  if (text.startsWith('[', all.length)) return undefined;
  const parts = [...all.matchAll(/\[([^\]]*)\]/g)].map(([, name = '']) => name);
  return parts
    .filter((name, at) => at === 0 || !name.startsWith('$'))
    .map(unescaped)
    .join(SEPARATOR);
}

function keep(group: Group, text: string, isFixed: boolean): void {
  const equals = text.indexOf('=');
  const left = trimmed(equals === -1 ? text : text.slice(0, equals));
  const value = equals === -1 ? '' : trimmed(text.slice(equals + 1));
  const [, key = '', tail = ''] = /^([^[]*)((?:\[[^\]]*\])*)$/.exec(left) ?? [];
  const options = [...tail.matchAll(/\[([^\]]*)\]/g)].map(([, option = '']) => option);
  // A translation is not the value, and what a shell would make of it nobody knows.
  if (trimmed(key) === '' || options.some((option) => !option.startsWith('$'))) return;
  const flags = options.join('');
  const name = unescaped(trimmed(key));
  if (group.get(name)?.fixed) return;
  const isUnknown = flags.includes('d') || (flags.includes('e') && value.includes('$'));
  group.set(name, { text: isUnknown ? undefined : unescaped(value), fixed: isFixed || flags.includes('i') });
}

const ESCAPES: Readonly<Record<string, string>> = { s: ' ', t: '\t', n: '\n', r: '\r', '\\': '\\' };

/**
 * `KConfigIniBackend::printableToString`: `\xHH` is a byte of UTF-8, commas and semicolons keep their backslash for the
 * list that they are in, and of an escape that it does not know only the backslash is left,
 * of one that is cut off nothing.
 */
export function unescaped(text: string): string {
  return text.replaceAll(/(?:\\x[0-9a-f]{2})+|\\[^]|\\$/gi, (all) => {
    if (all.length > 2) return Buffer.from(all.replaceAll(/\\x/gi, ''), 'hex').toString('utf8');
    const letter = all.slice(1);
    if (letter === '') return '';
    return ESCAPES[letter] ?? (letter === ',' || letter === ';' ? all : '\\');
  });
}

const NEGATIVES: ReadonlySet<string> = new Set(['false', 'no', 'off', '0']);

function viewOf(groups: ReadonlyMap<string, Group>): KConfig {
  const text = (group: string, key: string): string | undefined => groups.get(group)?.get(key)?.text;
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
