import { createHash } from 'node:crypto';
import type { Bytes } from './ports.ts';

export type Direction = 'forward' | 'back';

/** One durable statement about a run. `begin` and `done` speak of the manifest's entry `index`. */
export type LogRecord =
  | { readonly kind: 'begin' | 'done'; readonly index: number; readonly direction: Direction }
  | { readonly kind: 'rolling-back'; readonly only: readonly number[] }
  | { readonly kind: 'committed'; readonly tally?: Tally }
  | { readonly kind: 'rolled-back' };

/** How a run ended, in passwords. What a later run or an undo does never changes it. */
export interface Tally {
  readonly changed: number;
  /** Left for later: locked, or its program was running. */
  readonly waiting: number;
}

/** A record starts with a newline, so that a torn tail cannot swallow the next one. */
export function encodeRecord(record: LogRecord): Bytes {
  const text = JSON.stringify(record);
  return Buffer.from(`\n${checksum(text)} ${text}`);
}

/** The intact records in order; torn or damaged ones are passed over. */
export function decodeLog(bytes: Bytes | undefined): readonly LogRecord[] {
  if (!bytes) return [];
  return bytes
    .toString('utf8')
    .split('\n')
    .filter(
      (line) =>
        line.length > CHECKSUM_LENGTH &&
        checksum(line.slice(CHECKSUM_LENGTH + 1)) === line.slice(0, CHECKSUM_LENGTH),
    )
    .map((line) => JSON.parse(line.slice(CHECKSUM_LENGTH + 1)) as LogRecord);
}

const CHECKSUM_LENGTH = 8;

const checksum = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, CHECKSUM_LENGTH);

/** True when the log says that an in-place write was begun and not finished. */
export function isTorn(log: readonly LogRecord[], index: number): boolean {
  return log.findLast((record) => 'index' in record && record.index === index)?.kind === 'begin';
}
