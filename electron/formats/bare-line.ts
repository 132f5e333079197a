import { fail } from '../../shared/problem.ts';
import type { Lens } from '../engine/ports.ts';
import { firstLine } from './first-line.ts';
import { whole } from './whole.ts';

/**
 * What a command prints where its reader takes the output apart again, as mutt does with an unquoted backtick: the
 * lens named by the slot (`{ prints: 'first-line' | 'whole' }`), but only for passwords without blanks, quotes, and
 * what else the reader gives a meaning.
 */
export const bareLine: Lens = {
  id: 'bare-line',

  get: (bytes, slot) => innerOf(slot['prints']).get(bytes, {}),

  put(bytes, slot, secret, using) {
    const bare = secret.use((password) =>
      /^[A-Za-z0-9_@%+=:,./~^!?*()[\]{}<>|&\x80-\xff-]+$/.test(password.toString('latin1')),
    );
    return bare ? innerOf(slot['prints']).put(bytes, {}, secret, using) : fail('format-cannot-hold');
  },
};

const innerOf = (prints: unknown): Lens => (prints === whole.id ? whole : firstLine);
