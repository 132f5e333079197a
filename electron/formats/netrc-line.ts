import { isUtf8 } from 'node:buffer';
import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { splice } from './single-line.ts';

/** Which line of a netrc file a command prints the last word of. */
export interface NetrcLineSlot extends Slot {
  readonly machine: string;
  /** Empty where the command names a machine only. */
  readonly login: string;
}

/**
 * The password at the end of the one line that `awk '/machine HOST login USER/ {print $NF}'` finds in a netrc or
 * authinfo file. Written bare, as awk prints it and as every reader of netrc takes it: what would need quotes is
 * `format-cannot-hold`. `unsupported` where several lines fit, or where the last word is not a bare password.
 */
export const netrcLine: Lens = {
  id: 'netrc-line',

  get(bytes, slot) {
    const found = locate(bytes, slot);
    return found.ok
      ? ok(found.value && Secret.take(Buffer.from(bytes.subarray(found.value.start, found.value.end))))
      : found;
  },

  put(bytes, slot, secret) {
    const found = locate(bytes ?? Buffer.alloc(0), slot);
    if (!found.ok) return found;
    const span = found.value;
    if (!bytes || !span) return fail('changed');
    return secret.use((plain) => {
      if (plain.equals(bytes.subarray(span.start, span.end))) return ok(bytes);
      return isBare(plain) ? ok(splice(bytes, span.start, span.end, plain)) : fail('format-cannot-hold');
    });
  },
};

interface Span {
  readonly start: number;
  readonly end: number;
}

function locate(bytes: Bytes, { machine, login }: Slot): Result<Span | undefined> {
  if (typeof machine !== 'string' || typeof login !== 'string' || bytes.includes(0))
    return fail('unsupported');
  const wanted = login === '' ? `machine ${machine}` : `machine ${machine} login ${login}`;
  const matching = [...linesOf(bytes)].filter(({ text }) => patternOf(wanted).test(text));
  const [line, ...more] = matching;
  if (!line) return ok(undefined);
  if (more.length > 0) return fail('unsupported', undefined, 'several lines fit');
  const word = /^(.*[ \t]password[ \t]+)([^ \t]+)[ \t]*$/.exec(line.text);
  const [, before = '', value = ''] = word ?? [];
  const fits = new RegExp(`${escaped(wanted)}(?=[ \\t])`).test(line.text);
  if (!word || !fits || !isBare(Buffer.from(value, 'latin1')))
    return fail('unsupported', undefined, 'the line does not end in a bare password');
  const start = line.start + before.length;
  return ok({ start, end: start + value.length });
}

/** As awk reads the words of the command: a dot stands for any character. */
const patternOf = (wanted: string): RegExp => new RegExp(escaped(wanted).replaceAll('\\.', '.'));

const escaped = (text: string): string =>
  Buffer.from(text)
    .toString('latin1')
    .replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function* linesOf(bytes: Bytes): Generator<{ readonly text: string; readonly start: number }> {
  let start = 0;
  for (const text of bytes.toString('latin1').split('\n')) {
    yield { text, start };
    start += text.length + 1;
  }
}

/** Blanks of any kind, control characters, quotes, backslashes and `#` mean something to one reader or another. */
function isBare(value: Bytes): boolean {
  const text = value.toString('latin1');
  // oxlint-disable-next-line no-control-regex
  return /^(?!gpg:)[^\x00-\x20\x7f"'\\#]+$/.test(text) && isUtf8(value);
}
