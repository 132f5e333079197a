import { createHmac } from 'node:crypto';
import type { Bytes } from './ports.ts';

/** The digest of a place that does not exist. */
export const ABSENT = 'absent';

/**
 * Keyed digest of a place's bytes. Keyed, because the plain hash of a known file with one short password in it
 * can be guessed offline.
 */
export function digest(key: Bytes, bytes: Bytes | undefined): string {
  return bytes === undefined ? ABSENT : createHmac('sha256', key).update(bytes).digest('base64url');
}

/** Remembers what places looked like, under a key that never leaves this process. */
export class Fingerprints {
  readonly #key: Bytes;
  readonly #seen = new Map<string, string>();

  constructor(key: Bytes) {
    this.#key = key;
  }

  note(place: string, bytes: Bytes | undefined): void {
    this.#seen.set(place, digest(this.#key, bytes));
  }

  /** True when the place was never read, or still has the bytes that were noted. */
  matches(place: string, bytes: Bytes | undefined): boolean {
    const seen = this.#seen.get(place);
    return seen === undefined || seen === digest(this.#key, bytes);
  }
}
