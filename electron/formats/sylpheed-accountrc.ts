import { isUtf8 } from 'node:buffer';
import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { breaksLine, splice } from './single-line.ts';
import { prefsBlocks, type PrefsBlock, type PrefsValue } from './sylpheed-prefs.ts';

/** One password of an account in accountrc. */
export interface AccountrcSlot extends Slot {
  /** The label as it stands in brackets: `Account: 1`. */
  readonly account: string;
  readonly key: 'password' | 'smtp_password';
}

/** `PREFSBUFSIZE` of libsylph/prefs.h: a longer line is read as two. Its ending and the NUL behind it count. */
const LONGEST_LINE = 8192 - 3;

/**
 * Sylpheed's accountrc: the value is raw to the end of its line, an empty one is none. A password whose key is not
 * there is added behind the account's last line. `format-cannot-hold` for line breaks and what would be too long.
 */
export const sylpheedAccountrc: Lens = {
  id: 'sylpheed-accountrc',

  get(bytes, slot) {
    const block = blockOf(bytes, slot);
    if (!block.ok) return block;
    const value = valueAt(bytes, block.value?.values.get(String(slot['key'])));
    if (!isUtf8(value)) return fail('unsupported');
    return ok(value.length === 0 ? undefined : Secret.take(value));
  },

  put(bytes, slot, secret) {
    const block = blockOf(bytes ?? Buffer.alloc(0), slot);
    if (!block.ok) return block;
    if (!bytes || !block.value) return fail('changed');
    const key = String(slot['key']);
    const { values, end } = block.value;
    const found = values.get(key);
    if (!isUtf8(valueAt(bytes, found))) return fail('unsupported');
    return secret.use((plain) => {
      if (plain.length === 0 || breaksLine(plain) || key.length + 1 + plain.length > LONGEST_LINE)
        return fail('format-cannot-hold');
      if (found) return ok(splice(bytes, found.start, found.end, plain));
      const line = Buffer.concat([endingOf(bytes), Buffer.from(`${key}=`), plain]);
      return ok(splice(bytes, end, end, line));
    });
  },
};

const valueAt = (bytes: Bytes, found: PrefsValue | undefined): Bytes =>
  Buffer.from(bytes.subarray(found?.start ?? 0, found?.end ?? 0));

function blockOf(bytes: Bytes, { account, key }: Slot): Result<PrefsBlock | undefined> {
  const blocks = prefsBlocks(bytes);
  if (!blocks || (key !== 'password' && key !== 'smtp_password')) return fail('unsupported');
  return ok(blocks.find(({ label }) => label === account));
}

/** As the file's first line ends. */
const endingOf = (bytes: Bytes): Bytes =>
  Buffer.from(/^[^\n]*\r\n/.test(bytes.toString('latin1')) ? '\r\n' : '\n');
