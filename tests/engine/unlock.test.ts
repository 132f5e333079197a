import { afterEach, beforeEach, expect, test } from 'vitest';
import { apply } from '../../electron/engine/apply.ts';
import type { Engine } from '../../electron/engine/verbs.ts';
import { openMachine } from '../../electron/system/machine.ts';
import type { SecretService } from '../../electron/system/secret-service.ts';
import {
  ALL_ACCEPTED,
  engineOn,
  planOn,
  quietRun,
  scratch,
  secret,
  type Scratch,
} from '../doubles/engine.ts';
import type { SecretServiceDouble } from '../doubles/secret-service.ts';
import { keyringDouble, type KeyringUnderTest } from '../system/keyring-under-test.ts';
import { open } from '../system/secret-service-cases.ts';

const JANE = 'jane@example.org';
const source = (type: string, backend: string, host: string): string =>
  `[Data Source]\nDisplayName=Work\n\n[${type}]\nBackendName=${backend}\n
[Authentication]\nHost=${host}\nUser=${JANE}\nMethod=PLAIN\n`;

const attributesOf = (uid: string) => ({
  'e-source-uid': uid,
  'eds-origin': 'evolution-data-server',
  'xdg:schema': 'org.gnome.Evolution.Data.Source',
});

let home: Scratch;
let keyring: KeyringUnderTest & { readonly double: SecretServiceDouble };
let service: SecretService;
let engine: Engine;

/** Evolution with a stored password for reading and none for sending, and a locked keyring. */
beforeEach(async () => {
  home = scratch();
  home.write('.config/evolution/sources/in.source', source('Mail Account', 'imapx', 'imap.example.org'));
  home.write('.config/evolution/sources/out.source', source('Mail Transport', 'smtp', 'smtp.example.org'));
  keyring = await keyringDouble({ encrypted: true });
  keyring.store('Evolution', attributesOf('in'), 'old');
  const opened = open(keyring, true);
  service = opened.service;
  const base = engineOn(home);
  const machine = openMachine({
    home: home.home,
    confined: false,
    environment: {},
    keyring: service.search.bind(service),
  });
  const doors = { ...base.system.doors, 'secret-service': opened.door };
  engine = { ...base, system: { ...base.system, machine, doors } };
  await keyring.lock();
});
afterEach(async () => {
  await service.close();
  await keyring.stop();
  home[Symbol.dispose]();
});

const applied = async (addMissing = false) => {
  const plan = await planOn(engine, { account: JANE, addMissing });
  expect(keyring.double.calls.filter((member) => /^(Unlock|Prompt|GetSecret)$/.test(member))).toEqual([]);
  const report = await apply(engine, plan, { password: secret('new') }, ALL_ACCEPTED, quietRun());
  return Object.fromEntries(
    report.outcomes.map(({ step, outcome, reason }) => [step.host, [outcome, reason?.kind]]),
  );
};

test('a locked keyring is opened by its owner when the run comes to write, and not before', async () => {
  keyring.double.atPrompt = 'opens';
  expect(await applied()).toEqual({
    'imap.example.org': ['written', undefined],
    'smtp.example.org': ['skipped', 'missing-not-added'],
  });
  expect(keyring.lookup(attributesOf('in'))).toBe('new');
  expect(keyring.lookup(attributesOf('out'))).toBe('');
});

test('what is missing is added when that was asked for', async () => {
  keyring.double.atPrompt = 'opens';
  expect(await applied(true)).toMatchObject({ 'smtp.example.org': ['written', undefined] });
  expect(keyring.lookup(attributesOf('out'))).toBe('new');
});

test('a dismissed prompt leaves the place for later', async () => {
  expect(await applied()).toEqual({
    'imap.example.org': ['deferred', 'keyring-locked'],
    'smtp.example.org': ['skipped', 'missing-not-added'],
  });
  expect(keyring.lookup(attributesOf('in'))).toBe('old');
});
