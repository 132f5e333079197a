import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { type Assignment, type Command, readMuttrc, type UrlWord } from './muttrc-commands.ts';
import { decodeUrlPart } from './mutt-url.ts';
import { type Char, plain, quoted } from './muttrc-text.ts';
import { percentEncode } from './percent.ts';
import { breaksLine, splice } from './single-line.ts';

/** Both programs cut a password off behind this many bytes (`ACCOUNT.pass` in mutt's account.h). */
const LONGEST_PASSWORD = 255;

type Cell = Assignment | UrlWord;

/**
 * One password of a muttrc: the value that a `set` gives a variable (`{ variable, in?, nth? }`), or the password in a
 * URL (`{ url, login?, host, in?, nth? }`), where `in` names the hooks around it. A value is written in double quotes
 * with a backslash before `\`, `"`, `$` and a backtick, spelled once more for each hook around it; a password in a URL
 * is percent-encoded. A variable that the file does not set is set in a line at its end. `unsupported` where mutt
 * would put something in (a variable, a command), where a quote is open, and in what a macro types.
 */
export const muttrc: Lens = {
  id: 'muttrc',

  get(bytes, slot) {
    const cell = locate(bytes, slot);
    if (!cell.ok) return cell.problem.kind === 'changed' ? ok(undefined) : cell;
    const value = cell.value ? valueOf(cell.value) : ok('');
    if (!value.ok) return value;
    return ok(value.value === '' ? undefined : Secret.take(Buffer.from(value.value, 'latin1')));
  },

  put(bytes, slot, secret) {
    if (!bytes || bytes.length === 0) return fail('changed');
    const cell = locate(bytes, slot);
    if (!cell.ok) return cell;
    return secret.use((password) => {
      const { value } = cell;
      const old = value ? valueOf(value) : ok('');
      if (!old.ok) return old;
      if (password.length === 0 || password.length > LONGEST_PASSWORD) return fail('format-cannot-hold');
      if (Buffer.from(old.value, 'latin1').equals(password)) return ok(bytes);
      if (breaksLine(password)) return fail('format-cannot-hold');
      return value ? write(bytes, value, password) : append(bytes, String(slot['variable']), password);
    });
  },
};

/** Undefined for a variable that may be added. */
function locate(bytes: Bytes, slot: Slot): Result<Cell | undefined> {
  const found = cellsOf(readMuttrc(bytes), false).find(([each]) => sameSlot(each.slot, slot));
  if (found) return found[1] ? fail('unsupported', undefined, 'a macro') : ok(found[0]);
  return Object.keys(slot).join() === 'variable' ? ok(undefined) : fail('changed');
}

/** Every cell, and whether a macro types it. */
const cellsOf = (commands: readonly Command[], typed: boolean): readonly (readonly [Cell, boolean])[] =>
  commands.flatMap((command): readonly (readonly [Cell, boolean])[] => {
    if (command.kind === 'set') return command.equals ? [[command, typed]] : [];
    if (command.kind === 'urls') return command.words.map((word) => [word, typed]);
    return command.kind === 'hook' ? cellsOf(command.commands, typed || command.keys === true) : [];
  });

const sameSlot = (one: Slot, other: Slot): boolean => {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => one[key] === other[key]);
};

/** One character per byte; empty where there is none. */
export function valueOf(cell: Cell): Result<string> {
  const { chars, open } =
    'url' in cell ? { ...cell.url.token, chars: cell.url.password ?? [] } : ofValue(cell);
  if ('variable' in cell && cell.unclear) return fail('unsupported', undefined, 'an operator');
  if (open) return fail('unsupported', undefined, 'an open quote');
  const spelled = plain(chars);
  if (spelled === undefined) return fail('unsupported', undefined, 'an expansion');
  if (!isWithinQuotes(rangeOf(cell))) return fail('unsupported', undefined, 'quotes within the password');
  const value = 'url' in cell ? decodeUrlPart(spelled) : spelled;
  return value === undefined ? fail('unsupported', undefined, 'the URL') : ok(value);
}

const ofValue = ({ token }: Assignment): { chars: readonly Char[]; open: boolean } =>
  token ?? { chars: [], open: false };

/** What a new value replaces. */
const rangeOf = (cell: Cell): readonly Char[] => ('url' in cell ? cell.url.password : cell.token?.raw) ?? [];

/** The quotes that are open at the start must be those at the end: what is replaced would take away one of a pair. */
const isWithinQuotes = (range: readonly Char[]): boolean => range[0]?.spell === range.at(-1)?.spell;

function write(bytes: Bytes, cell: Cell, password: Bytes): Result<Bytes> {
  const spelled =
    'url' in cell ? percentEncode(password).toString('latin1') : quoted(password.toString('latin1'));
  const range = rangeOf(cell);
  const [first] = range;
  const last = range.at(-1);
  if (first && last) {
    return ok(splice(bytes, first.from, last.to, Buffer.from(first.spell(spelled), 'latin1')));
  }
  const before = 'url' in cell ? cell.url.colon : cell.equals;
  if (!before) return fail('changed');
  return ok(splice(bytes, before.to, before.to, Buffer.from(before.spell(spelled), 'latin1')));
}

/** A line at the end, which a backslash at the end of the file would join to the one before. */
function append(bytes: Bytes, variable: string, password: Bytes): Result<Bytes> {
  const text = bytes.toString('latin1');
  if (/\\\r?\n?$/.test(text)) return fail('unsupported', undefined, 'a line that goes on');
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  const line = Buffer.from(`set ${variable} = ${quoted(password.toString('latin1'))}`, 'latin1');
  const parts = text.endsWith('\n') ? [line, Buffer.from(lineEnd)] : [Buffer.from(lineEnd), line];
  return ok(Buffer.concat([bytes, ...parts]));
}
