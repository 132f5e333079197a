import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Platform } from '../../shared/model.ts';
import type { Doer } from '../../electron/engine/ports.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { profilesOf } from '../../electron/stores/thunderbird-profiles.ts';
import { thunderbird } from '../../electron/stores/thunderbird.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { sqlite } from '../../electron/system/sqlite.ts';
import { makeThunderbirdProfile } from '../doubles/thunderbird-profile.ts';
import { findAll } from './fixture.ts';

let home: string;

beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-thunderbird-'));
});

afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

const machineOf = (changes: Partial<Doer> = {}): Doer => ({
  ...openMachine({ home, confined: true, environment: {} }),
  ...changes,
});

const ACCOUNT = {
  protocol: 'imap',
  host: 'imap.example.org',
  port: 993,
  tls: 'implicit',
  login: 'alice',
  address: 'alice@example.org',
} as const;

const makeProfile = (password?: string): string =>
  makeThunderbirdProfile(home, {
    name: 'default',
    accounts: [{ ...ACCOUNT, ...(password === undefined ? {} : { password }) }],
  });

const placeIn = (dir: string) => ({ kind: 'file', path: path.join(dir, 'logins.json') }) as const;

function touch(...parts: readonly string[]): string {
  const file = path.join(home, ...parts);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, '');
  return path.dirname(file);
}

describe('profiles', () => {
  const dirs = (changes: Partial<Doer> = {}) => profilesOf(machineOf(changes)).map(({ dir }) => dir);

  test.each<[Platform, string, string]>([
    ['linux', 'Thunderbird', '.thunderbird/p'],
    ['linux', 'Thunderbird', '.config/thunderbird/p'],
    ['linux', 'Thunderbird', 'snap/thunderbird/common/.thunderbird/p'],
    ['linux', 'Thunderbird', '.var/app/org.mozilla.Thunderbird/.thunderbird/p'],
    ['linux', 'Thunderbird', '.var/app/net.thunderbird.Thunderbird/.thunderbird/p'],
    ['linux', 'Betterbird', '.var/app/eu.betterbird.Betterbird/.thunderbird/p'],
    ['linux', 'SeaMonkey', '.mozilla/seamonkey/p'],
    ['linux', 'Thunderbird', '.icedove/p'],
    ['darwin', 'Thunderbird', 'Library/Thunderbird/Profiles/p'],
    ['darwin', 'SeaMonkey', 'Library/Application Support/SeaMonkey/Profiles/p'],
    ['win32', 'Thunderbird', 'AppData/Roaming/Thunderbird/Profiles/p'],
    ['win32', 'SeaMonkey', 'AppData/Roaming/Mozilla/SeaMonkey/Profiles/p'],
  ])('on %s: %s in %s', (platform, client, folder) => {
    const dir = touch(folder, 'prefs.js');
    expect(profilesOf(machineOf({ platform }))).toEqual([{ client, dir }]);
  });

  test('an absolute path counts once, and only inside the home when confined', () => {
    const inside = touch('elsewhere', 'prefs.js');
    const lying = touch('.thunderbird', 'x.default', 'prefs.js');
    const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-outside-'));
    fs.writeFileSync(path.join(outside, 'prefs.js'), '');
    const ini = [inside, lying, outside].map(
      (dir, index) => `[Profile${index}]\r\nName=x\r\nIsRelative=0\r\nPath=${dir}\r\n`,
    );
    fs.writeFileSync(path.join(home, '.thunderbird', 'profiles.ini'), ini.join('\r\n'));
    expect(dirs()).toEqual([inside, lying]);
    expect(dirs({ confined: false })).toEqual([inside, lying, outside]);
    fs.rmSync(outside, { recursive: true });
  });

  test('the former folder of Debian is a link to the current one and is not counted twice', () => {
    const dir = touch('.thunderbird', 'p', 'prefs.js');
    fs.symlinkSync('.thunderbird', path.join(home, '.icedove'));
    expect(dirs()).toEqual([dir]);
  });

  test('XDG_CONFIG_HOME and APPDATA are followed where the environment counts', () => {
    const dir = touch('xdg', 'thunderbird', 'p', 'prefs.js');
    const env = (name: string) =>
      name === 'XDG_CONFIG_HOME' || name === 'APPDATA' ? path.join(home, 'xdg') : undefined;
    expect(dirs({ env })).toEqual([dir]);
    const windows = touch('xdg', 'Thunderbird', 'Profiles', 'q', 'prefs.js');
    expect(dirs({ env, platform: 'win32' })).toContain(windows);
  });
});

describe('busy', () => {
  test('by the kernel lock on .parentlock, not by the file', () => {
    const dir = makeProfile('old');
    fs.writeFileSync(path.join(dir, '.parentlock'), '');
    expect(thunderbird.busy?.(machineOf(), placeIn(dir))).toBeUndefined();
    const asked: string[] = [];
    const lockHolder = (file: string) => asked.push(file) && 4711;
    expect(thunderbird.busy?.(machineOf({ lockHolder }), placeIn(dir))).toEqual({
      name: 'Thunderbird',
      pid: 4711,
    });
    expect(asked).toEqual([path.join(dir, '.parentlock')]);
  });
});

describe('the key', () => {
  const FIXTURE = path.join(
    import.meta.dirname,
    'thunderbird/primary-password-new-salt/home/.thunderbird/abcd1234.default-default',
  );

  const kind = (dir: string, primary?: string) => {
    const secret = primary === undefined ? undefined : Secret.fromText(primary);
    const key = thunderbird.key?.(machineOf(), placeIn(dir), secret);
    return key?.ok === false ? key.problem : key?.ok;
  };

  test('a locked profile names its folder', () => {
    const dir = makeProfile();
    fs.copyFileSync(path.join(FIXTURE, 'key4.db'), path.join(dir, 'key4.db'));
    expect(kind(dir)).toEqual({ kind: 'primary-password-needed', subject: dir });
    expect(kind(dir, 'wrong')).toEqual({ kind: 'primary-password-wrong', subject: dir });
    expect(kind(dir, 'Über geheim')).toBe(true);
    expect(thunderbird.unlockedBy?.(placeIn(dir))).toBe(dir);
  });

  test('a locked profile without a login of the server: missing for certain', async () => {
    const dir = makeProfile();
    fs.copyFileSync(path.join(FIXTURE, 'key4.db'), path.join(dir, 'key4.db'));
    const { entries } = await findAll(thunderbird, machineOf());
    expect(entries).toMatchObject([{ stored: 'missing', addable: true }]);
  });

  test('a damaged database is unsupported, and so are its entries', async () => {
    const dir = makeProfile('old');
    const file = path.join(dir, 'key4.db');
    fs.writeFileSync(file, 'no database');
    expect(kind(dir)).toMatchObject({ kind: 'unsupported', subject: file });
    const { entries } = await findAll(thunderbird, machineOf());
    expect(entries).toMatchObject([{ problem: { kind: 'unsupported', subject: file } }]);
  });
});

describe('the store in Rust', () => {
  function makeMirror(dir: string): void {
    const db = new (sqlite().DatabaseSync)(path.join(dir, 'logins.db'));
    db.exec('CREATE TABLE loginsL (guid TEXT); INSERT INTO loginsL VALUES (1)');
    db.close();
  }

  test('is left alone beside logins.json, and told where it is switched on', async () => {
    const dir = makeProfile('old');
    makeMirror(dir);
    expect((await findAll(thunderbird, machineOf())).troubles).toEqual([]);
    fs.writeFileSync(path.join(dir, 'user.js'), 'user_pref("signon.rustMirror.enabled", true);');
    const { entries, troubles } = await findAll(thunderbird, machineOf());
    expect(entries[0]).not.toHaveProperty('problem');
    expect(troubles).toMatchObject([
      { problem: { kind: 'unsupported', subject: path.join(dir, 'logins.db') } },
    ]);
  });

  test('alone it cannot be changed', async () => {
    const dir = makeProfile();
    makeMirror(dir);
    const { entries } = await findAll(thunderbird, machineOf());
    expect(entries).toMatchObject([
      { problem: { kind: 'unsupported', subject: path.join(dir, 'logins.db') } },
    ]);
  });
});

test('the double makes what find finds, with missing passwords and OAuth', async () => {
  makeThunderbirdProfile(home, {
    name: 'default',
    accounts: [
      { ...ACCOUNT, password: 'old' },
      { ...ACCOUNT, protocol: 'smtp', host: 'smtp.example.org', port: 587, tls: 'starttls' },
      { ...ACCOUNT, protocol: 'pop3', address: 'bob@example.org', login: 'bob', password: 'x' },
      { ...ACCOUNT, protocol: 'ews', address: 'eve@example.org', login: 'eve', authMethod: 10 },
      { ...ACCOUNT, protocol: 'smtp', address: 'only@example.org', login: 'only', password: 'x' },
    ],
  });
  const { entries, troubles } = await findAll(thunderbird, machineOf());
  expect(troubles).toEqual([]);
  const seen = entries.map(({ protocols, login, stored, auth, addresses }) => [
    protocols[0],
    login,
    stored,
    auth,
    addresses,
  ]);
  expect(seen).toEqual([
    ['imap', 'alice', undefined, 'password', ['alice@example.org']],
    ['pop3', 'bob', undefined, 'password', ['bob@example.org']],
    ['ews', 'eve', 'missing', 'oauth', ['eve@example.org']],
    ['smtp', 'alice', 'missing', 'password', ['alice@example.org']],
    ['smtp', 'only', undefined, 'password', ['only@example.org']],
  ]);
});
