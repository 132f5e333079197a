import fs from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { takeLock } from '../../electron/system/run-lock.ts';
import { scratch } from '../doubles/engine.ts';
import { holdRunLock } from './held-lock.ts';

/** Takes and gives back: `held`, or the Problem's kind. */
function tried(state: string): string {
  const lock = takeLock(state);
  if (!lock.ok) return lock.problem.kind;
  lock.value.release();
  return 'held';
}

test('a second process is refused while the first runs, and may go on at once when that was killed', async () => {
  using home = scratch();
  const other = await holdRunLock(home.state);
  expect(tried(home.state)).toBe('run-active');
  await other.kill();
  expect(tried(home.state)).toBe('held');
  expect(tried(home.state)).toBe('held');
});

test('a second run in the same process is refused, too; releasing twice is harmless', () => {
  using home = scratch();
  const first = takeLock(home.state);
  expect(tried(home.state)).toBe('run-active');
  if (first.ok) first.value.release();
  if (first.ok) first.value.release();
  expect(tried(home.state)).toBe('held');
});

test('a lock that nobody looks at is still held after a garbage collection', async () => {
  using home = scratch();
  takeLock(home.state);
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('no gc');
  for (let n = 0; n < 10; n += 1) {
    collect();
    await new Promise(setImmediate);
  }
  expect(tried(home.state)).toBe('run-active');
});

test('a lock that cannot be made is no other run', () => {
  using home = scratch();
  expect(tried(path.join(home.state, 'missing'))).toBe('access-denied');
  fs.writeFileSync(
    path.join(home.state, 'lock.db'),
    'not a database at all, but long enough to be looked at',
  );
  expect(tried(home.state)).toBe('write-failed');
});

test('a lock file that somebody else owns is no lock', () => {
  using home = scratch();
  expect(tried(home.state)).toBe('held');
  fs.chmodSync(path.join(home.state, 'lock.db'), 0o444);
  expect(tried(home.state)).toBe(process.getuid?.() === 0 ? 'held' : 'access-denied');
});
