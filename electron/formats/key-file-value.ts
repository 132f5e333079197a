import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { keyFileLines, unescaped, type KeyFilePair } from './key-file.ts';
import { splice } from './single-line.ts';

/**
 * One value of a GLib key file: `{ group, key }`; of repeated keys the last, which is the one that counts. Written as
 * `g_key_file_set_string` does: backslashes, line breaks and leading blanks as escapes (glib/gkeyfile.c).
 */
export const keyFileValue: Lens = {
  id: 'key-file',

  get(bytes, slot) {
    const pair = locate(bytes, slot);
    if (!pair.ok) return pair;
    const value = unescaped(spelledIn(bytes, pair.value).toString('latin1'));
    if (value === undefined) return fail('unsupported');
    return ok(value === '' ? undefined : Secret.take(Buffer.from(value, 'latin1')));
  },

  put(bytes, slot, secret) {
    if (!bytes) return fail('changed');
    const pair = locate(bytes, slot);
    if (!pair.ok) return pair;
    const old = unescaped(spelledIn(bytes, pair.value).toString('latin1'));
    if (old === undefined) return fail('unsupported');
    return secret.use((password) => {
      if (!holds(password)) return fail('format-cannot-hold');
      if (Buffer.from(old, 'latin1').equals(password)) return ok(bytes);
      return ok(splice(bytes, pair.value.from, pair.value.to, escaped(password)));
    });
  },
};

const spelledIn = (bytes: Bytes, { from, to }: KeyFilePair): Bytes => bytes.subarray(from, to);

function locate(bytes: Bytes, slot: Slot): Result<KeyFilePair> {
  const lines = keyFileLines(bytes);
  if (!lines.ok) return lines;
  const found = lines.value.pairs.findLast(
    ({ group, key }) => group === slot['group'] && key === slot['key'],
  );
  return found ? ok(found) : fail('changed');
}

/** A form feed in front is lost, because it is a blank for which there is no escape. */
const holds = (password: Bytes): boolean =>
  password.length > 0 && !password.includes(0) && password[0] !== 0x0c;

const LETTERS: ReadonlyMap<number, string> = new Map([
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x5c, '\\\\'],
]);
const LEADING: ReadonlyMap<number, string> = new Map([
  [0x20, '\\s'],
  [0x09, '\\t'],
]);

function escaped(password: Bytes): Bytes {
  const first = password.findIndex((byte) => !LEADING.has(byte));
  const blanks = first < 0 ? password.length : first;
  const spelled = [...password].map(
    (byte, at) =>
      LETTERS.get(byte) ?? (at < blanks ? LEADING.get(byte) : undefined) ?? String.fromCharCode(byte),
  );
  return Buffer.from(spelled.join(''), 'latin1');
}
