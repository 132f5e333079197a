import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { curlrc } from '../../electron/formats/curlrc.ts';
import { curl } from '../../electron/stores/curl.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { AuthStub } from '../doubles/auth-stub.ts';
import { get, put } from '../formats/lens-laws.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { homeEnvironment, mustRun, run } from '../lab/program.ts';
import { findAll } from '../stores/fixture.ts';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-curl-'));
const SLOT = { operation: 1, login: 'anna' };
const IN_URL = { ...SLOT, url: 1 };
let stub: AuthStub;

beforeAll(async () => void (stub = await AuthStub.imap()));
afterAll(async () => {
  await stub[Symbol.asyncDispose]();
  fs.rmSync(home, { recursive: true, force: true });
});

const server = (): string => `127.0.0.1:${stub.port}`;

/** The logins that curl sends with this `.curlrc`, as `user:password`; URL is the server's. */
async function sent(config: Buffer | string): Promise<readonly string[]> {
  fs.writeFileSync(path.join(home, '.curlrc'), config, { mode: 0o600 });
  const named = config.includes('imap://') ? [] : [`imap://${server()}/`];
  await run('curl', named, { env: homeEnvironment(home), within: 10_000 });
  return stub.drain().map(({ user, password }) => `${user.toString()}:${password.toString()}`);
}

function written(config: string, password: string, slot: typeof SLOT = SLOT): Buffer {
  const result = put(curlrc, Buffer.from(config), slot, password);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
}

describe('curl', () => {
  test.each([
    'user = "anna:o l d"',
    'user=anna:old',
    'user : anna:old',
    'USER == anna:old',
    '--user anna:old # comment',
    '-u anna:old',
    '-uanna:old',
    '-su anna:old',
    '-su"anna:old"',
    '--user = anna:old',
    '--user=anna:old',
    ' \tuser = anna:o#ld\r',
    'user = anna:old two',
    'user = "anna:o\\"l\\\\d\\t\\v\\x" rest',
    "user = 'anna:old'",
    "user = anna:'old'",
    'user = anna:o"l"d\\',
    'user = anna:a:b',
    'user = anna:first\nuser = anna:second',
    'user = anna:first\nuser',
    '# user = anna:old',
    '/user = anna:old',
    '\ufeffuser = anna:old',
    'next\nuser = anna:old\nnext',
    'user = "anna:old"\nurl = "imap://anna:other@SERVER/"',
  ])('reads %j as the lens does', async (spelling) => {
    const config = `${spelling.replace('SERVER', server())}\n`;
    const ours = get(curlrc, Buffer.from(config), SLOT);
    const theirs = (await sent(config)).filter((login) => login.startsWith('anna:'));
    expect(ours === 'changed' ? [] : [`anna:${ours}`]).toEqual(theirs);
  });

  test('reads a password in a URL as the lens does', async () => {
    const config = `url = "imap://anna:%22o%6Cd%20@${server()}/"\n`;
    expect(await sent(config)).toEqual([`anna:${get(curlrc, Buffer.from(config), IN_URL)}`]);
  });

  test('reads a quote that is left open with its line end, so the lens refuses it', async () => {
    const config = 'user = "anna:old\n';
    expect(await sent(config)).toEqual(['anna:old\n']);
    expect(get(curlrc, Buffer.from(config), SLOT)).toBe('unsupported');
  });

  test('sends what the lens wrote', async () => {
    for (const password of samplePasswords(100)) {
      expect(await sent(written('user = anna:0ld # x\n', password))).toEqual([`anna:${password}`]);
    }
  }, 60_000);

  test('sends what the lens wrote into a URL', async () => {
    const config = `url = "imap://anna:0ld@${server()}/"\n`;
    const controls = (password: string): boolean => [...password].some((character) => character < ' ');
    for (const password of samplePasswords(60).filter((each) => !controls(each))) {
      expect(await sent(written(config, password, IN_URL))).toEqual([`anna:${password}`]);
    }
  }, 60_000);

  test('refuses a URL with a control character, as the lens does', async () => {
    const config = `url = "imap://anna:o%09ld@${server()}/"\n`;
    expect(await sent(config)).toEqual([]);
    expect(() => written(config, 'n\tw', IN_URL)).toThrow('format-cannot-hold');
  });

  test('sends a password that was added to a login', async () => {
    expect(await sent(written('user = anna\n', 'n"e w'))).toEqual(['anna:n"e w']);
    expect(await sent(written('-su anna', 'n"e w'))).toEqual(['anna:n"e w']);
    expect(await sent(written('user = "anna:"\r\n', 'n"e w'))).toEqual(['anna:n"e w']);
  });

  test('starts a new login behind next', async () => {
    const config = [
      `url = imap://${server()}/`,
      'user = x:y',
      'next',
      `url = imap://${server()}/`,
      'user = anna:0ld',
    ];
    const second = { operation: 2, login: 'anna' };
    expect(await sent(written(`${config.join('\n')}\n`, 'new', second))).toEqual(['x:y', 'anna:new']);
  });

  test.each(['.curlrc', '.config/curlrc'])('reads ~/%s, where the store finds it', async (name) => {
    const other = fs.mkdtempSync(path.join(home, 'home-'));
    fs.mkdirSync(path.join(other, '.config'));
    fs.writeFileSync(path.join(other, name), 'user = anna:old\n');
    await mustRun('curl', ['-s', `imap://${server()}/`], { env: homeEnvironment(other) });
    expect(stub.drain()).toHaveLength(1);
    const machine = openMachine({ home: other, confined: true, environment: {} });
    expect((await findAll(curl, machine)).entries).toMatchObject([{ login: 'anna', host: '' }]);
  });
});
