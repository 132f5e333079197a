import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mbsyncrc } from '../../electron/formats/mbsyncrc.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { AuthStub } from '../doubles/auth-stub.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { FIXED } from '../stores/fixture.ts';

let stub: AuthStub;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-mbsync-'));
const SLOT = { account: 'work', section: 'IMAPAccount' } as const;

beforeAll(async () => {
  fs.mkdirSync(path.join(folder, 'mail'));
  stub = await AuthStub.imap();
});

afterAll(async () => {
  await stub[Symbol.asyncDispose]();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The password that mbsync logs in with; undefined when it does not get that far. */
async function passwordOf(config: Buffer | string): Promise<string | undefined> {
  const file = path.join(folder, 'mbsyncrc');
  fs.writeFileSync(file, config, { mode: 0o600 });
  await list(['-c', file, '-l', 'mail']);
  const [attempt, ...more] = stub.drain();
  expect(more).toEqual([]);
  return attempt?.password.toString('utf8');
}

function list(args: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn('mbsync', args, { stdio: 'ignore', env: { ...process.env, HOME: folder } });
    child.on('error', reject);
    child.on('close', resolve);
  });
}

const account = (...lines: readonly string[]): string =>
  [
    'IMAPAccount work',
    'Host 127.0.0.1',
    `Port ${stub.port}`,
    'SSLType None',
    'AuthMechs LOGIN',
    'User jane',
    ...lines,
  ]
    .map((line) => `${line}\n`)
    .join('');

/** The section with what mbsync needs to use it. */
const complete = (section: string): string =>
  `${section}
IMAPStore far
Account work

MaildirStore near
Path ${folder}/mail/
Inbox ${folder}/mail/INBOX

Channel mail
Far :far:
Near :near:
SyncState ${folder}/state/
`;

function put(config: string, password: string): Buffer {
  const result = mbsyncrc.put(Buffer.from(config), SLOT, Secret.fromText(password), FIXED);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
}

function get(config: string): string | undefined {
  const result = mbsyncrc.get(Buffer.from(config), SLOT);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value?.useText((text) => text);
}

describe('mbsync', () => {
  test.each([
    'old',
    '"o l d"',
    'ol\\ d',
    'o"l d"x',
    '"o\\"l\\\\d"',
    'o#ld # comment',
    '"#"',
    '"\t" \t',
    '\\é"',
    '"" # empty',
    'old\r',
  ])('reads the spelling %j as the lens does', async (spelling) => {
    const config = complete(account(`Pass ${spelling}`));
    expect(get(config) ?? '').toBe(await passwordOf(config));
  });

  test.each(['old password', '"old', 'old\\'])(
    'refuses the spelling %j, as the lens does',
    async (spelling) => {
      const config = complete(account(`Pass ${spelling}`));
      expect(await passwordOf(config)).toBeUndefined();
      expect(() => get(config)).toThrow('unsupported');
    },
  );

  test('logs in with what the lens wrote', async () => {
    const config = complete(account('Pass old # comment'));
    for (const password of samplePasswords(100))
      expect(await passwordOf(put(config, password))).toBe(password);
  }, 120_000);

  test('logs in with a password that was added', async () => {
    const config = complete(account());
    expect(await passwordOf(put(config, 'n\\e"w'))).toBe('n\\e"w');
    expect(await passwordOf(put(config.replaceAll('\n', '\r\n'), 'n\\e"w'))).toBe('n\\e"w');
    expect(await passwordOf(put(complete(account('Pass # to do')), 'new'))).toBe('new');
  });

  test('takes the last of two lines and the first of two sections', async () => {
    const twice = complete(account('Pass first', 'Pass second'));
    expect(await passwordOf(twice)).toBe('second');
    expect(await passwordOf(put(twice, 'new'))).toBe('new');
    const sections = complete(`${account('Pass first')}\n${account('Pass second')}`);
    expect(await passwordOf(sections)).toBe('first');
    expect(await passwordOf(put(sections, 'new'))).toBe('new');
  });

  test('refuses a section inside another one, as the lens does', async () => {
    const config = complete(`${account('Pass old')}IMAPAccount other\nHost 127.0.0.1\n`);
    expect(await passwordOf(config)).toBeUndefined();
    expect(() => get(config)).toThrow('unsupported');
  });

  test('ends no section at a comment, but at blanks', async () => {
    const config = complete(account('  # comment', 'Pass old', ' \t', '# Pass other'));
    expect(await passwordOf(config)).toBe('old');
    expect(get(config)).toBe('old');
  });

  test('reads the longest line that the lens writes, and no longer one', async () => {
    const lineOf = (length: number): string => `${' '.repeat(length - 'Pass "new"\n'.length)}Pass old`;
    const config = (length: number): string => complete(account(lineOf(length), 'Timeout 5'));
    expect(await passwordOf(put(config(1022), 'new'))).toBe('new');
    expect(() => put(config(1023), 'new')).toThrow('format-cannot-hold');
    const tooLong = config(1023).replace('old', '"new"');
    expect(await passwordOf(tooLong)).toBeUndefined();
    expect(() => get(tooLong)).toThrow('unsupported');
  });
});
