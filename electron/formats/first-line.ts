import { isUtf8 } from 'node:buffer';
import { fail, ok } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';

const LF = 0x0a;
const CR = 0x0d;
const NUL = 0x00;

/** An entry as gopass once wrote it: the password is in a header below (pkg/gopass/secrets/ident.go). */
const OLD_GOPASS = Buffer.from('GOPASS-SECRET-1.0');

/**
 * The convention of `pass` (pass(1), "the first line is the password"): the first line is the secret, everything
 * from its line ending on is kept. Line breaks and NUL cannot be held; an entry that is gone is `changed`.
 */
export const firstLine: Lens = {
  id: 'first-line',

  get(bytes) {
    const line = bytes.subarray(0, endOf(bytes));
    if (!isUtf8(line) || line.equals(OLD_GOPASS)) return fail('unsupported');
    return ok(line.length === 0 ? undefined : Secret.take(Buffer.from(line)));
  },

  put(bytes, _slot, secret) {
    if (!bytes || bytes.length === 0) return fail('changed');
    const end = endOf(bytes);
    const line = bytes.subarray(0, end);
    if (!isUtf8(line) || line.equals(OLD_GOPASS)) return fail('unsupported');
    return secret.use((value) => {
      if ([LF, CR, NUL].some((byte) => value.includes(byte))) return fail('format-cannot-hold');
      if (value.equals(line)) return ok(bytes);
      return ok(Buffer.concat([value, bytes.subarray(end)]));
    });
  },
};

/** Where the first line's text ends: before LF or CRLF, or at the end of a file without one. */
function endOf(bytes: Bytes): number {
  const feed = bytes.indexOf(LF);
  if (feed < 0) return bytes.length;
  return feed > 0 && bytes[feed - 1] === CR ? feed - 1 : feed;
}
