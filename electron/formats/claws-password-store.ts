import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens, StoreKey } from '../engine/ports.ts';
import { ClawsKey, openClawsValue, sealClawsValue } from './claws-crypt.ts';
import { splice } from './single-line.ts';

/** One of the passwords that Claws Mail keeps for an account. */
export interface ClawsSlot extends Slot {
  /** The number in `[Account: n]` of accountrc. */
  readonly account: number;
  /** `recv` or `send` (src/passwordstore.h). */
  readonly id: string;
}

/** Where a password stands, or where it would be added, as byte offsets. */
interface Found {
  readonly value?: { readonly text: string; readonly start: number; readonly end: number };
  /** Behind the last line of the account's block; undefined where it has none. */
  readonly block?: number;
}

/**
 * The passwords in Claws Mail's `passwordstorerc` (`passwd_store_read_config` in src/passwordstore.c); the key is
 * `ClawsKey` (`primary-password-needed` without). Tokens of OAuth lie beside them under names of their own; no slot
 * names those. A password that is missing is added to the account's block, or with a block at the end of the file.
 */
export const clawsPasswordStore: Lens = {
  id: 'claws-password-store',

  get(bytes, slot, key) {
    const opened = open(bytes, slot, key);
    if (!opened.ok) return opened;
    const { found, claws } = opened.value;
    return found.value ? openClawsValue(found.value.text, claws) : ok(undefined);
  },

  put(bytes, slot, secret, { key, random }) {
    const before = bytes ?? Buffer.alloc(0);
    const opened = open(before, slot, key);
    if (!opened.ok) return opened;
    const { found, claws, id, account } = opened.value;
    const old = found.value && openClawsValue(found.value.text, claws);
    if (old && !old.ok) return old;
    if (old?.value.equals(secret)) return ok(before);
    const sealed = sealClawsValue(secret, claws, random);
    if (!sealed.ok) return sealed;
    if (found.value) return ok(splice(before, found.value.start, found.value.end, Buffer.from(sealed.value)));
    return ok(added(before, found, account, `${id} ${sealed.value}\n`));
  },
};

/** Whether a password is stored in a slot; undefined for a file that cannot be understood. */
export function holdsPassword(bytes: Bytes, slot: ClawsSlot): boolean | undefined {
  const found = locate(bytes, slot.account, slot.id);
  return found && found.value !== undefined;
}

interface Opened {
  readonly found: Found;
  readonly claws: ClawsKey;
  readonly account: number;
  readonly id: string;
}

function open(bytes: Bytes, { account, id }: Slot, key: StoreKey | undefined): Result<Opened> {
  if (typeof account !== 'number' || (id !== 'recv' && id !== 'send')) return fail('unsupported');
  if (!(key instanceof ClawsKey)) return fail('primary-password-needed');
  const found = locate(bytes, account, id);
  return found ? ok({ found, claws: key, account, id }) : fail('unsupported', undefined, 'a NUL in the file');
}

const HEADER = /^\[([^[:\]]+):([^[:\]]+)\]$/;
const BLOCKS: readonly string[] = ['core', 'account', 'plugin'];

/** The program reads a line of exactly two words; of repeated names in a block the last counts, of repeated blocks the first. */
function locate(bytes: Bytes, account: number, id: string): Found | undefined {
  if (bytes.includes(0)) return undefined;
  const found: { value?: Found['value']; block?: number } = {};
  const seen = new Set<string>();
  let inside = false;
  let start = 0;
  for (const line of bytes.toString('latin1').split('\n')) {
    const [, type = '', name] = HEADER.exec(line) ?? [];
    if (BLOCKS.includes(type)) {
      inside = type === 'account' && name === String(account) && !seen.has(line);
      seen.add(line);
    }
    const [first = '', text = '', ...more] = line.startsWith('[') ? [] : line.split(' ');
    const sets = first !== '' && text !== '' && more.length === 0;
    if (inside && (sets || BLOCKS.includes(type))) found.block = start + line.length;
    if (inside && sets && first === id) {
      const from = start + first.length + 1;
      const value = text.replace(/\r$/, '');
      found.value = { text: value, start: from, end: from + value.length };
    }
    start += line.length + 1;
  }
  return found;
}

function added(before: Bytes, { block }: Found, account: number, line: string): Bytes {
  const own = block === undefined ? `[account:${account}]\n${line}` : line;
  const at = block ?? before.length;
  const rest = before.subarray(at);
  if (block !== undefined && rest.length > 0) return splice(before, at + 1, at + 1, Buffer.from(line));
  const open = before.length > 0 && before.at(-1) !== 0x0a ? '\n' : '';
  const apart = block === undefined && before.length > 0 ? '\n' : '';
  return Buffer.concat([before, Buffer.from(open + apart + own)]);
}
