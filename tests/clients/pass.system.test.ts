import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rekey } from './rekey.ts';

const ADDRESS = 'alex@example.org';
const OLD = 'old-Pass-1';
const NEW = 'new "Pass" \\ é€';
const MSMTPRC = [
  'account work',
  'host mail.example.org',
  'port 587',
  'auth on',
  'tls on',
  `user ${ADDRESS}`,
  'passwordeval "pass show mail/work"',
  '',
].join('\n');

let home: string;
let env: Record<string, string>;

const run = (program: string, args: readonly string[], input = ''): string =>
  execFileSync(program, args, { env, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });

// Short: gpg-agent's socket lives below it, and a socket's path has at most 107 bytes.
beforeAll(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'rk-'));
  env = { PATH: process.env['PATH'] ?? '', HOME: home, LC_ALL: 'C.UTF-8' };
  fs.mkdirSync(path.join(home, '.gnupg'), { mode: 0o700 });
  const key = ['--batch', '--pinentry-mode', 'loopback', '--passphrase', ''];
  run('gpg', [...key, '--quick-gen-key', ADDRESS, 'future-default', 'default', 'never']);
  run('pass', ['init', ADDRESS]);
  run('pass', ['insert', '-m', 'mail/work'], `${OLD}\nurl: mail.example.org\n`);
  fs.writeFileSync(path.join(home, '.msmtprc'), MSMTPRC, { mode: 0o600 });
});

afterAll(() => {
  spawnSync('gpgconf', ['--kill', 'all'], { env });
  fs.rmSync(home, { recursive: true, force: true });
});

const apply = () =>
  rekey(['apply', '--home', home, '--account', ADDRESS, '--password-stdin', '--yes', '--without-check'], {
    env: { ...env, HOME: '/nonexistent' },
    input: `${NEW}\n`,
  });

test('the password behind `pass show` is replaced, its other lines kept, and undo gives the very same file', async () => {
  const file = path.join(home, '.password-store/mail/work.gpg');
  const before = fs.readFileSync(file);
  const applied = await apply();
  expect(applied.result.targets).toMatchObject([{ where: file, outcome: 'written', verified: true }]);
  expect([applied.code, run('pass', ['show', 'mail/work'])]).toEqual([0, `${NEW}\nurl: mail.example.org\n`]);
  expect((await apply()).result.changed).toBe(false);
  expect((await rekey(['undo', '--home', home], { env })).code).toBe(0);
  expect(fs.readFileSync(file).equals(before)).toBe(true);
  expect(fs.readFileSync(path.join(home, '.msmtprc'), 'utf8')).toBe(MSMTPRC);
});
