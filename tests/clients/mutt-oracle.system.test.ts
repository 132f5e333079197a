import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Slot } from '../../shared/model.ts';
import { bareLine } from '../../electron/formats/bare-line.ts';
import { muttrc } from '../../electron/formats/muttrc.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { AuthStub, type Attempt } from '../doubles/auth-stub.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { homeEnvironment, run } from '../lab/program.ts';
import { FIXED } from '../stores/fixture.ts';

let smtp: AuthStub;
let imap: AuthStub;
let pop: AuthStub;
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-mutt-'));
const SMTP_PASS = { variable: 'smtp_pass' };
const IMAP_PASS = { variable: 'imap_pass' };

beforeAll(async () => {
  // Without it both programs ask whether to make it.
  fs.mkdirSync(path.join(home, 'Mail'));
  [smtp, imap, pop] = await Promise.all([AuthStub.smtp(), AuthStub.imap(), AuthStub.pop3()]);
});

afterAll(async () => {
  for (const stub of [smtp, imap, pop]) await stub[Symbol.asyncDispose]();
  fs.rmSync(home, { recursive: true, force: true });
});

const PLAIN =
  'set ssl_starttls=no ssl_force_tls=no from=jane@example.org copy=no smtp_authenticators=plain sleep_time=0\n';

function write(name: string, content: Buffer | string): string {
  const file = path.join(home, name);
  fs.writeFileSync(file, content, { mode: 0o600 });
  return file;
}

const start = (program: string, args: readonly string[], input = ''): Promise<unknown> =>
  run(program, args, { input, env: { ...homeEnvironment(home), TERM: 'xterm' }, within: 8000 });

/** What a program sends when a message is piped into it. */
async function sends(program: string, config: Buffer | string): Promise<Attempt | undefined> {
  const rc = write('.testrc', config);
  await start(program, ['-F', rc, '-s', 'test', 'jane@example.org'], 'Hello\n');
  return smtp.drain()[0];
}

const sent = async (program: string, config: Buffer | string): Promise<string | undefined> =>
  (await sends(program, config))?.password.toString('utf8');

/** What a program logs in with when it opens its mailbox; it needs a terminal and leaves at once. */
async function opens(program: string, config: Buffer | string, stub = imap): Promise<Attempt | undefined> {
  const rc = write('.testrc', Buffer.concat([Buffer.from(config), Buffer.from('\npush q\n')]));
  await start('script', ['-qec', `${program} -F ${rc}`, '/dev/null']);
  return stub.drain()[0];
}

function put(config: string | Buffer, slot: Slot, password: string): Buffer {
  const result = muttrc.put(Buffer.from(config), slot, Secret.fromText(password), FIXED);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
}

function get(config: string, slot: Slot): string {
  const result = muttrc.get(Buffer.from(config), slot);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value?.useText((text) => text) ?? '';
}

const server = (): string => `${PLAIN}set smtp_url=smtp://jane@127.0.0.1:${smtp.port}\n`;

describe.each(['mutt', 'neomutt'])('%s', (program) => {
  test.each([
    'set smtp_pass=old',
    'set smtp_pass = "old"',
    `set smtp_pass='o"l\\d $HOME \`x\`'`,
    'set smtp_pass="o\\"l\\\\d \\$HOME \\`x\\` \'"',
    `set smtp_pass=o\\ l\\"d\\#\\;'x y'"z"`,
    'set smtp_pass=old#comment',
    'set smtp_pass=old;set beep',
    'set smtp_pass="\\101\\x\\cA$5 $-"',
    'set smtp_pass="o\\\n  ld"',
    'set smtp_pass=o\\\nld',
    'set smtp_pass=o\\\\\nld',
    '# comment \\\nset smtp_pass=hidden\nset smtp_pass=old',
    'set smtp_pass=a smtp_pass=b',
    'set smtp_pass=a beep smtp_pass=b nobeep',
    'set smtp_pass= old',
    'set smtp_pass=old\r\nset beep\r',
    'set smtp_pass="é€\t"',
    'set my_x=y smtp_pass=old',
    `my_hdr X-A: "b"; set smtp_pass=old`,
  ])('sends what the lens reads from %j', async (line) => {
    const config = `${server()}${line}\n`;
    const slots = [{ ...SMTP_PASS, nth: 2 }, SMTP_PASS].map((slot) => get(config, slot));
    expect(slots.find((value) => value !== '')).toBe(await sent(program, config));
  });

  test('sends what the lens wrote', async () => {
    const config = `${server()}set smtp_pass=old # comment\n`;
    for (const password of samplePasswords(30))
      expect(await sent(program, put(config, SMTP_PASS, password))).toBe(password);
  }, 120_000);

  test('sends what the lens wrote into a hook, in both kinds of quotes', async () => {
    const inner = `set smtp_url=smtp://jane@127.0.0.1:${smtp.port} smtp_pass=old`;
    const slot = { ...SMTP_PASS, in: 'send-hook ~A' };
    for (const hook of [`'${inner}'`, `"${inner}"`, inner, inner.replaceAll(' ', '\\ ')])
      for (const password of samplePasswords(6))
        expect(await sent(program, put(`${PLAIN}send-hook ~A ${hook}\n`, slot, password))).toBe(password);
  }, 120_000);

  test('sends what the lens wrote into a URL', async () => {
    const config = `${PLAIN}set smtp_url="smtp://ja%6Ee:o%6Cd@127.0.0.1:${smtp.port}/"\n`;
    const slot = { url: 'smtp_url', login: 'ja%6Ee', host: '127.0.0.1' };
    expect(get(config, slot)).toBe('old');
    expect(await sent(program, config)).toBe('old');
    for (const password of samplePasswords(12)) {
      const attempt = await sends(program, put(config, slot, password));
      expect([attempt?.user.toString(), attempt?.password.toString()]).toEqual(['jane', password]);
    }
  }, 120_000);

  test('sends a password that was added', async () => {
    expect(await sent(program, server())).toBeUndefined();
    expect(await sent(program, put(server(), SMTP_PASS, 'n"e\\w $x'))).toBe('n"e\\w $x');
    expect(await sent(program, put(`${server()}# end`, SMTP_PASS, 'new'))).toBe('new');
    expect(await sent(program, put(`${server()}set smtp_pass=`, SMTP_PASS, 'n w'))).toBe('n w');
  });

  test('keeps 255 bytes of a password and no more', async () => {
    const config = (length: number): string => `${server()}set smtp_pass=${'x'.repeat(length)}\n`;
    expect(await sent(program, config(255))).toHaveLength(255);
    expect(await sent(program, config(256))).toHaveLength(255);
    expect(await sent(program, put(config(1), SMTP_PASS, 'y'.repeat(255)))).toBe('y'.repeat(255));
  });

  test('takes the output of a bare command apart, but not what the lens writes', async () => {
    const secret = write('secret', 'o l;d\n');
    const bare = `${server()}set smtp_pass=\`cat ${secret}\`\n`;
    expect(await sent(program, bare)).not.toBe('o l;d');
    expect(await sent(program, `${server()}set smtp_pass="\`cat ${secret}\`"\n`)).toBe('o l;d');
    for (const password of samplePasswords(100)) {
      const line = bareLine.put(
        Buffer.from('old\n'),
        { prints: 'first-line' },
        Secret.fromText(password),
        FIXED,
      );
      if (!line.ok) continue;
      fs.writeFileSync(secret, line.value);
      expect(await sent(program, bare)).toBe(password);
    }
  }, 120_000);

  test('logs in to IMAP with what the lens wrote into an account-hook', async () => {
    const url = `imap://127.0.0.1:${imap.port}/`;
    const config = `${PLAIN}set spoolfile=${url}INBOX imap_pass=wrong
account-hook . 'unset imap_user imap_pass'
account-hook ${url} 'set imap_user=jane imap_pass="o'\\''ld"'\n`;
    const slot = { ...IMAP_PASS, in: `account-hook ${url}` };
    expect((await opens(program, config))?.password.toString()).toBe(get(config, slot));
    for (const password of samplePasswords(12)) {
      const attempt = await opens(program, put(config, slot, password));
      expect([attempt?.user.toString(), attempt?.password.toString()]).toEqual(['jane', password]);
    }
  }, 120_000);

  test('logs in to IMAP with what the lens added', async () => {
    const config = `${PLAIN}set spoolfile=imap://jane@127.0.0.1:${imap.port}/INBOX\n`;
    expect((await opens(program, put(config, IMAP_PASS, 'n"e\\w')))?.password.toString()).toBe('n"e\\w');
  }, 120_000);

  test('logs in to POP3 with what the lens wrote', async () => {
    const config = `${PLAIN}set spoolfile=pop://127.0.0.1:${pop.port}/ pop_user=jane pop_authenticators=user\nset pop_pass=old\n`;
    const changed = put(config, { variable: 'pop_pass' }, 'n"e\\w $x');
    expect((await opens(program, changed, pop))?.password.toString()).toBe('n"e\\w $x');
  });
});

describe('the password in the URL of a mailbox', () => {
  const inUrl = (): string =>
    `${PLAIN}set imap_pass=other spoolfile=imap://ja%6Ee:old@127.0.0.1:${imap.port}/INBOX\n`;
  const slot = { url: 'spoolfile', login: 'ja%6Ee', host: '127.0.0.1' };

  test('is what mutt logs in with', async () => {
    expect((await opens('mutt', inUrl()))?.password.toString()).toBe('old');
    for (const password of samplePasswords(8))
      expect((await opens('mutt', put(inUrl(), slot, password)))?.password.toString()).toBe(password);
  }, 60_000);

  test('is passed over by NeoMutt for imap_pass', async () => {
    expect((await opens('neomutt', inUrl()))?.password.toString()).toBe('other');
  });
});
