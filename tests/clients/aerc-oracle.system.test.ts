import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../electron/engine/secret.ts';
import { aercAccounts } from '../../electron/formats/aerc-accounts.ts';
import { aerc } from '../../electron/stores/aerc.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { AuthStub, type Attempt } from '../doubles/auth-stub.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { homeEnvironment } from '../lab/program.ts';
import { findAll, FIXED } from '../stores/fixture.ts';

let stub: AuthStub;
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-aerc-'));
const CONF = path.join(home, '.config', 'aerc', 'accounts.conf');
const SLOT = { account: 'Work', key: 'source' };

beforeAll(async () => {
  fs.mkdirSync(path.dirname(CONF), { recursive: true });
  stub = await AuthStub.imap();
});

afterAll(async () => {
  await stub[Symbol.asyncDispose]();
  fs.rmSync(home, { recursive: true, force: true });
});

/** What aerc logs in with: it is ended as soon as it has; undefined when it gives up or does not get that far. */
function attempt(content: Buffer | string, mode = 0o600): Promise<Attempt | undefined> {
  fs.writeFileSync(CONF, content);
  fs.chmodSync(CONF, mode);
  const env = { ...homeEnvironment(home), TERM: 'xterm' };
  // aerc needs a terminal, and ends when script(1) takes it away.
  const terminal = spawn('script', ['-qec', 'aerc', '/dev/null'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const giveUp = setTimeout(() => terminal.kill('SIGKILL'), 2500);
  let seen: Attempt | undefined;
  terminal.stdout.on('data', () => {
    seen ??= stub.drain()[0];
    if (seen) terminal.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    terminal.on('error', reject);
    terminal.on('close', () => {
      clearTimeout(giveUp);
      resolve(seen ?? stub.drain()[0]);
    });
  });
}

const passwordOf = async (content: Buffer | string, mode?: number): Promise<string | undefined> =>
  (await attempt(content, mode))?.password.toString('utf8');

const host = (): string => `127.0.0.1:${stub.port}`;
const account = (source: string): string => `[Work]\nsource = ${source}\nfrom = Jane <jane@example.org>\n`;

function put(content: string, password: string): Buffer {
  const result = aercAccounts.put(Buffer.from(content), SLOT, Secret.fromText(password), FIXED);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
}

function get(content: string): string | undefined {
  const result = aercAccounts.get(Buffer.from(content), SLOT);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value?.useText((text) => text);
}

describe('aerc', () => {
  test.each([
    'imap+insecure://jane:o%6Cd@HOST',
    '"imap+insecure://jane:p@ss:word@HOST" # comment',
    "`imap+insecure://jane:ol'd@HOST`",
    "'imap+insecure://jane:a+b!$&()*,=~@HOST' ; comment",
    'imap+insecure://jane:old@HOST # comment',
    'imap+insecure://jane:no@HOST\nsource = imap+insecure://jane:last@HOST',
    'imap+insecure://jane:old@HOST\r\n# comment\r',
  ])('reads %s as the lens does', async (source) => {
    const content = account(source.replaceAll('HOST', host()));
    expect(get(content)).toBe(await passwordOf(content));
  });

  test.each([
    'imap+insecure://jane:a<b@HOST',
    'imap+insecure://jane:a%zz@HOST',
    'imap+insecure://jane:a#b@HOST',
  ])('refuses %s, as the lens does', async (source) => {
    const content = account(source.replaceAll('HOST', host()));
    expect(await passwordOf(content)).toBeUndefined();
    expect(() => get(content)).toThrow('unsupported');
  });

  test('logs in with what the lens wrote', async () => {
    const content = account(`imap+insecure://ja%6Ee:old@${host()} # comment`);
    for (const password of samplePasswords(40)) {
      const seen = await attempt(put(content, password));
      expect([seen?.user.toString(), seen?.password.toString()]).toEqual(['jane', password]);
    }
  }, 150_000);

  test('logs in with a password that was added', async () => {
    expect(await passwordOf(put(account(`imap+insecure://jane@${host()}`), 'n"e\\w'))).toBe('n"e\\w');
    expect(await passwordOf(put(account(`"imap+insecure://jane:@${host()}/"`), 'n w'))).toBe('n w');
  });

  test('runs a command only where the URL has no colon behind the user', async () => {
    const command = (colon: string): string =>
      `${account(`imap+insecure://jane${colon}@${host()}`)}source-cred-cmd = echo '  o l d '\n`;
    expect(await passwordOf(command(''))).toBe('o l d');
    expect((await passwordOf(command(':'))) ?? '').toBe('');
  });

  test('refuses a file that others can read, so nothing is added to one', async () => {
    const content = account(`imap+insecure://jane:old@${host()}`);
    expect(await passwordOf(content, 0o640)).toBeUndefined();
    expect(await passwordOf(content, 0o600)).toBe('old');
    fs.writeFileSync(CONF, account(`imaps://jane@${host()}`));
    const machine = openMachine({ home, confined: true, environment: {} });
    expect((await findAll(aerc, machine)).entries).toMatchObject([{ addable: true }]);
    fs.chmodSync(CONF, 0o640);
    expect((await findAll(aerc, machine)).entries).toMatchObject([
      { problem: { kind: 'readable-by-others' } },
    ]);
  }, 15_000);
});
