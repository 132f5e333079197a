import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { samplePasswords } from '../formats/passwords.ts';
import { rekey, type Rekeyed } from './rekey.ts';

const ADDRESS = 'alex@example.org';
const TEAM = 'team@example.org';
const OLD = 'old-Pass-1';
const NEW = 'new "Pass" \\ é€';

let keys: string;
let home: string;
let env: Record<string, string>;

const run = (program: string, args: readonly string[], input: string | Buffer = ''): Buffer =>
  execFileSync(program, args, { env, input, stdio: ['pipe', 'pipe', 'ignore'] });

const show = (entry: string): string => run('pass', ['show', entry]).toString('utf8');

// Short: gpg-agent's socket lives below it, and a socket's path has at most 107 bytes.
beforeAll(() => {
  keys = fs.mkdtempSync(path.join(os.tmpdir(), 'rk-'));
  env = { PATH: process.env['PATH'] ?? '', HOME: keys, GNUPGHOME: keys, LC_ALL: 'C.UTF-8' };
  for (const name of [ADDRESS, TEAM]) {
    const key = ['--batch', '--pinentry-mode', 'loopback', '--passphrase', ''];
    run('gpg', [...key, '--quick-gen-key', name, 'future-default', 'default', 'never']);
  }
});

afterAll(() => {
  spawnSync('gpgconf', ['--kill', 'all'], { env: { ...env, HOME: keys, GNUPGHOME: keys } });
  fs.rmSync(keys, { recursive: true, force: true });
});

beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'rk-'));
  fs.symlinkSync(keys, path.join(home, '.gnupg'));
  env = { PATH: process.env['PATH'] ?? '', HOME: home, LC_ALL: 'C.UTF-8' };
});

afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

/** An msmtp that takes its password from a command. */
function furnish(command: string): void {
  const lines = [
    'account work',
    'host mail.example.org',
    'port 587',
    'auth on',
    'tls on',
    `user ${ADDRESS}`,
    `passwordeval ${command}`,
    '',
  ];
  fs.writeFileSync(path.join(home, '.msmtprc'), lines.join('\n'), { mode: 0o600 });
}

const apply = (password = NEW): Promise<Rekeyed> =>
  rekey(['apply', '--home', home, '--account', ADDRESS, '--password-stdin', '--yes', '--without-check'], {
    env: { ...env, HOME: '/nonexistent' },
    input: `${password}\n`,
  });

/** The subkeys that a file is sealed for. */
const recipientsOf = (file: string): readonly string[] =>
  [
    ...run('gpg', ['--batch', '--list-only', '--list-packets', file])
      .toString('latin1')
      .matchAll(/keyid ([0-9A-F]+)/g),
  ]
    .map(([, id]) => id ?? '')
    .toSorted();

test('the password behind `pass show` is replaced, its other lines kept, and undo gives the very same file', async () => {
  run('pass', ['init', ADDRESS]);
  run('pass', ['insert', '-m', 'mail/work'], `${OLD}\nurl: mail.example.org\n`);
  furnish('"pass show mail/work"');
  const msmtprc = fs.readFileSync(path.join(home, '.msmtprc'), 'utf8');
  const file = path.join(home, '.password-store/mail/work.gpg');
  const before = fs.readFileSync(file);
  const applied = await apply();
  expect(applied.result.targets).toMatchObject([{ where: file, outcome: 'written', verified: true }]);
  expect([applied.code, show('mail/work')]).toEqual([0, `${NEW}\nurl: mail.example.org\n`]);
  expect((await apply()).result.changed).toBe(false);
  expect((await rekey(['undo', '--home', home], { env })).code).toBe(0);
  expect(fs.readFileSync(file).equals(before)).toBe(true);
  expect(fs.readFileSync(path.join(home, '.msmtprc'), 'utf8')).toBe(msmtprc);
});

test('nasty passwords come out of pass, through a pipe, as they went in', async () => {
  run('pass', ['init', ADDRESS]);
  run('pass', ['insert', '-m', 'mail/work'], `${OLD}\nlogin: alex\n`);
  furnish('"pass show mail/work | head -n1"');
  for (const password of samplePasswords(5)) {
    expect((await apply(password)).code).toBe(0);
    expect(show('mail/work')).toBe(`${password}\nlogin: alex\n`);
  }
}, 60_000);

test('an entry stays sealed for the same people, those of the nearest .gpg-id, in a store that git keeps', async () => {
  run('pass', ['init', ADDRESS]);
  run('pass', ['init', '-p', 'team', ADDRESS, TEAM]);
  run('pass', ['insert', '-m', 'team/mail'], `${OLD}\n`);
  run('git', ['init', '-q', path.join(home, '.password-store')]);
  furnish('"pass show team/mail"');
  const file = path.join(home, '.password-store/team/mail.gpg');
  const before = recipientsOf(file);
  expect(before).toHaveLength(2);
  const applied = await apply();
  expect([applied.code, show('team/mail')]).toEqual([0, `${NEW}\n`]);
  expect(recipientsOf(file)).toEqual(before);
  expect(applied.said).toContain('sealed in a Git repository');
});

test('an entry that is still sealed for somebody who left is not written', async () => {
  run('pass', ['init', ADDRESS, TEAM]);
  run('pass', ['insert', '-m', 'mail'], `${OLD}\n`);
  fs.writeFileSync(path.join(home, '.password-store/.gpg-id'), `# since May\n${ADDRESS}\n`);
  furnish('"pass show mail"');
  const applied = await apply();
  expect(applied.result.targets).toMatchObject([{ outcome: 'failed', reason: { kind: 'unsupported' } }]);
  expect(show('mail')).toBe(`${OLD}\n`);
});

test('the store of gopass is followed as it is configured, and its entries are sealed like those of pass', async () => {
  env = { ...env, PASSWORD_STORE_DIR: path.join(home, 'stores/work') };
  run('pass', ['init', ADDRESS]);
  run('pass', ['insert', '-m', 'mail'], `${OLD}\n---\nuser: alex\n`);
  fs.mkdirSync(path.join(home, '.config/gopass'), { recursive: true });
  fs.writeFileSync(path.join(home, '.config/gopass/config'), '[mounts "work"]\n\tpath = ~/stores/work\n');
  furnish('"gopass show -o work/mail"');
  expect((await apply()).code).toBe(0);
  expect(show('mail')).toBe(`${NEW}\n---\nuser: alex\n`);
});

test('a line of an authinfo file that is sealed is found as awk finds it, and awk prints what was put there', async () => {
  const file = path.join(home, '.authinfo.gpg');
  const others =
    'machine smtp.example.org login alex password other\nmachine mail.example.org login bob password bob\n';
  const line = 'machine mail.example.org login alex@example.org port 587 password';
  run(
    'gpg',
    ['--batch', '--trust-model', 'always', '-e', '-r', ADDRESS, '-o', file],
    `${others}${line} ${OLD}\n`,
  );
  const command =
    "gpg -q --no-tty -d ~/.authinfo.gpg | awk '/machine mail.example.org login alex@example.org/ {print $NF}'";
  furnish(`"${command}"`);
  const next = 'n€w$&{print}`|';
  expect((await apply(next)).code).toBe(0);
  expect(run('sh', ['-c', command]).toString('utf8')).toBe(`${next}\n`);
  expect(run('gpg', ['-q', '--batch', '-d', file]).toString('utf8')).toBe(`${others}${line} ${next}\n`);
  const refused = await apply('with blank');
  expect(refused.result.targets).toMatchObject([
    { outcome: 'failed', reason: { kind: 'format-cannot-hold' } },
  ]);
  run(
    'gpg',
    ['--batch', '--yes', '--trust-model', 'always', '-e', '-r', ADDRESS, '-o', file],
    `${line} gpg:QUJD\n`,
  );
  const sealed = fs.readFileSync(file);
  const skipped = await apply(next);
  expect(skipped.result.targets).toMatchObject([{ outcome: 'failed', reason: { kind: 'unsupported' } }]);
  expect(fs.readFileSync(file).equals(sealed)).toBe(true);
}, 60_000);

test('a file behind `gpg -d` keeps its recipients and its armour; one with a passphrase is left alone', async () => {
  const file = path.join(home, '.mail.asc');
  const sealing = [
    '--batch',
    '--trust-model',
    'always',
    '--armor',
    '-e',
    '-r',
    ADDRESS,
    '-r',
    TEAM,
    '-o',
    file,
  ];
  run('gpg', sealing, `${OLD}\n`);
  furnish('"gpg --quiet --for-your-eyes-only --no-tty -d ~/.mail.asc"');
  const before = recipientsOf(file);
  expect((await apply()).code).toBe(0);
  expect(run('gpg', ['--batch', '-qd', file]).toString('utf8')).toBe(`${NEW}\n`);
  expect(recipientsOf(file)).toEqual(before);
  expect(fs.readFileSync(file, 'latin1')).toMatch(/^-----BEGIN PGP MESSAGE-----/);
  const symmetric = [
    '--batch',
    '--yes',
    '--pinentry-mode',
    'loopback',
    '--passphrase',
    'x',
    '-c',
    '-o',
    file,
  ];
  run('gpg', symmetric, `${OLD}\n`);
  const sealed = fs.readFileSync(file);
  const refused = await apply();
  expect(refused.result.targets.map(({ outcome }) => outcome)).not.toContain('written');
  expect(fs.readFileSync(file).equals(sealed)).toBe(true);
});
