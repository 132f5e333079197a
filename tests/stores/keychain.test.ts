import { describe, expect, test } from 'vitest';
import type { Attributes } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { KeyringItem } from '../../electron/engine/ports.ts';
import { keychain } from '../../electron/stores/keychain.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { findAll } from './fixture.ts';

const SCHEMA = 'org.freedesktop.Secret.Generic';

const item = (attributes: Attributes, rest: Partial<KeyringItem> = {}): KeyringItem => ({
  collection: '/login',
  label: `${attributes['service']}/${attributes['account']}`,
  attributes,
  locked: false,
  ...rest,
});

const keytars = (service: string, rest: Partial<KeyringItem> = {}): KeyringItem =>
  item({ 'xdg:schema': SCHEMA, service, account: 'anna' }, rest);

async function found(result: Result<readonly KeyringItem[]>, confined = false) {
  const keyring = async (): Promise<Result<readonly KeyringItem[]>> => result;
  const machine = openMachine({ home: '/home/anna', confined, environment: {}, keyring });
  const { entries, troubles } = await findAll(keychain, machine);
  return [...entries, ...troubles];
}

describe('the keychain store', () => {
  test.each([
    ['imap.corp.test', 'imap.corp.test', ['imap']],
    ['imaps://mail.corp.test:1993/INBOX', 'mail.corp.test', ['imap'], 1993],
    ['smtp://mail.corp.test', 'mail.corp.test', ['smtp']],
    ['mail.corp.test:587', 'mail.corp.test', ['other'], 587],
    ['MailApp POP3', '', ['pop3']],
    ['mailapp-imap+smtp', '', ['imap', 'smtp']],
    ['https://git.corp.test/anna', 'git.corp.test', ['other']],
    ['carddavs://dav.corp.test', 'dav.corp.test', ['dav']],
    ['important', '', ['other']],
    ['http://[', '', ['other']],
  ])('reads server and protocols from the service %s', async (service, host, protocols, port?: number) => {
    const [entry] = await found(ok([keytars(service)]));
    expect(entry).toEqual({
      store: 'keychain',
      client: `Keychain (${service})`,
      place: { kind: 'keychain', service, account: 'anna' },
      slot: {},
      lens: 'whole',
      protocols,
      login: 'anna',
      host,
      ...(port === undefined ? {} : { port }),
      auth: 'password',
    });
  });

  test('leaves out keys that are no credentials of the user', async () => {
    const items = [
      keytars('Rekey'),
      keytars('Mailspring Safe Storage'),
      keytars('x', { label: 'Chromium Safe Storage' }),
      item({ application: 'chromium' }),
      item({ service: 'x', username: '' }),
      item({ application: 'Python keyring library', service: 'x Safe Storage', username: 'anna' }),
      item({ service: '', account: 'anna' }),
    ];
    expect(await found(ok(items))).toEqual([]);
  });

  test("finds what Python's keyring stored, and names it exactly", async () => {
    const attributes = { application: 'Python keyring library', service: 'imap.corp.test', username: 'anna' };
    expect(
      await found(ok([item(attributes, { label: "Password for 'anna' on 'imap.corp.test'" })])),
    ).toMatchObject([
      {
        protocols: ['imap'],
        login: 'anna',
        host: 'imap.corp.test',
        place: { kind: 'secret-service', attributes },
      },
    ]);
  });

  test.each(['mailapp-oauth', 'GitHub Token', 'app-refresh_token'])('%s holds a token', async (service) => {
    expect(await found(ok([keytars(service)]))).toMatchObject([{ auth: 'oauth' }]);
  });

  test('names exactly what service and account alone would not tell apart', async () => {
    const exact = (attributes: Attributes, collection: string, label: string) => ({
      place: { kind: 'secret-service', attributes, collection, label },
    });
    const own = { service: 'own', account: 'anna' };
    const more = { 'xdg:schema': SCHEMA, service: 'more', account: 'anna', host: 'x' };
    const twin = { 'xdg:schema': SCHEMA, service: 'twin', account: 'anna' };
    const items = [item(own), item(more), item(twin), item(twin, { collection: '/work' })];
    expect(await found(ok([...items, keytars('named', { label: 'My mail' })]))).toMatchObject([
      exact(own, '/login', 'own/anna'),
      exact(more, '/login', 'more/anna'),
      exact(twin, '/login', 'twin/anna'),
      exact(twin, '/work', 'twin/anna'),
      exact({ 'xdg:schema': SCHEMA, service: 'named', account: 'anna' }, '/login', 'My mail'),
    ]);
  });

  test('a locked item is there with an unknown value', async () => {
    expect(await found(ok([keytars('x', { locked: true })]))).toMatchObject([{ stored: 'unknown' }]);
  });

  test('a machine without a keyring has nothing, a keyring that fails is trouble', async () => {
    expect(await found(fail('keyring-missing'))).toEqual([]);
    expect(await found(ok([keytars('x')]), true)).toEqual([]);
    expect(await found(fail('access-denied'))).toEqual([
      { store: 'keychain', problem: { kind: 'access-denied' } },
    ]);
  });
});
