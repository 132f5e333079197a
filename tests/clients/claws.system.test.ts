import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Program } from '../../electron/engine/ports.ts';
import { clawsMail } from '../../electron/stores/claws-mail.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { until } from '../lab/until.ts';
import { makeClawsProfile } from './claws.ts';
import { sorted, Stubs } from './desktop-profile.ts';
import { type Display, openDisplay } from './display.ts';
import { confinedTo, getAll, putAll } from './store-passwords.ts';
import { startWindowed, type Windowed } from './windowed.ts';

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

const busyIn = (where: string): Program | undefined =>
  clawsMail.busy?.(confinedTo(where), {
    kind: 'file',
    path: path.join(where, '.claws-mail/passwordstorerc'),
  });

/** Claws Mail, once it has the profile open. */
async function started(...args: readonly string[]): Promise<Windowed> {
  const claws = startWindowed('claws-mail', args, home, display);
  await until('Claws Mail', () => busyIn(home));
  return claws;
}

test('Claws Mail receives and sends with the passwords that were put in, and keeps them', async () => {
  const accounts = 10;
  makeClawsProfile(home, accounts, stubs);
  const given = await putAll(clawsMail, home, samplePasswords(2 * accounts));
  expect(given.size).toBe(2 * accounts);
  await using claws = await started('--receive-all');
  const received = await stubs.logins(accounts);
  await claws.tell('--send');
  const sent = await stubs.logins(accounts);
  expect(sorted(new Map([...received, ...sent]))).toEqual(sorted(given));
  await claws.quit();
  expect(sorted(await getAll(clawsMail, home))).toEqual(sorted(given));
}, 120_000);

test('Claws Mail opens them with the primary passphrase that a person types', async () => {
  makeClawsProfile(home, 2, stubs, 'my own "phrase"');
  const given = await putAll(clawsMail, home, samplePasswords(4), 'my own "phrase"');
  await using claws = await started('--receive-all');
  await claws.type('Input primary passphrase', 'my own "phrase"');
  const received = await stubs.logins(2);
  await claws.tell('--send');
  expect(sorted(new Map([...received, ...(await stubs.logins(2))]))).toEqual(sorted(given));
}, 120_000);

test('it is busy while it runs, in its own profile, and not after it was killed', async () => {
  makeClawsProfile(home, 1, stubs);
  expect(busyIn(home)).toBeUndefined();
  await using claws = await started();
  expect(busyIn(home)).toEqual({ name: 'Claws Mail' });
  expect(busyIn(os.tmpdir())).toBeUndefined();
  await claws.kill();
  expect(fs.readdirSync(path.join(home, 'run/claws-mail'))).not.toEqual([]);
  expect(busyIn(home)).toBeUndefined();
}, 60_000);
