import { isUtf8 } from 'node:buffer';
import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { readEntries, readString, type Span } from './gvariant-text.ts';
import { splice } from './single-line.ts';

/** Names the entry whose value is the secret. */
export interface DictSlot extends Slot {
  readonly key: string;
}

/**
 * The text of a GVariant `a{sv}` with passwords among its values, as GNOME Online Accounts keeps its credentials
 * (`g_variant_print`, glib/gvariant-parser.c). One string is replaced, the other entries stay as they are.
 * `unsupported` for other text and for a value that is no string, `changed` where the entry is gone or there twice.
 */
export const gvariantDict: Lens = {
  id: 'gvariant-dict',

  get(bytes, slot) {
    const literal = find(bytes, slot);
    if (!literal.ok) return literal.problem.kind === 'changed' ? ok(undefined) : literal;
    const value = readString(bytes, literal.value);
    if (!value) return fail('unsupported');
    return ok(value.length === 0 ? undefined : Secret.take(value));
  },

  put(bytes, slot, secret) {
    if (!bytes || bytes.length === 0) return fail('changed');
    const literal = find(bytes, slot);
    if (!literal.ok) return literal;
    const { start, end } = literal.value;
    return secret.use((value) => {
      if (value.includes(NUL) || !isUtf8(value)) return fail('format-cannot-hold');
      const old = readString(bytes, literal.value);
      const same = old?.equals(value) === true;
      old?.fill(0);
      return ok(same ? bytes : splice(bytes, start, end, spelled(value)));
    });
  },
};

function find(bytes: Bytes, { key }: Slot): Result<Span> {
  const entries = isUtf8(bytes) ? readEntries(bytes) : undefined;
  if (!entries) return fail('unsupported');
  const [entry, ...more] = entries.filter((each) => each.key === key);
  if (!entry || more.length > 0) return fail('changed');
  return entry.literal ? ok(entry.literal) : fail('unsupported');
}

const NUL = 0x00;
const SINGLE = 0x27;
const DOUBLE = 0x22;
const BACKSLASH = 0x5c;

/** As GLib prints it, but for unusual characters beyond ASCII, which its parser reads as they are. */
function spelled(value: Bytes): Bytes {
  const quote = value.includes(SINGLE) ? DOUBLE : SINGLE;
  const parts: Bytes[] = [Buffer.from([quote])];
  for (const byte of value) {
    if (byte === quote || byte === BACKSLASH) parts.push(Buffer.from([BACKSLASH, byte]));
    else if (byte < 0x20 || byte === 0x7f) parts.push(Buffer.from(CONTROLS[byte] ?? hex(byte), 'latin1'));
    else parts.push(Buffer.from([byte]));
  }
  const text = Buffer.concat([...parts, Buffer.from([quote])]);
  for (const part of parts) part.fill(0);
  return text;
}

const CONTROLS: Readonly<Record<number, string>> = {
  0x07: String.raw`\a`,
  0x08: String.raw`\b`,
  0x09: String.raw`\t`,
  0x0a: String.raw`\n`,
  0x0b: String.raw`\v`,
  0x0c: String.raw`\f`,
  0x0d: String.raw`\r`,
};

const hex = (byte: number): string => `\\u${byte.toString(16).padStart(4, '0')}`;
