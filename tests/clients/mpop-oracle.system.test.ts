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
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-mpop-'));

beforeAll(async () => {
  stub = await AuthStub.pop3();
});

afterAll(async () => {
  await stub[Symbol.asyncDispose]();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The password that mpop logs in with; undefined when it does not get that far. */
async function passwordOf(config: Buffer | string, mode = 0o600): Promise<string | undefined> {
  const file = path.join(folder, 'mpoprc');
  fs.writeFileSync(file, config);
  fs.chmodSync(file, mode);
  await logIn(['-C', file, '--auth-only', 'work']);
  const [attempt, ...more] = stub.drain();
  expect(more).toEqual([]);
  return attempt?.password.toString('utf8');
}

function logIn(args: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn('mpop', args, { stdio: 'ignore', env: { ...process.env, HOME: folder } });
    child.on('error', reject);
    child.on('close', resolve);
  });
}

const account = (...lines: readonly string[]): string =>
  ['account work', 'host 127.0.0.1', `port ${stub.port}`, 'auth user', 'user jane', ...lines, ''].join('\n');

function put(config: string, password: string): Buffer {
  const result = msmtprc.put(Buffer.from(config), { account: 'work' }, Secret.fromText(password), FIXED);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
}

describe('mpop', () => {
  test('logs in with what the lens wrote', async () => {
    const config = account('password old', 'delivery mbox /dev/null');
    for (const password of samplePasswords(100))
      expect(await passwordOf(put(config, password))).toBe(password);
  }, 120_000);

  test('logs in with a password that was added', async () => {
    expect(await passwordOf(put(account('delivery mbox /dev/null'), ' "new"'))).toBe(' "new"');
  });

  test('refuses a file with a password that others can read', async () => {
    expect(await passwordOf(account('password old'), 0o644)).toBeUndefined();
  });

  test('refuses settings before the first account', async () => {
    expect(await passwordOf(`timeout 60\n${account('password old')}`)).toBeUndefined();
  });
});
