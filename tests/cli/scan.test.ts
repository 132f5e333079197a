import fs from 'node:fs';
import { expect, test } from 'vitest';
import { scratch } from '../doubles/engine.ts';
import { ADDRESS, furnish } from '../engine/home.ts';
import { call, on } from './program.ts';

test('a scan leaves no trace, not even a state folder', async () => {
  using home = scratch();
  furnish(home);
  fs.rmSync(home.state, { recursive: true });
  const before = fs.readdirSync(home.root, { recursive: true }).sort();
  const ran = await call(home, on(home, 'scan'));
  expect([ran.code, ran.out.includes(ADDRESS)]).toEqual([0, true]);
  expect(fs.readdirSync(home.root, { recursive: true }).sort()).toEqual(before);
});
