import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { apply } from '../../electron/engine/apply.ts';
import type { Direction } from '../../electron/engine/journal-log.ts';
import { recover } from '../../electron/engine/recover.ts';
import { undo } from '../../electron/engine/undo.ts';
import type { Disk } from '../../electron/engine/ports.ts';
import { failingDisk, killedBefore } from '../doubles/disks.ts';
import { ALL_ACCEPTED, engineOn, planOn, quietRun, secret, type Scratch } from '../doubles/engine.ts';
import { ADDRESS, netrc, NEW, OLD } from '../engine/home.ts';
import {
  contentsOf,
  expectNoPasswordInState,
  expectSettled,
  expectWhole,
  furnished,
  holds,
  NAMES,
  type Contents,
} from './three-files.ts';

const applyOn = async (home: Scratch, disk?: Disk): Promise<void> => {
  const engine = engineOn(home, disk ? { disk } : {});
  const plan = await planOn(engine, { account: ADDRESS });
  await apply(engine, plan, { password: secret(NEW) }, ALL_ACCEPTED, quietRun());
};

const recoverOn = async (home: Scratch, direction: Direction, disk?: Disk): Promise<void> => {
  const recovered = await recover(engineOn(home, disk ? { disk } : {}), direction, quietRun());
  expect(recovered.ok).toBe(true);
};

async function versions(): Promise<{ before: Contents; after: Contents }> {
  using home = furnished();
  const before = contentsOf(home);
  await applyOn(home);
  return { before, after: contentsOf(home) };
}

describe.each(['forward', 'back'] as const)('killed anywhere in apply, recovered %s', (direction) => {
  test('every place is whole at once and settled after recovery; a new run then converges', async () => {
    const { before, after } = await versions();
    let points = 0;
    for (let n = 1; ; n += 1, points += 1) {
      using home = furnished();
      if (!(await killedBefore((disk) => applyOn(home, disk), n))) break;
      expectWhole(home, before, after, true);
      expectNoPasswordInState(home);
      await recoverOn(home, direction);
      expectWhole(home, before, after, false);
      expectSettled(home);
      await applyOn(home);
      expect(NAMES.every((name) => holds(home, name, NEW))).toBe(true);
    }
    expect(points).toBeGreaterThan(40);
  });
});

/** Every point in the soak set; a sample of them in each test run. */
const [FIRST, STEP] = process.env['REKEY_SOAK'] === '1' ? [1, 1] : [12, 6];

test('killed again anywhere in the recovery: the next recovery settles it', async () => {
  let points = 0;
  for (let n = FIRST; ; n += STEP) {
    let reached = false;
    for (let m = 1; ; m += 1, points += 1) {
      using home = furnished();
      reached = await killedBefore((disk) => applyOn(home, disk), n);
      if (!reached || !(await killedBefore((disk) => recoverOn(home, 'forward', disk), m))) break;
      await recoverOn(home, 'forward');
      expectSettled(home);
    }
    if (!reached) break;
  }
  expect(points).toBeGreaterThan(40);
});

test('killed anywhere in undo: recovery keeps the direction and every byte is as before', async () => {
  const { before } = await versions();
  for (let n = 1; ; n += 1) {
    using home = furnished();
    await applyOn(home);
    if (!(await killedBefore((disk) => undo(engineOn(home, { disk }), undefined, [], quietRun()), n))) break;
    await recoverOn(home, 'forward');
    expectSettled(home);
    if (holds(home, '.gitconfig', OLD))
      for (const name of NAMES) expect(home.read(name)).toBe(before.get(name));
  }
});

test('an edit by somebody else between the kill and the recovery survives', async () => {
  using home = furnished();
  const edited = netrc(OLD, 'edited meanwhile');
  await killedBefore((disk) => applyOn(home, disk), 30);
  fs.writeFileSync(home.path('.netrc'), edited);
  await recoverOn(home, 'forward');
  const kept = home.read('.netrc');
  expect([edited, netrc(NEW, 'edited meanwhile')]).toContain(kept);
});

test.each([
  ['ENOSPC', ['open', 'write', 'flush', 'makeFolder', 'truncate', 'rename'] as const],
  ['EIO', ['write', 'flush', 'rename', 'exchange', 'truncate', 'remove', 'chmod'] as const],
  ['EACCES', ['open', 'rename', 'exchange', 'chmod'] as const],
])('%s at any call loses nothing and a later run converges', async (code, kinds) => {
  const { before, after } = await versions();
  for (let n = 1; ; n += 1) {
    using home = furnished();
    const { disk, failed } = failingDisk(n, code, kinds);
    await applyOn(home, disk);
    if (!failed()) break;
    expectWhole(home, before, after, false);
    await recoverOn(home, 'forward');
    await applyOn(home);
    expectSettled(home);
    expect(NAMES.every((name) => holds(home, name, NEW))).toBe(true);
  }
});
