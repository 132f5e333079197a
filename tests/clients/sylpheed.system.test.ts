import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Program } from '../../electron/engine/ports.ts';
import { sylpheed } from '../../electron/stores/sylpheed.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { until } from '../lab/until.ts';
import { makeProfile, sorted, type Spelling, Stubs } from './desktop-profile.ts';
import { type Display, openDisplay } from './display.ts';
import { confinedTo, getAll, putAll } from './store-passwords.ts';
import { startWindowed, type Windowed } from './windowed.ts';

const FOLDER = '.sylpheed-2.0';

const SYLPHEED: Spelling = {
  settings: (n) => [`protocol=${n % 2 === 1 ? 3 : 0}`, 'smtp_auth_method=8'],
  queued: (n) => [`AID:${n}`, ''],
};

let display: Display;
let stubs: Stubs;
let home: string;

beforeAll(async () => {
  display = await openDisplay();
  stubs = await Stubs.open();
});

afterAll(async () => {
  await display[Symbol.asyncDispose]();
  await stubs[Symbol.asyncDispose]();
});

// Short: a socket lies below it, and a socket's path has at most 107 bytes.
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'rk-'));
});

afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

const accountrc = (): string => path.join(home, FOLDER, 'accountrc');

const busy = (): Program | undefined =>
  sylpheed.busy?.(confinedTo(home), { kind: 'file', path: accountrc() });

/** Sylpheed, once it has the profile open. */
async function started(...args: readonly string[]): Promise<Windowed> {
  const program = startWindowed('sylpheed', args, home, display);
  await until('Sylpheed', busy);
  return program;
}

test('Sylpheed receives and sends with the passwords that were put in, and keeps them', async () => {
  const accounts = 10;
  makeProfile(home, FOLDER, accounts, stubs, SYLPHEED);
  const given = await putAll(sylpheed, home, samplePasswords(2 * accounts));
  expect(given.size).toBe(2 * accounts);
  await using program = await started('--receive-all');
  const received = await stubs.logins(accounts);
  await program.tell('--send');
  const sent = await stubs.logins(accounts);
  expect(sorted(new Map([...received, ...sent]))).toEqual(sorted(given));
  // Why it has to be closed: what is written while it runs, it overwrites with what it had read.
  await putAll(sylpheed, home, samplePasswords(2 * accounts).toReversed());
  await program.tell('--exit');
  await until('the end of Sylpheed', () => !busy());
  expect(sorted(await getAll(sylpheed, home))).toEqual(sorted(given));
}, 120_000);

test('it is busy while it runs, and not after it was killed', async () => {
  makeProfile(home, FOLDER, 1, stubs, SYLPHEED);
  expect(busy()).toBeUndefined();
  await using program = await started();
  expect(busy()).toEqual({ name: 'Sylpheed' });
  await program.kill();
  expect(fs.readdirSync(path.join(home, 'tmp'))).not.toEqual([]);
  expect(busy()).toBeUndefined();
}, 60_000);
