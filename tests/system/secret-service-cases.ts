import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Attributes, Place } from '../../shared/model.ts';
import type { Change } from '../../electron/engine/ports.ts';
import { keychain } from '../../electron/stores/keychain.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { SecretServiceDoor } from '../../electron/system/secret-service-door.ts';
import { SecretService } from '../../electron/system/secret-service.ts';
import { SessionBus } from '../../electron/system/session-bus.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { findAll } from '../stores/fixture.ts';
import { LOGIN, type KeyringUnderTest } from './keyring-under-test.ts';

export const placeOf = (
  attributes: Attributes,
  rest: { collection?: string; label?: string } = {},
): Extract<Place, { kind: 'secret-service' }> => ({ kind: 'secret-service', attributes, ...rest });

export const change = (place: Place, before: string | undefined, after: string | undefined): Change => ({
  run: 'run',
  place,
  method: 'api',
  before: before === undefined ? undefined : Buffer.from(before),
  after: after === undefined ? undefined : Buffer.from(after),
});

export function open({ address }: Pick<KeyringUnderTest, 'address'>, mayPrompt = false) {
  const service = new SecretService(new SessionBus(address));
  return { service, door: new SecretServiceDoor(service, { mayPrompt }) };
}

/** What the door does with any Secret Service. */
export function secretServiceCases(start: () => Promise<KeyringUnderTest>): void {
  let keyring: KeyringUnderTest;
  let service: SecretService;
  let door: SecretServiceDoor;

  beforeAll(async () => {
    keyring = await start();
    ({ service, door } = open(keyring));
  });
  afterAll(async () => {
    await service.close();
    await keyring.stop();
  });

  const objectOf = async (attributes: Attributes): Promise<string> => {
    const found = await service.search(attributes);
    if (!found.ok || !found.value[0]) throw new Error('no such item');
    return found.value[0].object;
  };

  const bytesIn = async (place: Place): Promise<string | undefined> => {
    const read = await door.read(place);
    if (!read.ok) throw new Error(read.problem.kind);
    return read.value?.toString('utf8');
  };

  test('writes in place what other clients read, and nothing but the secret changes', async () => {
    const schema = { 'xdg:schema': 'de.marlam.msmtp.password' };
    const attributes = { ...schema, host: 'smtp.corp.test', service: 'smtp', user: 'änna "a" $&' };
    const secret = { value: Buffer.from('old "p\\w\' é'), contentType: 'text/plain' };
    await service.create({ attributes, label: 'msmtp: "q" ü' }, secret);
    const object = await objectOf(attributes);
    const before = keyring.facts(object);
    let last = 'old "p\\w\' é';
    for (const next of samplePasswords(25)) {
      expect(await door.commit(change(placeOf(attributes), last, next))).toEqual({
        ok: true,
        value: undefined,
      });
      expect(keyring.lookup(attributes)).toBe(next);
      expect(await bytesIn(placeOf(attributes))).toBe(next);
      last = next;
    }
    expect(await objectOf(attributes)).toBe(object);
    expect(keyring.facts(object)).toBe(before);
  });

  test('another value than expected is left alone', async () => {
    const attributes = { kind: 'changed' };
    keyring.store('changed', attributes, 'theirs');
    for (const before of ['ours', undefined]) {
      const result = await door.commit(change(placeOf(attributes), before, 'new'));
      expect(result).toMatchObject({ ok: false, problem: { kind: 'changed' } });
    }
    expect(keyring.lookup(attributes)).toBe('theirs');
  });

  test('an item that went away is changed, not made again', async () => {
    const result = await door.commit(change(placeOf({ kind: 'gone' }), 'old', 'new'));
    expect(result).toMatchObject({ ok: false, problem: { kind: 'changed' } });
    expect(keyring.lookup({ kind: 'gone' })).toBe('');
  });

  test('a missing item is added with schema and label, and its undo removes it', async () => {
    const attributes = {
      'xdg:schema': 'org.gnome.Geary',
      login: 'anna',
      host: 'imap.corp.test',
      proto: 'IMAP',
    };
    const place = placeOf(attributes, { label: 'Geary IMAP password' });
    expect(await door.look(place)).toMatchObject({ ok: true, value: { exists: false, preconditions: [] } });
    expect(await door.read(place)).toEqual({ ok: true, value: undefined });
    expect((await door.commit(change(place, undefined, 'added'))).ok).toBe(true);
    expect(keyring.lookup({ login: 'anna', proto: 'IMAP' })).toBe('added');
    const facts = keyring.facts(await objectOf(attributes));
    for (const fact of ['Geary IMAP password', 'xdg:schema', 'org.gnome.Geary'])
      expect(facts).toContain(fact);
    expect((await door.commit(change(place, 'added', undefined))).ok).toBe(true);
    expect(keyring.lookup({ login: 'anna', proto: 'IMAP' })).toBe('');
  });

  test('only an item with exactly these attributes is meant', async () => {
    keyring.store('more', { narrow: 'yes', extra: '1' }, 'other');
    expect(await door.read(placeOf({ narrow: 'yes' }))).toEqual({ ok: true, value: undefined });
    keyring.store('exact', { narrow: 'yes' }, 'mine');
    expect(await bytesIn(placeOf({ narrow: 'yes' }))).toBe('mine');
  });

  test('the same attributes in two keyrings are told apart by the keyring', async () => {
    const second = await keyring.addKeyring('second');
    const attributes = { twin: 'yes' };
    for (const [collection, value] of [
      [LOGIN, 'first'],
      [second, 'second'],
    ] as const) {
      const item = { attributes, label: 'twin', collection };
      await service.create(item, { value: Buffer.from(value), contentType: 'text/plain' });
    }
    expect(await door.read(placeOf(attributes))).toMatchObject({ problem: { kind: 'unsupported' } });
    const place = placeOf(attributes, { collection: second });
    expect((await door.commit(change(place, 'second', 'new'))).ok).toBe(true);
    expect(await bytesIn(place)).toBe('new');
    expect(await bytesIn(placeOf(attributes, { collection: LOGIN }))).toBe('first');
  });

  test('the keychain store finds credentials by their attributes and opens none', async () => {
    keyring.store('mail', { service: 'imap.corp.test', account: 'finder' }, 'x');
    const machine = openMachine({
      home: '/home/anna',
      confined: false,
      environment: {},
      keyring: service.search.bind(service),
    });
    const { entries } = await findAll(keychain, machine);
    expect(entries).toContainEqual({
      store: 'keychain',
      client: 'Keychain (imap.corp.test)',
      place: placeOf({ service: 'imap.corp.test', account: 'finder' }, { collection: LOGIN, label: 'mail' }),
      slot: {},
      lens: 'whole',
      protocols: ['imap'],
      login: 'finder',
      host: 'imap.corp.test',
      auth: 'password',
    });
  });

  test('what is locked is named, its items stay visible, and nobody is asked', async () => {
    const attributes = { host: 'imap.corp.test', user: 'shut' };
    keyring.store('imap', attributes, 'old');
    expect((await door.read(placeOf(attributes))).ok).toBe(true);
    await keyring.lock();
    const shut = { ok: false, problem: { kind: 'keyring-locked', subject: 'login' } };
    expect(await service.search(attributes)).toMatchObject({
      ok: true,
      value: [{ attributes, label: 'imap', locked: true }],
    });
    expect(await door.look(placeOf(attributes))).toMatchObject({
      ok: true,
      value: { exists: true, preconditions: [shut.problem] },
    });
    expect(await door.read(placeOf(attributes))).toEqual(shut);
    expect(await door.unlock(placeOf(attributes))).toEqual(shut);
    expect(await door.commit(change(placeOf(attributes), 'old', 'new'))).toEqual(shut);
    expect(await door.commit(change(placeOf(attributes), 'old', undefined))).toEqual(shut);
    expect(await door.commit(change(placeOf({ not: 'there' }), undefined, 'new'))).toEqual(shut);
  });

  test('where nobody shows the prompt, or it is dismissed, what is locked stays so', async () => {
    const asking = open(keyring, true);
    const place = placeOf({ host: 'imap.corp.test', user: 'shut' });
    await keyring.lock();
    expect(await asking.door.unlock(place)).toEqual({
      ok: false,
      problem: { kind: 'keyring-locked', subject: 'login' },
    });
    expect((await asking.door.read(place)).ok).toBe(false);
    await asking.service.close();
  });

  test('a session that ended is missing at once', async () => {
    await keyring.stop();
    expect(await service.search({})).toMatchObject({ ok: false, problem: { kind: 'keyring-missing' } });
    keyring = { ...keyring, stop: async () => undefined };
  });
}
