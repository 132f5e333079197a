import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openBudget } from '../../electron/login/budget.ts';
import type { Budget, StateFiles } from '../../electron/engine/ports.ts';
import { disk } from '../../electron/system/disk.ts';
import { openStateFiles } from '../../electron/system/state-files.ts';
import { fail } from '../../shared/problem.ts';
import { scratch } from '../doubles/engine.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const START = Date.UTC(2026, 10, 21, 12);
const ALICE = 'example.org|alice';

/** A budget on a real folder, with a clock that the test moves. */
class Bench {
  readonly folder: string;
  readonly files: StateFiles;
  #now = START;

  constructor() {
    const home = scratch();
    onTestFinished(() => home[Symbol.dispose]());
    this.folder = home.state;
    this.files = openStateFiles(disk, home.state);
  }

  get file(): string {
    return path.join(this.folder, 'budget.json');
  }

  /** A new process on the same folder. */
  open(files: StateFiles = this.files): Budget {
    return openBudget({ files, clock: { now: () => new Date(this.#now) } });
  }

  pass(ms: number): void {
    this.#now += ms;
  }
}

const waits = (budget: Budget, identity = ALICE): string => {
  const allowed = budget.allows(identity);
  return allowed.ok ? 'no' : `${allowed.problem.kind}: ${allowed.problem.detail}`;
};

test('lets a password be retyped at once, then after a minute, then not for half an hour', () => {
  const bench = new Bench();
  const budget = bench.open();
  expect(waits(budget)).toBe('no');
  budget.count(ALICE);
  expect(waits(budget)).toBe('no');
  bench.pass(5 * SECOND);
  budget.count(ALICE);
  bench.pass(2 * SECOND);
  expect(waits(budget)).toBe('attempts-used-up: 58');
  bench.pass(58 * SECOND);
  expect(waits(budget)).toBe('no');
  budget.count(ALICE);
  bench.pass(MINUTE);
  expect(waits(budget)).toBe('attempts-used-up: 1740');
  expect(budget.used(ALICE)).toBe(3);
  bench.pass(29 * MINUTE - SECOND);
  expect(waits(budget)).toBe('attempts-used-up: 1');
  bench.pass(SECOND);
  expect(waits(budget)).toBe('no');
});

test('never lets a fourth rejection happen within half an hour', () => {
  const bench = new Bench();
  const budget = bench.open();
  const rejections: number[] = [];
  for (let elapsed = 0; elapsed < 180 * MINUTE; elapsed += 7 * SECOND) {
    if (budget.allows(ALICE).ok) {
      budget.count(ALICE);
      rejections.push(elapsed);
    }
    bench.pass(7 * SECOND);
  }
  for (const [index, moment] of rejections.entries()) {
    const fourth = rejections[index + 3];
    if (fourth !== undefined) expect(fourth - moment).toBeGreaterThanOrEqual(30 * MINUTE);
  }
  expect(rejections.length).toBeGreaterThan(9);
});

test('stops for half an hour after the third, even when the first is long over', () => {
  const bench = new Bench();
  const budget = bench.open();
  budget.count(ALICE);
  bench.pass(14 * MINUTE);
  budget.count(ALICE);
  bench.pass(14 * MINUTE);
  budget.count(ALICE);
  bench.pass(20 * MINUTE);
  expect(budget.used(ALICE)).toBe(1);
  expect(waits(budget)).toBe('attempts-used-up: 600');
});

test('forgets what is more than half an hour old', () => {
  const bench = new Bench();
  const budget = bench.open();
  budget.count(ALICE);
  budget.count(ALICE);
  bench.pass(31 * MINUTE);
  expect(budget.used(ALICE)).toBe(0);
  budget.count(ALICE);
  expect(waits(budget)).toBe('no');
});

test('counts every identity by itself', () => {
  const budget = new Bench().open();
  for (const _ of [1, 2, 3]) budget.count(ALICE);
  expect(waits(budget)).toContain('attempts-used-up');
  expect(waits(budget, 'example.org|bob')).toBe('no');
});

test('survives a restart, and does not tell whose passwords were tried', () => {
  const bench = new Bench();
  bench.open().count(ALICE);
  bench.open().count(ALICE);
  expect(bench.open().used(ALICE)).toBe(2);
  expect(waits(bench.open())).toBe('attempts-used-up: 61');
  const text = fs.readFileSync(bench.file, 'utf8');
  expect(text).not.toContain('alice');
  expect(text).not.toContain('example.org');
  expect(fs.statSync(bench.file).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(bench.folder).sort()).toEqual(['budget.json', 'runs']);
});

test('makes its folder when it is the first to keep something', () => {
  const bench = new Bench();
  fs.rmSync(bench.folder, { recursive: true });
  bench.open().count(ALICE);
  expect(bench.open().used(ALICE)).toBe(1);
});

describe('a record that cannot be understood', () => {
  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"rejections":{"x":["soon"]}}',
    '{"rejections":[]}',
    '{"rejections":{"x":[1e999]}}',
  ])('makes everybody wait a minute, once: %s', (text) => {
    const bench = new Bench();
    fs.writeFileSync(bench.file, text);
    expect(waits(bench.open())).toBe('attempts-used-up: 60');
    bench.pass(30 * SECOND);
    expect(waits(bench.open(), 'example.org|bob')).toBe('attempts-used-up: 30');
    bench.pass(30 * SECOND);
    const budget = bench.open();
    expect(waits(budget)).toBe('no');
    budget.count(ALICE);
    expect(waits(budget)).toBe('attempts-used-up: 1800');
    bench.pass(30 * MINUTE);
    expect(waits(bench.open())).toBe('no');
  });

  test('blocks nobody for ever where it cannot be replaced', () => {
    const bench = new Bench();
    fs.writeFileSync(bench.file, '{');
    const stuck = { ...bench.files, create: () => fail('read-only') };
    expect(waits(bench.open(stuck))).toBe('no');
  });
});

test('counts on in memory where nothing can be written', () => {
  const bench = new Bench();
  const full = { ...bench.files, create: () => fail('disk-full') };
  const budget = bench.open(full);
  for (const _ of [1, 2, 3]) budget.count(ALICE);
  expect(budget.used(ALICE)).toBe(3);
  expect(waits(budget)).toContain('attempts-used-up');
});

test('is not blocked for ever by a clock that was wrong', () => {
  const bench = new Bench();
  bench.pass(365 * 24 * 60 * MINUTE);
  for (const _ of [1, 2, 3]) bench.open().count(ALICE);
  bench.pass(-365 * 24 * 60 * MINUTE);
  expect(waits(bench.open())).toBe('no');
});
