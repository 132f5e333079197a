import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Lens } from '../../electron/engine/ports.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { offlineimaprc } from '../../electron/formats/offlineimaprc.ts';
import { strippedLine } from '../../electron/formats/stripped-line.ts';
import { AuthStub } from '../doubles/auth-stub.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { homeEnvironment, mustRun, run } from '../lab/program.ts';
import { FIXED } from '../stores/fixture.ts';

let stub: AuthStub;
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-offlineimap-'));
const RC = path.join(home, '.offlineimaprc');
const SLOT = { section: 'Repository work' };

beforeAll(async () => {
  stub = await AuthStub.imap();
});

afterAll(async () => {
  await stub[Symbol.asyncDispose]();
  fs.rmSync(home, { recursive: true, force: true });
});

const config = (lines: string): string => `[general]
accounts = a
[Account a]
localrepository = local
remoterepository = work
[Repository local]
type = Maildir
localfolders = ${home}/mail
[Repository work]
type = IMAP
remotehost = 127.0.0.1
remoteport = ${stub.port}
ssl = no
starttls = no
auth_mechanisms = LOGIN
remoteuser = jane
${lines}`;

/** The password that OfflineIMAP logs in with to list folders; undefined when it does not get that far. */
async function passwordOf(content: Buffer | string): Promise<string | undefined> {
  fs.writeFileSync(RC, content, { mode: 0o600 });
  await run('offlineimap', ['--info', '-a', 'a'], { env: homeEnvironment(home) });
  return stub.drain()[0]?.password.toString('utf8');
}

function put(lens: Lens, content: string | Buffer, password: string, slot = {}): Buffer {
  const result = lens.put(Buffer.from(content), slot, Secret.fromText(password), FIXED);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
}

function get(content: string): string | undefined {
  const result = offlineimaprc.get(Buffer.from(content), SLOT);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value?.useText((text) => text);
}

const holds = (password: string): boolean =>
  password.trim() === password && !/^\u0085|\u0085$/.test(password);
/** Its LOGIN takes nothing else: it stops with an error of Python's. */
const isAscii = (password: string): boolean => Buffer.byteLength(password) === password.length;

describe('OfflineIMAP', () => {
  test.each([
    'remotepass = old',
    'remotepass: "o\'ld"',
    'RemotePass=o#l;d # x',
    'remotepass = #old  ',
    'remotepass = 100%%',
    'remotepass = %%(type)s',
    '  # a comment\nremotepass = old\n; another',
    'remotepass = a\\"b',
    'remotepass = old\r\n# x\r\n',
  ])('reads %j as the lens does', async (lines) => {
    expect(get(config(lines))).toBe(await passwordOf(config(lines)));
  });

  test.each(['remotepass = 100%', 'remotepass = x\nremotepass = y', 'remotepass'])(
    'refuses %j, as the lens does',
    async (lines) => {
      expect(await passwordOf(config(lines))).toBeUndefined();
      expect(() => get(config(lines))).toThrow('unsupported');
    },
  );

  test('logs in with what the lens wrote', async () => {
    for (const password of samplePasswords(120)
      .filter((each) => holds(each) && isAscii(each))
      .slice(0, 40))
      expect(await passwordOf(put(offlineimaprc, config('remotepass = old\n'), password, SLOT))).toBe(
        password,
      );
  }, 120_000);

  test('reads with its own parser what the lens wrote, in every script', async () => {
    const passwords = samplePasswords(300).filter(holds);
    let content: Buffer = Buffer.from(
      passwords.map((_, at) => `[Repository ${at}]\nremotepass = old\n`).join('\n'),
    );
    for (const [at, password] of passwords.entries())
      content = put(offlineimaprc, content, password, { section: `Repository ${at}` });
    fs.writeFileSync(RC, content);
    const script = [
      'import json, sys',
      'sys.path.insert(0, "/usr/share/offlineimap3")',
      'from offlineimap.CustomConfig import CustomConfigParser',
      'config = CustomConfigParser()',
      'config.read(sys.argv[1])',
      'print(json.dumps([config.get(each, "remotepass") for each in config.sections()]))',
    ].join('\n');
    const out = await mustRun('/usr/bin/python3', ['-W', 'ignore', '-c', script, RC], {
      env: homeEnvironment(home),
    });
    expect(z.array(z.string()).parse(JSON.parse(out))).toEqual(passwords);
  });

  test('logs in with a password that was added', async () => {
    for (const lines of [
      '',
      'remotepass =\n',
      'folderfilter = lambda name: name in (\n   "INBOX")\n# x\n',
      '# the end',
    ])
      expect(await passwordOf(put(offlineimaprc, config(lines), 'n%"w', SLOT))).toBe('n%"w');
  });

  test('takes the password of [DEFAULT], and its own before that', async () => {
    const inherited = `[DEFAULT]\nremotepass = old\n${config('')}`;
    expect(await passwordOf(put(offlineimaprc, inherited, 'new', { section: 'DEFAULT' }))).toBe('new');
    expect(await passwordOf(put(offlineimaprc, `${inherited}remotepass = x`, 'own', SLOT))).toBe('own');
  });

  test('reads the first line of a file, stripped', async () => {
    const file = path.join(home, 'secret');
    for (const password of ['n w', '%#"\\', 'x']) {
      fs.writeFileSync(file, put(strippedLine, '  old \nmore\n', password));
      expect(await passwordOf(config(`remotepassfile = ~/secret\n`))).toBe(password);
    }
    fs.writeFileSync(file, '  old \nmore\n');
    expect(await passwordOf(config(`remotepassfile = ~/secret\n`))).toBe('old');
  });

  test('prefers an expression to everything, and asks netrc last, for its last entry', async () => {
    const eval_ = `remotepasseval = __import__("os").popen("echo evaluated").read().strip()\nremotepass = x\n`;
    expect(await passwordOf(config(eval_))).toBe('evaluated');
    const netrc = 'machine 127.0.0.1 login joe password no\nmachine 127.0.0.1 login jane password netrc\n';
    fs.writeFileSync(path.join(home, '.netrc'), netrc, { mode: 0o600 });
    expect(await passwordOf(config(''))).toBe('netrc');
    fs.rmSync(path.join(home, '.netrc'));
  });
});
