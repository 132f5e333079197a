import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Attributes, Place } from '../../shared/model.ts';
import type { Change } from '../../electron/engine/ports.ts';
import { keychain } from '../../electron/stores/keychain.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { SecretServiceDoor } from '../../electron/system/secret-service-door.ts';
import { GENERIC_SCHEMA, SecretService } from '../../electron/system/secret-service.ts';
import { SessionBus } from '../../electron/system/session-bus.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { startSession, type Session } from '../doubles/session.ts';
import { findAll } from '../stores/fixture.ts';

const LOGIN = '/org/freedesktop/secrets/collection/login';

const placeOf = (
  attributes: Attributes,
  rest: { collection?: string; label?: string } = {},
): Extract<Place, { kind: 'secret-service' }> => ({ kind: 'secret-service', attributes, ...rest });

const change = (place: Place, before: string | undefined, after: string | undefined): Change => ({
  run: 'run',
  place,
  method: 'api',
  before: before === undefined ? undefined : Buffer.from(before),
  after: after === undefined ? undefined : Buffer.from(after),
});

function open(session: Session): { service: SecretService; door: SecretServiceDoor } {
  const service = new SecretService(new SessionBus(session.address));
  return { service, door: new SecretServiceDoor(service) };
}

function store(session: Session, label: string, attributes: Attributes, value: string, collection?: string) {
  const where = collection === undefined ? [] : [`--collection=${collection}`];
  session.run(
    'secret-tool',
    ['store', `--label=${label}`, ...where, ...Object.entries(attributes).flat()],
    value,
  );
}

const lookup = (session: Session, attributes: Attributes): string =>
  session.run('secret-tool', ['lookup', ...Object.entries(attributes).flat()]);

/** A property as GLib's own client prints it, byte for byte. */
const property = (session: Session, object: string, face: string, name: string): string =>
  session.run(
    'gdbus',
    `call --session --dest org.freedesktop.secrets --object-path ${object}
     --method org.freedesktop.DBus.Properties.Get org.freedesktop.Secret.${face} ${name}`.split(/\s+/),
  );

describe('Secret Service', () => {
  let session: Session;
  let service: SecretService;
  let door: SecretServiceDoor;

  beforeAll(async () => {
    session = await startSession();
    ({ service, door } = open(session));
  });

  afterAll(async () => {
    await service.close();
    await session.stop();
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

  test('writes in place what libsecret reads, and nothing but the secret changes', async () => {
    const schema = { 'xdg:schema': 'de.marlam.msmtp.password' };
    const attributes = { ...schema, host: 'smtp.corp.test', service: 'smtp', user: 'änna "a" $&' };
    const secret = { value: Buffer.from('old "p\\w\' é'), contentType: 'text/plain' };
    await service.create({ attributes, label: 'msmtp: "q" ü' }, secret);
    const object = await objectOf(attributes);
    const facts = ['Attributes', 'Label', 'Created'];
    const before = facts.map((name) => property(session, object, 'Item', name));
    let last = 'old "p\\w\' é';
    for (const next of samplePasswords(25)) {
      expect(await door.commit(change(placeOf(attributes), last, next))).toEqual({
        ok: true,
        value: undefined,
      });
      expect(lookup(session, attributes)).toBe(next);
      expect(await bytesIn(placeOf(attributes))).toBe(next);
      last = next;
    }
    expect(await objectOf(attributes)).toBe(object);
    expect(facts.map((name) => property(session, object, 'Item', name))).toEqual(before);
  });

  test('an item without a schema stays the same item when the daemon gives it one', async () => {
    const attributes = { kind: 'plain' };
    store(session, 'plain', attributes, 'old');
    for (const named of [attributes, { ...attributes, 'xdg:schema': GENERIC_SCHEMA }]) {
      expect(await bytesIn(placeOf(named))).toBe('old');
    }
  });

  test('another value than expected is left alone', async () => {
    const attributes = { kind: 'changed' };
    store(session, 'changed', attributes, 'theirs');
    for (const before of ['ours', undefined]) {
      const result = await door.commit(change(placeOf(attributes), before, 'new'));
      expect(result).toMatchObject({ ok: false, problem: { kind: 'changed' } });
    }
    expect(lookup(session, attributes)).toBe('theirs');
  });

  test('an item that went away is changed, not made again', async () => {
    const result = await door.commit(change(placeOf({ kind: 'gone' }), 'old', 'new'));
    expect(result).toMatchObject({ ok: false, problem: { kind: 'changed' } });
    expect(lookup(session, { kind: 'gone' })).toBe('');
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
    expect(lookup(session, { login: 'anna', proto: 'IMAP' })).toBe('added');
    const object = await objectOf(attributes);
    expect(property(session, object, 'Item', 'Label')).toBe("(<'Geary IMAP password'>,)\n");
    expect(property(session, object, 'Item', 'Attributes')).toContain("'xdg:schema': 'org.gnome.Geary'");
    expect((await door.commit(change(place, 'added', undefined))).ok).toBe(true);
    expect(lookup(session, { login: 'anna', proto: 'IMAP' })).toBe('');
  });

  test('only an item with exactly these attributes is meant', async () => {
    store(session, 'more', { narrow: 'yes', extra: '1' }, 'other');
    expect(await door.read(placeOf({ narrow: 'yes' }))).toEqual({ ok: true, value: undefined });
    store(session, 'exact', { narrow: 'yes' }, 'mine');
    expect(await bytesIn(placeOf({ narrow: 'yes' }))).toBe('mine');
  });

  test('the same attributes in two keyrings are told apart by the keyring', async () => {
    const second = await session.addKeyring('second');
    const attributes = { twin: 'yes' };
    for (const [collection, value] of [
      [LOGIN, 'first'],
      [second, 'second'],
    ] as const) {
      const item = { attributes, label: 'twin', collection };
      await service.create(item, { value: Buffer.from(value), contentType: 'text/plain' });
    }
    expect(await door.read(placeOf(attributes))).toMatchObject({
      ok: false,
      problem: { kind: 'unsupported' },
    });
    const place = placeOf(attributes, { collection: second });
    expect((await door.commit(change(place, 'second', 'new'))).ok).toBe(true);
    expect(await bytesIn(place)).toBe('new');
    expect(await bytesIn(placeOf(attributes, { collection: LOGIN }))).toBe('first');
  });

  test('the keychain store finds credentials by their attributes and opens none', async () => {
    store(session, 'mail', { service: 'imap.corp.test', account: 'finder' }, 'x');
    const keyring = service.search.bind(service);
    const machine = openMachine({ home: session.home, confined: false, environment: {}, keyring });
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
});

describe('a locked keyring', () => {
  test('is named, its items stay visible, and nothing waits for a prompt', async () => {
    await using session = await startSession();
    const attributes = { host: 'imap.corp.test', user: 'anna' };
    store(session, 'imap', attributes, 'old');
    const { service, door } = open(session);
    expect((await door.read(placeOf(attributes))).ok).toBe(true);
    await session.lock();
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
    expect(await door.commit(change(placeOf(attributes), 'old', 'new'))).toEqual(shut);
    expect(await door.commit(change(placeOf(attributes), 'old', undefined))).toEqual(shut);
    expect(await door.commit(change(placeOf({ not: 'there' }), undefined, 'new'))).toEqual(shut);
    await service.close();
  });
});

describe('without a service', () => {
  test('a session that ended is missing at once', async () => {
    await using session = await startSession();
    const { service } = open(session);
    expect((await service.search({})).ok).toBe(true);
    await session.stop();
    expect(await service.search({})).toMatchObject({ ok: false, problem: { kind: 'keyring-missing' } });
    await service.close();
  });
});
