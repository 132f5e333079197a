import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gitConfig } from '../../electron/formats/git-config.ts';
import { gitCredentials } from '../../electron/formats/git-credentials.ts';
import type { Lens } from '../../electron/engine/ports.ts';
import type { Slot } from '../../shared/model.ts';
import { get, put } from '../formats/lens-laws.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { homeEnvironment, mustRun, run } from '../lab/program.ts';

const passwords = [' outer ', '"', '\\', '#;', '\t\b\v', '%41%zz', 'a:b@c/d?e#f', ...samplePasswords(100)];

const CONFIG = '[sendemail]\r\n\tsmtpUser = anna ; me\r\n\tsmtpPass = 0ld # note "\r\n[other]\r\n\tx = y\r\n';
const configSlot = { section: 'sendemail', key: 'smtpPass' };

const CREDENTIALS = 'https://u:p@h\nsmtp://anna%40example.org:0ld@smtp.example.org%3a587\n';
const credentialSlot = { protocol: 'smtp', login: 'anna@example.org', host: 'smtp.example.org:587' };
const QUESTION = 'protocol=smtp\nhost=smtp.example.org:587\nusername=anna@example.org\n';

describe('git as the judge', () => {
  let home = '';
  beforeAll(() => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-git-'));
    fs.writeFileSync(path.join(home, '.gitconfig'), '[credential]\n\thelper = store\n');
  });
  afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

  const git = (args: readonly string[], input = ''): Promise<string> =>
    mustRun('git', args, { env: environment(home), cwd: home, input });

  const file = (name: string): string => path.join(home, name);

  test('git config reads what the lens wrote', async () => {
    for (const password of passwords) {
      fs.writeFileSync(file('config'), lensed(gitConfig, CONFIG, configSlot, password));
      expect(await git(['config', '--file', file('config'), '-z', '--get', 'sendemail.smtppass'])).toBe(
        `${password}\0`,
      );
    }
    expect(await git(['config', '--file', file('config'), '--get', 'other.x'])).toBe('y\n');
  });

  test('git config reads a password that the lens added', async () => {
    for (const before of [
      '[sendemail]\n\tsmtpUser = u # x',
      '[sendemail] smtpUser = u\n[x]\n',
      '[sendemail]\nsmtpPass\n',
    ]) {
      fs.writeFileSync(file('config'), lensed(gitConfig, before, configSlot, ' a"b\\c# '));
      expect(await git(['config', '--file', file('config'), '--get', 'sendemail.smtppass'])).toBe(
        ' a"b\\c# \n',
      );
    }
  });

  test('the lens reads what git config wrote', async () => {
    for (const password of passwords) {
      fs.writeFileSync(file('config'), CONFIG);
      await git(['config', '--file', file('config'), 'sendemail.smtpPass', password]);
      expect(get(gitConfig, fs.readFileSync(file('config')), configSlot)).toBe(password);
    }
  });

  test('git credential finds what the lens wrote', async () => {
    for (const password of passwords) {
      fs.writeFileSync(
        file('.git-credentials'),
        lensed(gitCredentials, CREDENTIALS, credentialSlot, password),
      );
      expect(await git(['credential', 'fill'], `${QUESTION}\n`)).toBe(`${QUESTION}password=${password}\n`);
    }
  });

  test('the lens spells a line as git credential-store spells it', async () => {
    for (const password of passwords) {
      fs.rmSync(file('stored'), { force: true });
      await git(
        ['credential-store', '--file', file('stored'), 'store'],
        `${QUESTION}password=${password}\n\n`,
      );
      const [, line] = lensed(gitCredentials, CREDENTIALS, credentialSlot, password).toString().split('\n');
      expect(fs.readFileSync(file('stored'), 'utf8')).toBe(`${line}\n`);
    }
  });

  test.each([
    ['https://u:a%40b:c%41@h\n', 'a%40b:cA'],
    ['https://u:p%zz%4@h\n', 'p%zz%4'],
    ['https://u:p+x%2B@h\n', 'p+x+'],
    ['https://u:p@h\r\n', undefined],
    ['https://u:p@h/\r\n', 'p'],
    ['https://u:p%0a@h\n', undefined],
    ['https://u:p/q@h\n', undefined],
    ['https://u:first@h\nhttps://u:second@h\n', 'first'],
  ])('git and the lens agree about %j', async (lines, password) => {
    fs.writeFileSync(file('.git-credentials'), lines);
    const { out } = await run('git', ['credential', 'fill'], {
      env: environment(home),
      cwd: home,
      input: 'protocol=https\nhost=h\nusername=u\n\n',
    });
    expect(/^password=(.*)$/m.exec(out)?.[1]).toBe(password);
    expect(get(gitCredentials, Buffer.from(lines), { protocol: 'https', login: 'u', host: 'h' })).toBe(
      password,
    );
  });
});

/** Nothing of the caller's git, and no question to a terminal. */
const environment = (home: string): NodeJS.ProcessEnv => ({
  ...homeEnvironment(home),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '/bin/false',
});

function lensed(lens: Lens, before: string, slot: Slot, password: string): Buffer {
  const written = put(lens, Buffer.from(before), slot, password);
  if (!written.ok) throw new Error(`${lens.id} refused: ${written.problem.kind}`);
  return written.value;
}
