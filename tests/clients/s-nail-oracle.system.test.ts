import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Slot } from '../../shared/model.ts';
import { mailrc } from '../../electron/formats/mailrc.ts';
import { sNail } from '../../electron/stores/s-nail.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { AuthStub } from '../doubles/auth-stub.ts';
import { get, put } from '../formats/lens-laws.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { homeEnvironment, run } from '../lab/program.ts';
import { findAll, lensOf } from '../stores/fixture.ts';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-s-nail-'));
const file = path.join(home, '.mailrc');
const PASSWORD = { variable: 'password' };
let stub: AuthStub;

beforeAll(async () => void (stub = await AuthStub.smtp()));
afterAll(async () => {
  await stub[Symbol.asyncDispose]();
  fs.rmSync(home, { recursive: true, force: true });
});

/** Nothing is left behind: no dead letter, no system-wide file, no netrc but the scratch home's. */
const environment = (): NodeJS.ProcessEnv => ({
  ...homeEnvironment(home),
  MAILRC: file,
  NETRC: path.join(home, '.netrc'),
  DEAD: '/dev/null',
});

/** The login that s-nail sends over SMTP, as `user:password`; undefined when it does not get that far. */
async function sent(config: Buffer | string, args: readonly string[] = []): Promise<string | undefined> {
  fs.writeFileSync(file, config, { mode: 0o600 });
  // Never the local mail system, whatever the file says.
  await run('s-nail', ['-:u', ...args, '-Ssendwait', '-s', 'test', 'anna@example.org'], {
    env: environment(),
    input: 'text\n',
    within: 10_000,
  });
  const [attempt] = stub.drain();
  return attempt && `${attempt.user.toString()}:${attempt.password.toString()}`;
}

const server = (): string => `127.0.0.1:${stub.port}`;
const shell = (...lines: readonly string[]): string =>
  ['set v15-compat=y', `set mta=smtp://anna@${server()} smtp-auth=plain`, ...lines, ''].join('\n');
const old = (...lines: readonly string[]): string => shell(...lines).replace('v15-compat=y', 'v15-compat');

function written(config: string, password: string, slot: Slot = PASSWORD): Buffer {
  const result = put(mailrc, Buffer.from(config), slot, password);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
}

const reads = async (config: string): Promise<void> => {
  const ours = get(mailrc, Buffer.from(config), PASSWORD);
  expect(ours === 'changed' ? undefined : `anna:${ours ?? ''}`).toBe(await sent(config));
};

describe('s-nail', () => {
  test.each([
    "set password='o l d' # comment",
    'set password="o\\"l\\\\d\\x"',
    "set password=$'o\\'l\\\\d\\t\\v\\e'",
    'set password=o\\ l\\#d#x',
    'set password=o"l d"\'x y\'',
    'set password=old;set password=new',
    'set password=(a)<b>*~!?',
    'set \\\n  password=o\\\n  ld',
    '# comment \\\nset password=no',
    'set password=one\nset password=two',
    'set password=one nopassword',
    'set password=one\nunset password',
    'define macro {\nset password=no\n}',
    'account other {\nset password=no\n}',
    ' \tse password=old',
    '\\set password=old',
    'if terminal\nset hold\nendif\nset password=old',
    'set password=old\\\\\nset hold',
    'set password',
  ])('reads %j as the lens does', async (lines) => reads(shell(lines)));

  test.each([
    'set password="o\\"l\\\\d"',
    "set password='o\\'l d'",
    'set password=o\\ l\\\\d',
    'set password=$HOME#;|&`',
    "set password=$'o l d'",
    "wysh set password=$'o l d'",
    'set password=#old',
    'set password=old\\\\\nset hold',
  ])('reads %j under the old rules as the lens does', async (lines) => reads(old(lines)));

  test('reads a line that turns the new rules on by the old ones', async () => {
    const config = `set v15-compat=y mta=smtp://anna@${server()} smtp-auth=plain password=o\\ l"d$HOME"\n`;
    expect(await sent(config)).toBe('anna:o ld$HOME');
    await reads(config);
  });

  test('takes the rules that are in force when an account is chosen', async () => {
    const block = `account work {\nset mta=smtp://anna@${server()} password=$'o l d'\n}\n`;
    const slot = { ...PASSWORD, account: 'work' };
    for (const config of [`set v15-compat=y\n${block}`, `${block}set v15-compat=y\n`]) {
      expect(await sent(config, ['-Awork'])).toBe('anna:o l d');
      expect(get(mailrc, Buffer.from(config), slot)).toBe('o l d');
      expect(await sent(written(config, 'n\'e"w', slot), ['-Awork'])).toBe('anna:n\'e"w');
    }
  });

  test('sends what the lens wrote', async () => {
    for (const password of samplePasswords(60))
      expect(await sent(written(shell('set password=0ld hold'), password))).toBe(`anna:${password}`);
  }, 120_000);

  test('sends what the lens wrote under the old rules', async () => {
    for (const password of samplePasswords(60))
      expect(await sent(written(old('set password=0ld hold'), password))).toBe(`anna:${password}`);
  }, 120_000);

  test('sends what the lens wrote into a URL', async () => {
    const config = `set v15-compat=y\nset mta=smtp://anna:0ld@${server()} smtp-auth=plain\n`;
    for (const password of samplePasswords(60))
      expect(await sent(written(config, password, { variable: 'mta', url: true }))).toBe(`anna:${password}`);
  }, 120_000);

  test.each([
    ['password-anna@HOST', ['password-anna@HOST=a', 'password-HOST=b', 'password=c']],
    ['password-HOST', ['password-HOST=b', 'password=c']],
    ['password', ['password-127.0.0.1=b', 'password=c']],
    ['password-anna@HOST', []],
  ])('reads and is given %s', async (variable, passwords) => {
    const at = (text: string): string => text.replace('HOST', server());
    const config = shell(...passwords.map((each) => `set ${at(each)}`));
    const entry = await only(config);
    expect(entry).toMatchObject({ slot: { variable: at(variable) }, login: 'anna', host: '127.0.0.1' });
    const result = put(lensOf(entry), Buffer.from(config), entry.slot, "n'e w");
    expect(await sent(result.ok ? result.value : '')).toBe("anna:n'e w");
  });

  test('logs in the old way with smtp-auth-user and smtp-auth-password', async () => {
    const config = [
      `set mta=smtp://${server()} smtp-auth=plain from=anna@example.org`,
      'set smtp-auth-user=x smtp-auth-password=y',
      'set smtp-auth-user-anna@example.org=anna smtp-auth-password-anna@example.org=old',
    ].join('\n');
    expect(await sent(config)).toBe('anna:old');
    const slot = { variable: 'smtp-auth-password-anna@example.org' };
    expect(await sent(written(config, 'n"e w', slot))).toBe('anna:n"e w');
    fs.writeFileSync(file, config);
    const { entries } = await findAll(sNail, machine());
    expect(entries).toMatchObject([{ login: 'x' }, { login: 'anna', addresses: ['anna@example.org'], slot }]);
  });

  test('asks netrc where it is told to', async () => {
    const netrc = 'machine 127.0.0.1 login anna password fromnetrc\n';
    fs.writeFileSync(path.join(home, '.netrc'), netrc, { mode: 0o600 });
    expect(await sent(shell('set netrc-lookup'))).toBe('anna:fromnetrc');
    expect(await only(shell('set netrc-lookup'))).toMatchObject({ lens: 'netrc' });
    expect(await sent(shell('set netrc-lookup password=old'))).toBe('anna:old');
    expect(await sent(shell())).toBeUndefined();
  });
});

const machine = (): ReturnType<typeof openMachine> => openMachine({ home, confined: true, environment: {} });

async function only(config: string): Promise<Awaited<ReturnType<typeof findAll>>['entries'][number]> {
  fs.writeFileSync(file, config);
  const { entries } = await findAll(sNail, machine());
  const [entry, ...more] = entries;
  if (!entry || more.length > 0) throw new Error(`${entries.length} entries`);
  return entry;
}
