import type { Bytes } from '../engine/ports.ts';

/** RFC 3986 percent-encoding of every byte that is not unreserved, in upper-case hex (§2.1, §2.3). */
export function percentEncode(plain: Bytes): Bytes {
  const parts = [...plain].map((byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9._~-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return Buffer.from(parts.join(''), 'latin1');
}

/** The bytes that a percent-encoded text means, one character per byte; broken escapes stay as they are. */
export const percentDecode = (encoded: string): Bytes =>
  Buffer.from(
    encoded.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
