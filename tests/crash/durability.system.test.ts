import fs from 'node:fs';
import { expect, test } from 'vitest';
import type { Scratch } from '../doubles/engine.ts';
import type { Call } from '../doubles/strace.ts';
import { command, tracedApply, tracedCommand } from './command.ts';
import { violations } from './durability.ts';
import { furnished } from './three-files.ts';

const applied = async (home: Scratch): Promise<readonly Call[]> => {
  const ran = await tracedApply(home);
  expect(ran.code).toBe(0);
  return ran.calls;
};

const flushesBelow = ({ root }: Scratch, calls: readonly Call[]): readonly Call[] =>
  calls.filter(({ name, on }) => name === 'fsync' && on !== undefined && `${on}/`.startsWith(`${root}/`));

test('the first apply of all keeps the order that a power cut asks for', async () => {
  using home = furnished();
  fs.rmSync(home.state, { recursive: true });
  expect(violations(home, await applied(home))).toEqual([]);
});

test('every single flush of an apply is needed for that', async () => {
  using home = furnished();
  const calls = await applied(home);
  expect(violations(home, calls)).toEqual([]);
  for (const flush of flushesBelow(home, calls)) {
    const without = violations(
      home,
      calls.filter((call) => call !== flush),
    );
    expect(without, `without the flush of ${flush.on}`).not.toEqual([]);
  }
});

test('a folder that was never flushed is noticed', async () => {
  using home = furnished();
  const calls = await applied(home);
  const folders = calls.filter(({ name, on }) => name !== 'fsync' || on !== home.home);
  expect(violations(home, folders).join()).toMatch(/gitconfig is not safe before the record .*committed/);
});

test('an apply flushes twice per renamed file, twice more per file written in place, and six times besides', async () => {
  using home = furnished();
  await applied(home);
  expect((await command(home, 'undo')).code).toBe(0);
  const calls = await applied(home);
  const [renamed, inPlace] = [2, 1];
  expect(flushesBelow(home, calls).length).toBeLessThanOrEqual(2 * renamed + 4 * inPlace + 6);
  expect(violations(home, calls)).toEqual([]);
});

test('an undo keeps the order too', async () => {
  using home = furnished();
  await applied(home);
  const ran = await tracedCommand(home, ['undo']);
  expect(ran.code).toBe(0);
  expect(violations(home, ran.calls)).toEqual([]);
});
