import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Attributes, Entry } from '../../shared/model.ts';
import { ok } from '../../shared/problem.ts';
import type { KeyringItem } from '../../electron/engine/ports.ts';
import { mpop } from '../../electron/stores/mpop.ts';
import { msmtp } from '../../electron/stores/msmtp.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { findAll } from './fixture.ts';

const ACCOUNT = 'account work\nhost mail.example.org\nauth plain\nuser jane\n';
let home = '';

beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-msmtp-'));
});

afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

function write(name: string, content: string, mode = 0o600): void {
  fs.mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
  fs.writeFileSync(path.join(home, name), content);
  fs.chmodSync(path.join(home, name), mode);
}

const item = (attributes: Attributes): KeyringItem => ({
  collection: '/org/freedesktop/secrets/collection/login',
  label: 'msmtp',
  attributes,
  locked: false,
});

/** The entries of a machine whose keyring holds these items. */
async function entries(
  items: readonly KeyringItem[] = [],
  environment: Readonly<Record<string, string>> = {},
  store = msmtp,
): Promise<readonly Entry[]> {
  const holds = (each: KeyringItem, wanted: Attributes): boolean =>
    Object.entries(wanted).every(([key, value]) => each.attributes[key] === value);
  const machine = openMachine({
    home,
    confined: false,
    environment,
    keyring: (wanted) => Promise.resolve(ok(items.filter((each) => holds(each, wanted)))),
  });
  return (await findAll(store, machine)).entries;
}

describe('msmtp', () => {
  test('points at the keyring item that it would read', async () => {
    write('.msmtprc', ACCOUNT);
    const wanted = { host: 'mail.example.org', service: 'smtp', user: 'jane', 'xdg:schema': 'x' };
    const found = await entries([item(wanted), item({ ...wanted, service: 'pop3' })]);
    expect(found).toMatchObject([
      { lens: 'whole', slot: {}, stored: 'unknown', place: { kind: 'secret-service', attributes: wanted } },
    ]);
  });

  test('falls back to an item of the old GNOME keyring', async () => {
    write('.msmtprc', ACCOUNT);
    const old = { server: 'mail.example.org', protocol: 'smtp', user: 'jane' };
    expect(await entries([item(old)])).toMatchObject([{ place: { attributes: old } }]);
  });

  test('prefers the keyring to netrc, and its own file to both', async () => {
    write('.netrc', 'machine mail.example.org login jane password old\n');
    write('.msmtprc', ACCOUNT);
    const items = [item({ host: 'mail.example.org', service: 'smtp', user: 'jane' })];
    expect(await entries(items)).toMatchObject([{ lens: 'whole' }]);
    expect(await entries()).toMatchObject([{ lens: 'netrc' }]);
    write('.msmtprc', `${ACCOUNT}password old\n`);
    expect(await entries(items)).toMatchObject([{ lens: 'msmtprc' }]);
  });

  test('follows a lookup command to the items behind it', async () => {
    write('.msmtprc', `${ACCOUNT}passwordeval secret-tool lookup mail work\n`);
    const both = [item({ mail: 'work', a: '1' }), item({ mail: 'work', a: '2' })];
    expect(await entries(both)).toMatchObject(both.map(({ attributes }) => ({ place: { attributes } })));
    expect(await entries()).toMatchObject([{ stored: 'missing', place: { attributes: { mail: 'work' } } }]);
  });

  test('adds no password to a file that others can read, because msmtp would refuse it', async () => {
    write('.msmtprc', ACCOUNT, 0o644);
    const [found] = await entries();
    expect(found).toMatchObject({ stored: 'missing', problem: { kind: 'readable-by-others' } });
    expect(found?.addable).toBeUndefined();
    write('.msmtprc', ACCOUNT, 0o600);
    expect(await entries()).toMatchObject([{ stored: 'missing', addable: true }]);
  });

  test('looks where XDG_CONFIG_HOME says', async () => {
    write('elsewhere/msmtp/config', `${ACCOUNT}password old\n`);
    expect(await entries([], { XDG_CONFIG_HOME: path.join(home, 'elsewhere') })).toHaveLength(1);
    expect(await entries()).toHaveLength(0);
  });
});

describe('mpop', () => {
  test('asks the keyring for pop3', async () => {
    write('.mpoprc', ACCOUNT);
    const wanted = { host: 'mail.example.org', service: 'pop3', user: 'jane' };
    expect(await entries([item(wanted)], {}, mpop)).toMatchObject([{ place: { attributes: wanted } }]);
  });
});
