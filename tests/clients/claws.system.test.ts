import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Secret } from '../../electron/engine/secret.ts';
import { clawsMail } from '../../electron/stores/claws-mail.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { AuthStub } from '../doubles/auth-stub.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { until } from '../lab/until.ts';
import { FIXED, findAll, lensOf } from '../stores/fixture.ts';
import { type Claws, makeProfile, startClaws } from './claws.ts';
import { type Display, openDisplay } from './display.ts';

let display: Display;
let stubs: { readonly imap: AuthStub; readonly pop3: AuthStub; readonly smtp: AuthStub };
let home: string;

beforeAll(async () => {
  display = await openDisplay();
  stubs = { imap: await AuthStub.imap(), pop3: await AuthStub.pop3(), smtp: await AuthStub.smtp() };
});

afterAll(async () => {
  for (const each of [display, ...Object.values(stubs)]) await each[Symbol.asyncDispose]();
});

// Short: a socket lies below it, and a socket's path has at most 107 bytes.
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'rk-'));
});

afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

const portsOf = () => ({ imap: stubs.imap.port, pop3: stubs.pop3.port, smtp: stubs.smtp.port });

const machineOf = () => openMachine({ home, confined: true, environment: {} });

/** Puts a password of its own into every place that the store finds; gives them by login. */
async function putAll(passwords: readonly string[], primary?: string): Promise<ReadonlyMap<string, string>> {
  const machine = machineOf();
  const given = new Map<string, string>();
  const { entries } = await findAll(clawsMail, machine);
  for (const [index, { place, slot, lens, login, ...entry }] of entries.entries()) {
    if (place.kind !== 'file') throw new Error('not a file');
    const password = passwords[index] ?? '';
    const key = clawsMail.key?.(machine, place, primary === undefined ? undefined : Secret.fromText(primary));
    const bytes = fs.existsSync(place.path) ? fs.readFileSync(place.path) : undefined;
    const using = { ...FIXED, ...(key?.ok && key.value ? { key: key.value } : {}) };
    const written = lensOf({ ...entry, place, slot, lens, login }).put(
      bytes,
      slot,
      Secret.fromText(password),
      using,
    );
    if (!written.ok) throw new Error(written.problem.kind);
    fs.writeFileSync(place.path, written.value, { mode: 0o600 });
    given.set(login, password);
  }
  return given;
}

/** What the store and its lens read, by login. */
async function stored(): Promise<ReadonlyMap<string, string>> {
  const machine = machineOf();
  const { entries } = await findAll(clawsMail, machine);
  const key = clawsMail.key?.(machine, placeOf());
  const bytes = fs.readFileSync(placeOf().path);
  return new Map(
    entries.map((entry) => {
      const value = lensOf(entry).get(bytes, entry.slot, key?.ok ? key.value : undefined);
      return [entry.login, value.ok ? (value.value?.useText((text) => text) ?? '') : value.problem.kind];
    }),
  );
}

const came = new Map<string, string>();

/** What the servers were sent, by login, once there are so many. */
async function logins(count: number): Promise<ReadonlyMap<string, string>> {
  await until(
    `${count} logins`,
    () => {
      for (const stub of Object.values(stubs))
        for (const { user, password } of stub.drain()) came.set(user.toString(), password.toString());
      return came.size >= count;
    },
    40_000,
  );
  const all = new Map(came);
  came.clear();
  return all;
}

const sorted = (map: ReadonlyMap<string, string>) => [...map].sort(([a], [b]) => a.localeCompare(b));

/** Claws Mail, once its window is there and it has the profile open. */
async function started(...args: readonly string[]): Promise<Claws> {
  const claws = startClaws(home, display, ...args);
  await until('Claws Mail', () => clawsMail.busy?.(machineOf(), placeOf()) !== undefined);
  return claws;
}

const placeOf = () => ({ kind: 'file', path: path.join(home, '.claws-mail/passwordstorerc') }) as const;

test('Claws Mail receives and sends with the passwords that were put in, and keeps them', async () => {
  const accounts = 10;
  makeProfile(home, accounts, portsOf());
  const given = await putAll(samplePasswords(2 * accounts));
  expect(given.size).toBe(2 * accounts);
  await using claws = await started('--receive-all');
  const received = await logins(accounts);
  await claws.tell('--send');
  const sent = await logins(accounts);
  expect(sorted(new Map([...received, ...sent]))).toEqual(sorted(given));
  await claws.quit();
  expect(sorted(await stored())).toEqual(sorted(given));
}, 120_000);

test('Claws Mail opens them with the primary passphrase that a person types', async () => {
  makeProfile(home, 2, portsOf(), 'my own "phrase"');
  const given = await putAll(samplePasswords(4), 'my own "phrase"');
  await using claws = await started('--receive-all');
  await claws.type('Input primary passphrase', 'my own "phrase"');
  const received = await logins(2);
  await claws.tell('--send');
  expect(sorted(new Map([...received, ...(await logins(2))]))).toEqual(sorted(given));
}, 120_000);

test('it is busy while it runs, and not after it was killed', async () => {
  makeProfile(home, 1, portsOf());
  const busy = () => clawsMail.busy?.(machineOf(), placeOf());
  expect(busy()).toBeUndefined();
  await using claws = await started();
  expect(busy()).toEqual({ name: 'Claws Mail' });
  const other = openMachine({ home: os.tmpdir(), confined: true, environment: {} });
  expect(
    clawsMail.busy?.(other, { kind: 'file', path: path.join(os.tmpdir(), '.claws-mail/passwordstorerc') }),
  ).toBeUndefined();
  await claws.kill();
  expect(fs.readdirSync(path.join(home, 'run/claws-mail'))).not.toEqual([]);
  expect(busy()).toBeUndefined();
}, 60_000);
