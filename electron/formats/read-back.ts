import { fail, ok } from '../../shared/problem.ts';
import type { Lens } from '../engine/ports.ts';

/**
 * The lens, whose `put` is believed only where its own `get` finds the value again: a quote that stands open earlier
 * in a damaged file may swallow what was spelled correctly. `unsupported` otherwise.
 */
export const readBack = (lens: Lens): Lens => ({
  ...lens,
  put(bytes, slot, secret, using) {
    const written = lens.put(bytes, slot, secret, using);
    if (!written.ok || written.value === bytes) return written;
    const stored = lens.get(written.value, slot, using.key);
    if (!stored.ok || !stored.value) return fail('unsupported');
    using value = stored.value;
    return value.equals(secret) ? ok(written.value) : fail('unsupported');
  },
});
