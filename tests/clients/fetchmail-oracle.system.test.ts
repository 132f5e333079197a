import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Slot } from '../../shared/model.ts';
import { fetchmailrc } from '../../electron/formats/fetchmailrc.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { fetchmail } from '../../electron/stores/fetchmail.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { AuthStub } from '../doubles/auth-stub.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { homeEnvironment, run, type Ran } from '../lab/program.ts';
import { until } from '../lab/until.ts';
import { findAll, FIXED } from '../stores/fixture.ts';

let stub: AuthStub;
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-fetchmail-'));
const RC = path.join(home, '.fetchmailrc');
const SLOT = { server: '127.0.0.1', user: 'jane' };

beforeAll(async () => {
  stub = await AuthStub.imap();
});

afterAll(async () => {
  await stub[Symbol.asyncDispose]();
  fs.rmSync(home, { recursive: true, force: true });
});

const start = (...args: readonly string[]): Promise<Ran> =>
  run('fetchmail', ['--pidfile', path.join(home, 'pid'), '--nosyslog', ...args], {
    env: { ...homeEnvironment(home), LOGNAME: 'jane' },
  });

function write(config: Buffer | string, mode = 0o600): void {
  fs.writeFileSync(RC, config);
  fs.chmodSync(RC, mode);
}

/** The password that fetchmail logs in with when it looks for new mail; undefined when it does not get that far. */
async function passwordOf(config: Buffer | string, mode = 0o600): Promise<string | undefined> {
  write(config, mode);
  await start('-c');
  return stub.drain()[0]?.password.toString('utf8');
}

const user = (rest: string): string =>
  `poll 127.0.0.1 proto imap port ${stub.port} user jane ${rest} sslproto ""\n`;

function put(config: string, password: string, slot: Slot = SLOT): Buffer {
  const result = fetchmailrc.put(Buffer.from(config), slot, Secret.fromText(password), FIXED);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
}

function get(config: string): string | undefined {
  const result = fetchmailrc.get(Buffer.from(config), SLOT);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value?.useText((text) => text);
}

describe('fetchmail', () => {
  test.each([
    'password old',
    'there with password "old" is me here',
    "pass 'o\"l d'",
    'password 1234',
    'password keep',
    'password a#b # comment\n',
    'password "a"b',
    'password "o\\"l"',
    'password "\\x4a\\x4\\112\\0112\\\\\\q\\x22"',
    'password #comment\nvalue',
    'password, "é€" ;',
    'password first password second',
    'password\r\n\t"x"\r\n',
  ])('reads %j as the lens does', async (rest) => {
    expect(get(user(rest))).toBe(await passwordOf(user(rest)));
  });

  test.each(['password "a b"c', 'password = x'])('refuses %j, as the lens does', async (rest) => {
    expect(await passwordOf(user(rest))).toBeUndefined();
    expect(() => get(user(rest))).toThrow('unsupported');
  });

  test('logs in with what the lens wrote', async () => {
    const config = user('password old,keep # comment\n');
    for (const password of samplePasswords(60))
      expect(await passwordOf(put(config, password))).toBe(password);
  }, 120_000);

  test('logs in with a password that was added', async () => {
    expect(await passwordOf(put(user('is me here'), 'n"e\\w'))).toBe('n"e\\w');
    expect(await passwordOf(put(user('there with keep'), 'new'))).toBe('new');
    expect(await passwordOf(put(user('password ""'), 'new'))).toBe('new');
    const local = `poll 127.0.0.1 proto imap port ${stub.port} user me here is jane there sslproto ""`;
    expect(await passwordOf(put(local, 'new'))).toBe('new');
  });

  test('takes what is missing from defaults, as the store does', async () => {
    const config = `defaults proto imap user jane password old sslproto ""\npoll 127.0.0.1 port ${stub.port}\n`;
    expect(await passwordOf(config)).toBe('old');
    expect(await passwordOf(put(config, 'n"w', { server: 'defaults', user: 'jane' }))).toBe('n"w');
  });

  test.each([
    ['machine 127.0.0.1 login jane password "net rc"\n', '127.0.0.1'],
    [
      'machine real login jane password no\nmachine 127.0.0.1 login jane password via\n',
      'name via 127.0.0.1',
    ],
    [
      'machine name login jane password name\nmachine 127.0.0.1 login jane password via\n',
      'name via 127.0.0.1',
    ],
  ])('looks into netrc, where the store points: %j', async (netrc, name) => {
    fs.writeFileSync(path.join(home, '.netrc'), netrc, { mode: 0o600 });
    const sent = await passwordOf(`poll ${name} proto imap port ${stub.port} user jane sslproto ""\n`);
    const { entries } = await findAll(fetchmail, openMachine({ home, confined: true, environment: {} }));
    const login = entries[0]?.slot['machine'];
    expect(netrc).toContain(
      `machine ${login} login jane password ${sent?.includes(' ') ? `"${sent}"` : sent}`,
    );
    fs.rmSync(path.join(home, '.netrc'));
  });

  test('refuses a file that others can read, so nothing is added to one', async () => {
    expect(await passwordOf(user('password old'), 0o644)).toBeUndefined();
    write(user(''), 0o644);
    const machine = openMachine({ home, confined: true, environment: {} });
    expect((await findAll(fetchmail, machine)).entries).toMatchObject([
      { stored: 'missing', problem: { kind: 'readable-by-others' } },
    ]);
    write(user(''));
    expect((await findAll(fetchmail, machine)).entries).toMatchObject([{ stored: 'missing', addable: true }]);
  });

  test('as a daemon reads a changed file anew before it fetches again', async () => {
    write(user('password old'));
    const daemon = start('-d', '1', '-N');
    await until('the old password', () => stub.drain().some((each) => each.password.toString() === 'old'));
    const fresh = path.join(home, '.fetchmailrc.new');
    fs.writeFileSync(fresh, put(user('password old'), 'new'), { mode: 0o600 });
    // The daemon compares whole seconds with the time it started.
    const later = Date.now() / 1000 + 2;
    fs.utimesSync(fresh, later, later);
    fs.renameSync(fresh, RC);
    try {
      await until('the new password', () => stub.drain().some((each) => each.password.toString() === 'new'));
    } finally {
      await start('--quit');
      await daemon;
    }
  }, 30_000);
});
