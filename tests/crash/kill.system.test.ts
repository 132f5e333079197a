import fs from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Scratch } from '../doubles/engine.ts';
import { NEW } from '../engine/home.ts';
import { apply, command, pointsOf, reportOf, tracedApply, tracedCommand, type Point } from './command.ts';
import {
  contentsOf,
  expectNoPasswordInState,
  expectSettled,
  expectWhole,
  furnished,
  holds,
  type Contents,
} from './three-files.ts';

/** As on the first run of all: Rekey makes its state folder itself. */
function fresh(): Scratch {
  const home = furnished();
  fs.rmSync(home.state, { recursive: true });
  return home;
}

let before: Contents;
let after: Contents;
/** Every call by which an apply changes the home or the state, in order. */
let points: readonly Point[];
/** From here on the run is prepared: a manifest exists. */
let prepared: number;

beforeAll(async () => {
  using home = fresh();
  before = contentsOf(home);
  const ran = await tracedApply(home);
  expect(ran.code).toBe(0);
  after = contentsOf(home);
  points = pointsOf(home, ran.calls);
  prepared = points.findIndex(({ what }) => what === 'rename state/runs/RUN/manifest');
});

/** A home in which an apply was killed just before a point. */
async function killedAt({ call, nth, what }: Point): Promise<Scratch> {
  const home = fresh();
  const ran = await tracedApply(home, { call, nth, what: 'signal=SIGKILL' });
  expect(ran.code, what).toBeNull();
  expect(pointsOf(home, ran.calls).at(-1)?.what).toBe(what);
  expectWhole(home, before, after, true);
  if (fs.existsSync(home.state)) expectNoPasswordInState(home);
  return home;
}

/** How a person sees that the run was cut off: there is a manifest, and no word yet that it is complete. */
const isCutOff = (index: number): boolean =>
  index > prepared && index <= points.findLastIndex(({ what }) => what === 'write state/runs/RUN/log');

const everyThird = (): readonly (readonly [number, Point])[] =>
  [...points.entries()].filter(([index]) => index > prepared && index % 3 === 0);

describe('kill -9 just before any call that changes something', { timeout: 120_000 }, () => {
  test('the points cover every kind of call', () => {
    const kinds = new Set(points.slice(prepared).map(({ call }) => call));
    expect([...kinds].sort()).toEqual([
      'fsync',
      'ftruncate',
      'openat',
      'pwrite64',
      'rename',
      'renameat2',
      'unlink',
      'write',
    ]);
    expect(points.length - prepared).toBeGreaterThan(25);
  });

  test('recover finishes the run and says so', async () => {
    for (const [index, point] of points.entries()) {
      using home = await killedAt(point);
      const { code, report } = await command(home, 'recover');
      expect(code, point.what).toBe(0);
      expectSettled(home);
      expectWhole(home, before, after, false);
      expect(holds(home, '.gitconfig', NEW), point.what).toBe(index > prepared);
      expect(report.run !== undefined, point.what).toBe(isCutOff(index));
      expect(report.summary).toMatch(isCutOff(index) ? /hold the new password/ : /nothing to recover/);
    }
  });

  test('the next apply finishes the run first, says so, and has nothing left to do', async () => {
    for (const [index, point] of everyThird()) {
      using home = await killedAt(point);
      const { code, err, report } = await apply(home);
      expect(code, point.what).toBe(0);
      expect(err.includes('An earlier run was interrupted. Finishing it first')).toBe(isCutOff(index));
      expect(report.summary, point.what).toMatch(/3 already hold the new password/);
      expectSettled(home);
      expect(contentsOf(home)).toEqual(after);
    }
  });

  test('recover --back restores every byte', async () => {
    for (const [index, point] of everyThird()) {
      using home = await killedAt(point);
      const { code, report } = await command(home, 'recover', '--back');
      expect(code, point.what).toBe(0);
      expectSettled(home);
      expect(contentsOf(home), point.what).toEqual(isCutOff(index) ? before : after);
      if (isCutOff(index)) expect(report.summary).toMatch(/3 of 3 places/);
    }
  });

  test('undo goes on going back, whatever recover is asked for', async () => {
    const undoing = await killedUndos();
    for (const [index, point] of undoing.entries()) {
      using home = await killedUndo(point);
      const { code } = await command(home, 'recover', ...(index % 2 === 0 ? ['--back'] : []));
      expect(code, point.what).toBe(0);
      expectSettled(home);
      expect(contentsOf(home), point.what).toEqual(before);
    }
  });
});

/** Every third point of an undo once it said where it is going. */
async function killedUndos(): Promise<readonly Point[]> {
  using home = fresh();
  await apply(home);
  const ran = await tracedCommand(home, ['undo']);
  expect([ran.code, contentsOf(home)]).toEqual([0, before]);
  const all = pointsOf(home, ran.calls);
  const announced = all.findIndex(({ what }) => what === 'fsync state/runs/RUN/log');
  const closed = all.findLastIndex(({ what }) => what === 'write state/runs/RUN/log');
  return all.slice(announced, closed + 1).filter((_, index) => index % 3 === 0);
}

async function killedUndo({ call, nth, what }: Point): Promise<Scratch> {
  const home = fresh();
  await apply(home);
  const ran = await tracedCommand(home, ['undo'], { call, nth, what: 'signal=SIGKILL' });
  expect(ran.code, what).toBeNull();
  expectWhole(home, before, after, true);
  expectNoPasswordInState(home);
  return home;
}

const FAULTS = [
  ['ENOSPC', ['openat', 'write', 'pwrite64', 'mkdir']],
  ['EIO', ['fsync', 'rename', 'renameat2', 'ftruncate', 'unlink']],
] as const;

describe.each(FAULTS)('%s at every second call that may meet it', { timeout: 120_000 }, (error, calls) => {
  test('no place is lost, the run ends with a report, and the next apply converges', async () => {
    const concerned = points.filter(({ call }) => calls.some((name) => name === call));
    for (const { call, nth, what } of concerned.filter((_, index) => index % 2 === 0)) {
      using home = fresh();
      const ran = await tracedApply(home, { call, nth, what: `error=${error}` });
      expectWhole(home, before, after, false);
      expect(ran.code, `${what}: ${ran.err}`).not.toBe(70);
      expect(ran.code).toBe(reportOf(ran).exitCode);
      expect((await apply(home)).code, what).toBe(0);
      expectSettled(home);
      expect(contentsOf(home), what).toEqual(after);
    }
  });
});
