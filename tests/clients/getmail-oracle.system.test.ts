import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getmailrc } from '../../electron/formats/getmailrc.ts';
import { getmail } from '../../electron/stores/getmail.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { AuthStub } from '../doubles/auth-stub.ts';
import { get, put } from '../formats/lens-laws.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { homeEnvironment, run } from '../lab/program.ts';
import { findAll } from '../stores/fixture.ts';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-getmail-'));
const folder = path.join(home, '.config', 'getmail');
const SLOT = { section: 'retriever' };
let imap: AuthStub;
let pop3: AuthStub;

beforeAll(async () => {
  for (const name of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(home, 'mail', name), { recursive: true });
  fs.mkdirSync(folder, { recursive: true });
  [imap, pop3] = await Promise.all([AuthStub.imap(), AuthStub.pop3()]);
});
afterAll(async () => {
  await Promise.all([imap, pop3].map((stub) => stub[Symbol.asyncDispose]()));
  fs.rmSync(home, { recursive: true, force: true });
});

/** The login that getmail sends, as `user:password`; undefined when it does not get that far. */
async function sent(config: Buffer | string): Promise<string | undefined> {
  fs.writeFileSync(path.join(folder, 'getmailrc'), config, { mode: 0o600 });
  await run('getmail', ['--quiet'], { env: homeEnvironment(home), within: 10_000 });
  const [attempt] = [...imap.drain(), ...pop3.drain()];
  return attempt && `${attempt.user.toString()}:${attempt.password.toString()}`;
}

const account = (type: string, stub: AuthStub, lines: readonly string[]): string =>
  [
    '[retriever]',
    `type = ${type}`,
    'server = 127.0.0.1',
    `port = ${stub.port}`,
    'username = anna',
    ...lines,
    '[destination]',
    'type = Maildir',
    `path = ${home}/mail/`,
    '',
  ].join('\n');

const over = (...lines: readonly string[]): string => account('SimplePOP3Retriever', pop3, lines);
const overImap = (...lines: readonly string[]): string => account('SimpleIMAPRetriever', imap, lines);

function written(config: string, password: string): Buffer {
  const result = put(getmailrc, Buffer.from(config), SLOT, password);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
}

const held = (count: number): readonly string[] =>
  samplePasswords(count).filter((each) => put(getmailrc, Buffer.from(over()), SLOT, each).ok);

describe('getmail', () => {
  test.each([
    'password = "o l d" # x ; y',
    'PASSWORD:old',
    'password = %(server)s %%old',
    'password = old\n # comment',
    'password = old\r',
    'password =',
  ])('reads %j as the lens does', async (lines) => {
    const config = over(lines);
    expect(`anna:${get(getmailrc, Buffer.from(config), SLOT) ?? ''}`).toBe(await sent(config));
  });

  test.each(['password = one\npassword = two', 'password', '[retriever]\npassword = x'])(
    'stops at %j, which the lens refuses',
    async (lines) => {
      const config = over(lines);
      expect(await sent(config)).toBeUndefined();
      expect(get(getmailrc, Buffer.from(config), SLOT)).toBe('unsupported');
    },
  );

  test('sends what the lens wrote over POP3', async () => {
    for (const password of held(40))
      expect(await sent(written(over('password = 0ld'), password))).toBe(`anna:${password}`);
  }, 120_000);

  test('sends what the lens wrote over IMAP', async () => {
    const ascii = held(60).filter((password) => [...password].every((character) => character < '\x7f'));
    expect(ascii.length).toBeGreaterThan(5);
    for (const password of ascii)
      expect(await sent(written(overImap('password = 0ld'), password))).toBe(`anna:${password}`);
  }, 120_000);

  test('does not get as far as sending what is not ASCII over IMAP', async () => {
    expect(await sent(written(overImap('password = 0ld'), 'é'))).toBeUndefined();
    expect(await entries(overImap('password = 0ld'))).toMatchObject([{ asciiOnly: true }]);
    expect(await sent(written(over('password = 0ld'), 'é'))).toBe('anna:é');
    expect(await entries(over('password = 0ld'))).not.toMatchObject([{ asciiOnly: true }]);
  });

  test('sends a password that was added', async () => {
    expect(await sent(written(over(), 'n"w'))).toBe('anna:n"w');
    expect(await sent(written(over('password ='), 'n"w'))).toBe('anna:n"w');
    expect(await sent(written(over().replaceAll('\n', '\r\n'), 'n"w'))).toBe('anna:n"w');
  });

  test('takes the password of a command only where the file has none, without the blanks around it', async () => {
    const file = path.join(home, 'password');
    fs.writeFileSync(file, ' fromfile \n');
    const command = `password_command = ("cat", "${file}")`;
    expect(await sent(over(command))).toBe('anna:fromfile');
    expect(await entries(over(command))).toMatchObject([{ lens: 'stripped-line', place: { path: file } }]);
    expect(await sent(over(command, 'password = old'))).toBe('anna:old');
    expect(await entries(over(command, 'password = old'))).toMatchObject([{ lens: 'getmailrc' }]);
  });

  test('prefers netrc where it is told to use it', async () => {
    const netrc = 'machine 127.0.0.1 login x password y\nmachine 127.0.0.1 login bert password fromnetrc\n';
    fs.writeFileSync(path.join(home, '.netrc'), netrc, { mode: 0o600 });
    const config = `${over('password = old')}[options]\nuse_netrc = true\n`;
    expect(await sent(config)).toBe('bert:fromnetrc');
    expect(await entries(config)).toMatchObject([{ lens: 'netrc', login: 'bert' }]);
  });
});

async function entries(config: string): Promise<readonly unknown[]> {
  fs.writeFileSync(path.join(folder, 'getmailrc'), config);
  return (await findAll(getmail, openMachine({ home, confined: true, environment: {} }))).entries;
}
