import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Slot } from '../../shared/model.ts';
import type { Result } from '../../shared/problem.ts';
import { EMPTY_LOGINS } from '../../electron/formats/mozilla-logins-file.ts';
import { LENSES } from '../../electron/formats/index.ts';
import { strippedByPython } from '../../electron/formats/python-blanks.ts';
import type { Bytes, Lens, PutContext, StoreKey } from '../../electron/engine/ports.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { anyPassword } from '../formats/passwords.ts';
import { FIXED } from '../stores/fixture.ts';
import { amountOf } from './amount.ts';
import { samplesOf } from './corpus.ts';
import { damages, type Damage } from './damage.ts';

/** A slot of a file, with the key that opens it. */
class Cell {
  readonly #lens: Lens;
  readonly #slot: Slot;
  readonly #using: PutContext;

  constructor(lens: Lens, slot: Slot, key: StoreKey | undefined) {
    this.#lens = lens;
    this.#slot = slot;
    this.#using = { ...FIXED, ...(key ? { key } : {}) };
  }

  get(bytes: Bytes): Result<string | undefined> {
    const read = this.#lens.get(bytes, this.#slot, this.#using.key);
    return read.ok ? { ok: true, value: read.value?.useText((text) => text) } : read;
  }

  put(bytes: Bytes, password: string): Result<Bytes> {
    return this.#lens.put(bytes, this.#slot, Secret.fromText(password), this.#using);
  }
}

/** What is no longer there after a splice: the bytes between the common beginning and the common end. */
function taken(before: Bytes, after: Bytes): Bytes {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return before.subarray(start, before.length - end);
}

/** Nothing throws, what was given stays as it was, what is written is read again and loses nothing else; true if written. */
function judge({ id, cell }: { id: string; cell: Cell }, before: Bytes, password: string): boolean {
  const copy = Buffer.from(before);
  const read = cell.get(before);
  const written = cell.put(before, password);
  expect(before.equals(copy)).toBe(true);
  if (!written.ok) return false;
  const after = written.value;
  expect(read.ok, 'what cannot be read is not written').toBe(true);
  expect(cell.get(after)).toEqual({ ok: true, value: password });
  expect(cell.put(after, password)).toEqual(written);
  // a second password in the same slot wipes out every trace of the first
  expect(textOf(id, cell.put(after, 'other'))).toBe(textOf(id, cell.put(before, 'other')));
  if (id === 'mozilla-logins') keepsRecords(before, after);
  else if (id !== 'whole') keepsLines(id, before, after, read);
  return true;
}

/** What an empty value may be spelled with: quotes, and blanks in the sense of C and of Python. */
const isEmptyValue = (lost: string): boolean =>
  /^["'][^ \t-\r]*$/.test(lost) || strippedByPython(lost) === '';

/** Formats that keep name and password in one word: with a password, the name may have to be quoted too. */
const WITH_NAME: ReadonlySet<string> = new Set(['curlrc']);

/**
 * At most one value is gone; git continues one behind a backslash, fetchmail has them over several lines. An empty
 * one may be spelled by quotes or blanks.
 */
function keepsLines(id: string, before: Bytes, after: Bytes, read: Result<string | undefined>): void {
  const lost = taken(before, after).toString('latin1');
  const value = read.ok ? read.value : undefined;
  if (!value?.includes('\n')) expect(lost, 'a line is lost').not.toMatch(/(?<!\\\r?)\n/);
  if (value === undefined && !WITH_NAME.has(id))
    expect(lost, 'more than an empty value').toSatisfy(isEmptyValue);
}

/** The file as text; the counter of Sync, which every change of a login raises, is left out. */
const textOf = (id: string, result: Result<Bytes>): unknown => {
  if (!result.ok) return result.problem.kind;
  const text = result.value.toString('latin1');
  return id === 'mozilla-logins' ? text.replaceAll(/("syncCounter"\s*:\s*)[-+.\deE]+/g, '$1') : text;
};

/** What Thunderbird itself changes when a password changes. */
const CHANGING = ['encryptedPassword', 'timePasswordChanged', 'syncCounter'];

/** Every login of before is there, in its order, with every other member; one may have come behind them. */
function keepsRecords(before: Bytes, after: Bytes): void {
  const [old, now] = [LOGINS.parse(recordsOf(before)), LOGINS.parse(recordsOf(after))];
  const rest = (logins: readonly unknown[]): string =>
    JSON.stringify(logins, (name, value: unknown) => (CHANGING.includes(name) ? undefined : value));
  expect(rest(now.logins.slice(0, old.logins.length))).toBe(rest(old.logins));
  expect(now.logins.length - old.logins.length).toBeLessThanOrEqual(1);
  expect(Object.keys(now)).toEqual(Object.keys(old));
}

const LOGINS = z.looseObject({ logins: z.array(z.unknown()) });

/** A file that is not there, or empty, is one without logins. */
const recordsOf = (bytes: Bytes): unknown =>
  bytes.length === 0 ? EMPTY : (JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, '')) as unknown);

const EMPTY: unknown = JSON.parse(EMPTY_LOGINS.toString());

describe.each(LENSES.map((lens) => ({ lens, id: lens.id })))('$id', ({ lens, id }) => {
  test('a damaged file gives a Problem or a splice', async () => {
    const samples = await samplesOf(lens);
    expect(samples.length).toBeGreaterThan(0);
    let written = 0;
    const files = samples.map(({ bytes }) => bytes);
    const check = (which: number, damage: Damage, password: string): void => {
      const sample = samples[which % samples.length];
      if (!sample) return;
      if (judge({ id, cell: new Cell(lens, sample.slot, sample.key) }, damage(sample.bytes, files), password))
        written += 1;
    };
    const amount = amountOf({ short: 1000, long: 20_000 });
    fc.assert(fc.property(fc.nat(), damages, anyPassword, check), amount);
    expect(written, 'damage that leaves the slot alone is written over').toBeGreaterThan(amount.numRuns / 50);
  });
});
