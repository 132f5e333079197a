import { isUtf8 } from 'node:buffer';
import { fail, ok } from '../../shared/problem.ts';
import type { Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';

const NUL = 0;

/**
 * The entire bytes are the secret, as in a keychain item. Bytes that are no UTF-8 text are not a typed password and
 * are left alone (`unsupported`); a NUL would end the value early in C clients (`format-cannot-hold`).
 */
export const whole: Lens = {
  id: 'whole',

  get(bytes) {
    if (!isUtf8(bytes)) return fail('unsupported');
    return ok(bytes.length === 0 ? undefined : Secret.take(Buffer.from(bytes)));
  },

  put(bytes, _slot, secret) {
    if (bytes && !isUtf8(bytes)) return fail('unsupported');
    return secret.use((value) => {
      if (value.includes(NUL)) return fail('format-cannot-hold');
      return ok(bytes?.equals(value) ? bytes : Buffer.from(value));
    });
  },

  remove(bytes) {
    if (!isUtf8(bytes)) return fail('unsupported');
    return ok(bytes.length === 0 ? bytes : undefined);
  },
};
