import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { msmtprc } from '../../electron/formats/msmtprc.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { AuthStub } from '../doubles/auth-stub.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { FIXED } from '../stores/fixture.ts';

let stub: AuthStub;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-msmtp-'));

beforeAll(async () => {
  stub = await AuthStub.smtp();
});

afterAll(async () => {
  await stub[Symbol.asyncDispose]();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The password that msmtp logs in with; undefined when it does not get that far. */
async function passwordOf(config: Buffer | string, account: string): Promise<string | undefined> {
  const file = path.join(folder, 'msmtprc');
  fs.writeFileSync(file, config, { mode: 0o600 });
  await send(['-C', file, '-a', account, '-f', 'jane@example.org', 'jane@example.org']);
  const [attempt, ...more] = stub.drain();
  expect(more).toEqual([]);
  return attempt?.password.toString('utf8');
}

function send(args: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn('msmtp', args, { stdio: ['pipe', 'ignore', 'ignore'] });
    child.on('error', reject);
    child.on('close', resolve);
    child.stdin.on('error', () => undefined);
    child.stdin.end('Subject: test\n\ntest\n');
  });
}

const account = (name: string, ...lines: readonly string[]): string =>
  [`account ${name}`, 'host 127.0.0.1', `port ${stub.port}`, 'auth plain', 'user jane', ...lines, ''].join(
    '\n',
  );

function put(config: string, slot: { account: string } | { defaults: number }, password: string): Buffer {
  const result = msmtprc.put(Buffer.from(config), slot, Secret.fromText(password), FIXED);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
}

function get(config: string, slot: { account: string } | { defaults: number }): string | undefined {
  const result = msmtprc.get(Buffer.from(config), slot);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value?.useText((text) => text);
}

describe('msmtp', () => {
  test.each(['old', '"old"', '"', '"a"b"', ' "x" y ', '"#"', '#', '\t"\t"\t', 'é"', '"'.repeat(3)])(
    'reads the spelling %j as the lens does',
    async (spelling) => {
      const config = account('work', `password ${spelling}`);
      expect(get(config, { account: 'work' })).toBe(await passwordOf(config, 'work'));
    },
  );

  test('logs in with what the lens wrote', async () => {
    const config = account('work', 'password old');
    for (const password of samplePasswords(100)) {
      expect(await passwordOf(put(config, { account: 'work' }, password), 'work')).toBe(password);
    }
  }, 120_000);

  test('logs in with a password that was added', async () => {
    const config = account('work').replaceAll('\n', '\r\n');
    expect(await passwordOf(put(config, { account: 'work' }, ' "new"'), 'work')).toBe(' "new"');
    expect(await passwordOf(put(config.trimEnd(), { account: 'work' }, 'new\\'), 'work')).toBe('new\\');
  });

  test('takes the last of two password lines', async () => {
    const config = account('work', 'password first', 'password second');
    expect(await passwordOf(config, 'work')).toBe('second');
    expect(await passwordOf(put(config, { account: 'work' }, 'new'), 'work')).toBe('new');
  });

  test('prefers a password of the defaults to a command of the account', async () => {
    const config = `defaults\npassword far\n${account('work', 'passwordeval echo near')}`;
    expect(await passwordOf(config, 'work')).toBe('far');
    expect(await passwordOf(put(config, { defaults: 1 }, 'new'), 'work')).toBe('new');
  });

  test('inherits what a parent says itself, not the defaults of its time', async () => {
    const config = [
      'defaults',
      'password first',
      account('plain'),
      account('own', 'password own'),
      'account heir : plain, own\naccount other : own, plain\ndefaults',
      'password second',
      'account late : plain',
    ].join('\n');
    const read = async (name: string): Promise<string | undefined> => passwordOf(config, name);
    expect(await read('plain')).toBe('first');
    expect(await read('heir')).toBe('own');
    expect(await read('other')).toBe('own');
    expect(await read('late')).toBe('second');
  });

  test('reads the longest line that the lens writes, and no longer one', async () => {
    const longest = 'x'.repeat(499 - 'password ""'.length);
    const config = account('work', 'password old');
    expect(await passwordOf(put(config, { account: 'work' }, longest), 'work')).toBe(longest);
    expect(await passwordOf(put(config.trimEnd(), { account: 'work' }, longest), 'work')).toBe(longest);
    const crlf = put(config.replaceAll('\n', '\r\n'), { account: 'work' }, longest.slice(1));
    expect(await passwordOf(crlf, 'work')).toBe(longest.slice(1));
    expect(() => put(config, { account: 'work' }, `${longest}x`)).toThrow('format-cannot-hold');
    expect(await passwordOf(config.replace('old', `"${longest}x"`), 'work')).toBeUndefined();
    expect(() => put(config.replaceAll('\n', '\r\n'), { account: 'work' }, longest)).toThrow(
      'format-cannot-hold',
    );
  });

  test.each(['account a\naccount a\n', 'account a : b\n', 'defaults x\n', 'account\n'])(
    'refuses the whole file for %j, as the lens does',
    async (lines) => {
      const config = account('work', 'password old') + lines;
      expect(await passwordOf(config, 'work')).toBeUndefined();
      expect(() => get(config, { account: 'work' })).toThrow('unsupported');
    },
  );
});
