import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Place } from '../../shared/model.ts';
import { closeSeal, openSeal } from '../../electron/system/seal.ts';
import { samplePasswords } from '../formats/passwords.ts';

const place: Place = { kind: 'file', path: '/home/anna/.password-store/mail.gpg', seal: 'pass' };

let root: string;
let env: Record<string, string>;

// Short: gpg-agent's socket lives below it, and a socket's path has at most 107 bytes.
beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'rk-'));
  env = { PATH: process.env['PATH'] ?? '', HOME: root, LC_ALL: 'C.UTF-8', GNUPGHOME: path.join(root, 'g') };
  fs.mkdirSync(path.join(root, 'g'), { mode: 0o700 });
  for (const name of ['anna', 'bert']) makeKey(name, '');
  makeKey('locked', 'passphrase');
});

afterAll(() => {
  spawnSync('gpgconf', ['--kill', 'all'], { env });
  fs.rmSync(root, { recursive: true, force: true });
});

function makeKey(name: string, passphrase: string): void {
  const unattended = ['--batch', '--pinentry-mode', 'loopback', '--passphrase', passphrase];
  gpg([...unattended, '--quick-gen-key', `${name}@corp.test`, 'future-default', 'default', 'never']);
  // A passphrase that was just typed is in the agent's cache.
  gpgconf(['--reload', 'gpg-agent']);
}

function gpg(args: readonly string[], input: string | Buffer = ''): Buffer {
  const result = spawnSync('gpg', ['--quiet', '--batch', ...args], { env, input });
  if (result.status !== 0) throw new Error(result.stderr.toString());
  return result.stdout;
}

const gpgconf = (args: readonly string[]): void => void spawnSync('gpgconf', [...args], { env });

const sealedFor = (names: readonly string[], text: string, ...more: readonly string[]): Buffer =>
  gpg(['--trust-model', 'always', ...names.flatMap((name) => ['-r', name]), ...more, '-e'], text);

/** Who can open it, by gpg's own listing. */
const recipients = (raw: Buffer): readonly string[] =>
  [
    ...gpg(['--list-only', '--list-packets'], raw)
      .toString()
      .matchAll(/pubkey enc packet.*keyid (\w+)/g),
  ].map((match) => match[1] ?? '');

const opened = async (raw: Buffer): Promise<string | undefined> => {
  const plain = await openSeal(place, raw, env);
  return plain.ok ? plain.value.toString('utf8') : plain.problem.kind;
};

describe('a sealed file', () => {
  test.each([
    ['for one, binary', ['anna'], []],
    ['for two, armoured', ['anna', 'bert'], ['--armor']],
  ])('%s, keeps recipients and form', async (_name, names, form) => {
    const raw = sealedFor(names, 'old\nlogin: anna\n', ...form);
    expect(await opened(raw)).toBe('old\nlogin: anna\n');
    const closed = await closeSeal(place, Buffer.from('new "p\\w $&\nlogin: anna\n'), raw, env);
    if (!closed.ok) throw new Error(closed.problem.kind);
    expect(gpg(['-d'], closed.value).toString()).toBe('new "p\\w $&\nlogin: anna\n');
    expect(recipients(closed.value)).toEqual(recipients(raw));
    expect(closed.value.toString('latin1').startsWith('-----BEGIN PGP MESSAGE-----')).toBe(form.length > 0);
  });

  test('is not sealed for others because of the defaults in gpg.conf', async () => {
    const raw = sealedFor(['anna'], 'old');
    const conf = path.join(root, 'g', 'gpg.conf');
    fs.writeFileSync(conf, 'encrypt-to bert@corp.test\narmor\n');
    const closed = await closeSeal(place, Buffer.from('new'), raw, env);
    fs.rmSync(conf);
    expect(closed.ok && recipients(closed.value)).toEqual(recipients(raw));
  });

  test('that only a passphrase could open waits for it, without a prompt', async () => {
    const raw = sealedFor(['locked'], 'old');
    expect(await openSeal(place, raw, env)).toEqual({
      ok: false,
      problem: { kind: 'primary-password-needed', subject: '/home/anna/.password-store/mail.gpg' },
    });
  });

  test('whose form cannot be kept is refused', async () => {
    const loopback = ['--pinentry-mode', 'loopback', '--passphrase', 'x'];
    const refused = { ok: false, problem: { kind: 'unsupported' } };
    for (const raw of [
      gpg(['--trust-model', 'always', '-R', 'anna', '-e'], 'old'),
      gpg([...loopback, '-c'], 'old'),
      sealedFor(['anna'], 'old', ...loopback, '-c'),
      Buffer.from('no message\n'),
      Buffer.alloc(0),
    ]) {
      expect(await closeSeal(place, Buffer.from('new'), raw, env)).toMatchObject(refused);
    }
    const forStranger = sealedFor([addStranger()], 'old');
    removeStranger();
    expect(await closeSeal(place, Buffer.from('new'), forStranger, env)).toMatchObject(refused);
    expect(await openSeal(place, sealedFor(['anna'], 'old', '-s', '-u', 'anna'), env)).toMatchObject(refused);
    expect(await openSeal(place, Buffer.from('no message\n'), env)).toMatchObject(refused);
  });

  test('without gpg is refused', async () => {
    expect(await openSeal(place, Buffer.from('x'), { PATH: path.join(root, 'none') })).toMatchObject({
      ok: false,
      problem: { kind: 'unsupported', detail: 'gpg is not installed' },
    });
  });

  test('is what pass shows', async () => {
    const store = path.join(root, '.password-store');
    const pass = (args: readonly string[], input = ''): string =>
      spawnSync('pass', [...args], { env, input, encoding: 'utf8' }).stdout;
    pass(['init', 'anna@corp.test']);
    pass(['insert', '-m', 'mail/corp'], 'old\nlogin: anna\n');
    const file = path.join(store, 'mail', 'corp.gpg');
    for (const next of samplePasswords(5)) {
      const raw = fs.readFileSync(file);
      const closed = await closeSeal(place, Buffer.from(`${next}\nlogin: anna\n`), raw, env);
      if (!closed.ok) throw new Error(closed.problem.kind);
      fs.writeFileSync(file, closed.value);
      expect(pass(['show', 'mail/corp'])).toBe(`${next}\nlogin: anna\n`);
    }
  });
});

const STRANGER = 'stranger@corp.test';

function addStranger(): string {
  makeKey('stranger', '');
  return STRANGER;
}

function removeStranger(): void {
  const listed = gpg(['--with-colons', '--list-keys', STRANGER]).toString();
  const fingerprint = /^fpr:+([0-9A-F]+):/m.exec(listed)?.[1] ?? '';
  gpg(['--yes', '--delete-secret-and-public-key', fingerprint]);
}
