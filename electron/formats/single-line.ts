import type { Bytes } from '../engine/ports.ts';

/** True for what no line-based file can hold: a line feed, a carriage return, a NUL. */
export const breaksLine = (secret: Bytes): boolean =>
  secret.includes(0x0a) || secret.includes(0x0d) || secret.includes(0x00);

/** The bytes with the range from `start` to `end` replaced. */
export const splice = (bytes: Bytes, start: number, end: number, replacement: Bytes): Bytes =>
  Buffer.concat([bytes.subarray(0, start), replacement, bytes.subarray(end)]);
