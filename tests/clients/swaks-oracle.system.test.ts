import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { swaksrc } from '../../electron/formats/swaksrc.ts';
import { AuthStub } from '../doubles/auth-stub.ts';
import { get, put } from '../formats/lens-laws.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { homeEnvironment, run } from '../lab/program.ts';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-swaks-'));
const SLOT = { login: 'anna' };
let stub: AuthStub;

beforeAll(async () => void (stub = await AuthStub.smtp()));
afterAll(async () => {
  await stub[Symbol.asyncDispose]();
  fs.rmSync(home, { recursive: true, force: true });
});

const base = (): string => `to anna@example.org\nserver 127.0.0.1\nport ${stub.port}\nquit-after AUTH\n`;

/** The password that swaks logs anna in with; undefined when it does not get that far. */
async function sent(config: Buffer | string, env: NodeJS.ProcessEnv = {}): Promise<string | undefined> {
  fs.writeFileSync(path.join(home, '.swaksrc'), config, { mode: 0o600 });
  await run('swaks', [], { env: { ...homeEnvironment(home), ...env }, within: 3_000 });
  const [attempt] = stub.drain();
  return attempt?.user.toString() === 'anna' ? attempt.password.toString() : undefined;
}

function written(config: string, password: string): Buffer {
  const result = put(swaksrc, Buffer.from(config), SLOT, password);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
}

describe('swaks', () => {
  test.each([
    '--auth-user anna\n--auth-password old',
    'auth-us anna\nauth-pa old',
    '-au anna\n-ap=o=ld',
    'au anna\nap  o l d ',
    'au anna\nap\told',
    'au anna\nap "old" # x',
    'au anna\nap -',
    'au anna\nap é\u0085\u00a0',
    'au anna\n#ap no\nap first\nap second',
    'au anna\nap old\nno-ap',
    'au anna\nap <>',
    'au anna\nap',
    'au bert\nau anna\nap old',
    'au anna\nap old\nno-auth-user',
    'au anna\nap old\nau',
  ])('reads %j as the lens does', async (spelling) => {
    const config = `${base()}${spelling}\n`;
    const ours = get(swaksrc, Buffer.from(config), SLOT);
    expect(ours === 'changed' ? undefined : (ours ?? '')).toBe(await sent(config));
  });

  test.each([
    'au anna\n\nap old',
    'au anna\n ap old',
    'au anna\nap=o ld',
    'au anna\nap old\n\n',
    'au anna\nap --old',
    'au anna\nap +old',
  ])('stops at %j, which the lens refuses', async (spelling) => {
    const config = `${base()}${spelling}\n`;
    expect(await sent(config)).toBeUndefined();
    expect(get(swaksrc, Buffer.from(config), SLOT)).toBe('unsupported');
  });

  test('takes the carriage return of a line end for a part of the password, so the lens refuses it', async () => {
    const config = `${base()}au anna\nap old\r\n`;
    expect(await sent(config)).toBe('old\r');
    expect(get(swaksrc, Buffer.from(config), SLOT)).toBe('unsupported');
  });

  test('sends what the lens wrote', async () => {
    const config = `${base()}au anna\nap=0ld\n# after\n`;
    const held = samplePasswords(60).filter((password) => !/^[-+]./s.test(password));
    expect(held.length).toBeGreaterThan(50);
    for (const password of held) expect(await sent(written(config, password))).toBe(password);
  }, 120_000);

  test('sends a password that was added', async () => {
    expect(await sent(written(`${base()}au anna`, ' n"w '))).toBe(' n"w ');
    expect(await sent(written(`au anna\n${base()}`, ' n"w '))).toBe(' n"w ');
    expect(await sent(written(`ap\n${base()}au anna\n`, ' n"w '))).toBe(' n"w ');
  });

  test('takes the password of netrc where there is none in the file', async () => {
    // Net::Netrc looks in the home of the user's account, whatever HOME says.
    const module = 'BEGIN { *CORE::GLOBAL::getpwuid = sub { (0) x 7, $ENV{HOME} } } 1;';
    fs.writeFileSync(path.join(home, 'OwnHome.pm'), module);
    const env = { PERL5LIB: home, PERL5OPT: '-MOwnHome' };
    const netrc = 'machine 127.0.0.1 login anna password fromnetrc\n';
    fs.writeFileSync(path.join(home, '.netrc'), netrc, { mode: 0o600 });
    expect(await sent(`${base()}au anna\n`, env)).toBe('fromnetrc');
    expect(await sent(`${base()}au anna\nap old\n`, env)).toBe('old');
  });
});
