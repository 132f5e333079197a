import { isUtf8 } from 'node:buffer';
import { fail, ok } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';

const NUL = 0;

/**
 * A password as the Base64 of its UTF-8: a QtKeychain item of type `base64` (qtkeychain/libsecret.cpp). Never added: a
 * new item is plain text.
 */
export const base64Text: Lens = {
  id: 'base64-text',

  get(bytes) {
    const value = decoded(bytes);
    if (!value) return fail('unsupported');
    return ok(value.length === 0 ? undefined : Secret.take(value));
  },

  put(bytes, _slot, secret) {
    if (!bytes || bytes.length === 0) return fail('changed');
    if (!decoded(bytes)) return fail('unsupported');
    return secret.use((value) => {
      if (value.includes(NUL)) return fail('format-cannot-hold');
      return ok(Buffer.from(value.toString('base64')));
    });
  },
};

/** Only what is spelled as it would be written, and is text. */
function decoded(bytes: Bytes): Bytes | undefined {
  const value = Buffer.from(bytes.toString('latin1'), 'base64');
  return value.toString('base64') === bytes.toString('latin1') && isUtf8(value) ? value : undefined;
}
