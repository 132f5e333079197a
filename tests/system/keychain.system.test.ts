import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry, Place } from '../../shared/model.ts';
import { keychain as store } from '../../electron/stores/keychain.ts';
import { disk } from '../../electron/system/disk.ts';
import { StoredKeys } from '../../electron/system/journal-keys.ts';
import { KeychainDoor } from '../../electron/system/keychain-door.ts';
import { Keychain } from '../../electron/system/keychain.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { GENERIC_SCHEMA, SecretService } from '../../electron/system/secret-service.ts';
import { SessionBus } from '../../electron/system/session-bus.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { scratch } from '../doubles/engine.ts';
import { startSession, type Session } from '../doubles/session.ts';
import { findAll } from '../stores/fixture.ts';

const LOGIN = '/org/freedesktop/secrets/collection/login';
const place: Place = { kind: 'keychain', service: 'mailapp', account: 'anna' };

let session: Session;
let service: SecretService;
let keychain: Keychain;
let door: KeychainDoor;

// libsecret, which keytar calls, reads the environment of the process: this file has a process of its own.
beforeAll(async () => {
  session = await startSession();
  Object.assign(process.env, session.env);
  service = new SecretService(new SessionBus(session.address));
  keychain = new Keychain({ secretService: service });
  door = new KeychainDoor(keychain, 'linux');
});

afterAll(async () => {
  await service.close();
  await session.stop();
});

const lookup = (account: string): string =>
  session.run('secret-tool', ['lookup', 'service', 'mailapp', 'account', account]);

const commit = (before: string | undefined, after: string | undefined, at = place) =>
  door.commit({
    run: 'run',
    place: at,
    method: 'api',
    before: before === undefined ? undefined : Buffer.from(before),
    after: after === undefined ? undefined : Buffer.from(after),
  });

async function findEntries(): Promise<readonly Entry[]> {
  const keyring = service.search.bind(service);
  const machine = openMachine({ home: session.home, confined: false, environment: {}, keyring });
  return (await findAll(store, machine)).entries;
}

describe('a keytar credential', () => {
  test('is added, found by its attributes, updated, read back, restored and removed', async () => {
    expect(await door.look(place)).toMatchObject({ ok: true, value: { exists: false, preconditions: [] } });
    expect((await commit(undefined, 'old')).ok).toBe(true);
    expect((await findEntries()).map((entry) => entry.place)).toContainEqual(place);
    expect(await door.look(place)).toMatchObject({ ok: true, value: { exists: true, reads: 'freely' } });
    let last = 'old';
    for (const next of [...samplePasswords(20), 'old']) {
      expect((await commit(last, next)).ok).toBe(true);
      expect(lookup('anna')).toBe(next);
      const read = await door.read(place);
      expect(read.ok && read.value?.toString('utf8')).toBe(next);
      last = next;
    }
    expect(await commit('not this', 'new')).toMatchObject({ ok: false, problem: { kind: 'changed' } });
    expect((await commit('old', undefined)).ok).toBe(true);
    expect(lookup('anna')).toBe('');
  });

  test('in another keyring than the default one stays there, with its label', async () => {
    const collection = await session.addKeyring('other');
    const attributes = { 'xdg:schema': GENERIC_SCHEMA, service: 'mailapp', account: 'bert' };
    const secret = { value: Buffer.from('old'), contentType: 'text/plain' };
    await service.create({ attributes, label: 'my own name', collection }, secret);
    expect((await commit('old', 'new', { ...place, account: 'bert' })).ok).toBe(true);
    expect(lookup('bert')).toBe('new');
    expect(await service.search(attributes)).toMatchObject({
      ok: true,
      value: [{ collection, label: 'my own name', attributes }],
    });
  });

  test('that exists twice is refused by name alone and found as two places', async () => {
    const attributes = { 'xdg:schema': GENERIC_SCHEMA, service: 'mailapp', account: 'cora' };
    const secret = { value: Buffer.from('old'), contentType: 'text/plain' };
    const collections = [LOGIN, await session.addKeyring('third')];
    for (const collection of collections) {
      await service.create({ attributes, label: 'mailapp/cora', collection }, secret);
    }
    expect(await commit('old', 'new', { ...place, account: 'cora' })).toMatchObject({
      ok: false,
      problem: { kind: 'unsupported' },
    });
    const places = (await findEntries()).filter(({ login }) => login === 'cora').map((entry) => entry.place);
    expect(places).toMatchObject(collections.map((collection) => ({ kind: 'secret-service', collection })));
  });
});

describe('the journal key', () => {
  test('is made once in the keychain and never shows up as a credential', async () => {
    using home = scratch();
    const keys = new StoredKeys({ disk, state: home.state, random: randomBytes, confined: false, keychain });
    expect(await keys.of('keychain')).toMatchObject({ ok: false, problem: { kind: 'undo-impossible' } });
    const first = await keys.current();
    expect(first).toMatchObject({ ok: true, value: { protection: 'keychain' } });
    expect(await keys.current()).toEqual(first);
    expect(await keys.of('keychain')).toEqual(first);
    const text = session.run('secret-tool', ['lookup', 'service', 'Rekey', 'account', 'journal']);
    expect(first.ok && Buffer.from(text, 'base64').equals(first.value.key)).toBe(true);
    expect((await findEntries()).filter(({ client }) => client.includes('Rekey'))).toEqual([]);
  });
});

// Last: nothing opens the keyring again.
describe('a locked keyring', () => {
  test('is named before keytar is asked, and the journal key falls back to a file', async () => {
    await commit(undefined, 'old');
    await session.lock();
    const shut = { ok: false, problem: { kind: 'keyring-locked', subject: 'login' } };
    expect(await door.read(place)).toEqual(shut);
    expect(await commit('old', 'new')).toEqual(shut);
    expect(await commit(undefined, 'new', { ...place, account: 'nobody' })).toEqual(shut);
    expect(await door.look(place)).toMatchObject({ ok: true, value: { preconditions: [shut.problem] } });
    using home = scratch();
    const keys = new StoredKeys({ disk, state: home.state, random: randomBytes, confined: false, keychain });
    expect(await keys.current()).toMatchObject({ ok: true, value: { protection: 'file' } });
    expect(await keys.of('keychain')).toEqual(shut);
  });
});
