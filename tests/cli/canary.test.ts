import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOME_FILES, PEOPLE } from '../doubles/mail-home.ts';
import { startMailServer, type MailServer } from '../doubles/mail-server.ts';
import { snapshot } from '../doubles/snapshot.ts';
import { makeAuthority } from '../doubles/certificates.ts';
import { startImapServer } from '../doubles/imap-server.ts';
import { SILENCE } from '../doubles/wire.ts';
import { APPLY, makeBench, OWNER, type Bench, type Rekeyed } from './installed.ts';

/** Characters that change under every encoding below, and long enough not to turn up by chance. */
const CANARY = 'CANARY-9fe/+Zq71 &é';
/** With what netrc cannot hold, so that a run fails in part. */
const QUOTED = 'CANARY-"7\\/+Zq88 &é';
const REFUSED = 'CANARY-3ab/+Xw52 &é';
const OLD = PEOPLE.owner.password;

/** Every form in which a password has been seen to leak. */
const FORMS: Readonly<Record<string, (secret: string) => readonly Buffer[]>> = {
  plain: (secret) => [Buffer.from(secret)],
  'UTF-16 LE': (secret) => [Buffer.from(secret, 'utf16le')],
  'UTF-16 BE': (secret) => [Buffer.from(secret, 'utf16le').swap16()],
  URL: (secret) => [Buffer.from(encodeURIComponent(secret)), lowerHex(secret)],
  hex: (secret) => [hex(secret), Buffer.from(hex(secret).toString().toUpperCase())],
  JSON: (secret) => [Buffer.from(JSON.stringify(secret).slice(1, -1)), asciiJson(secret)],
  reversed: (secret) => [Buffer.from([...secret].toReversed().join(''))],
  'SHA-256': (secret) => [Buffer.from(createHash('sha256').update(secret).digest('hex'))],
  base64: (secret) => [0, 1, 2].flatMap((offset) => base64(secret, offset)),
};

const hex = (secret: string): Buffer => Buffer.from(Buffer.from(secret).toString('hex'));

const lowerHex = (secret: string): Buffer =>
  Buffer.from(encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()));

const asciiJson = (secret: string): Buffer =>
  Buffer.from(
    JSON.stringify(secret)
      .slice(1, -1)
      .replace(/[^\0-~]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );

/** The characters that the secret alone decides when `offset` other bytes stand before it (RFC 4648). */
function base64(secret: string, offset: number): readonly Buffer[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const from = Math.ceil((offset * 8) / 6);
  const to = Math.floor((bytes.length * 8) / 6);
  const decided = bytes.toString('base64').slice(from, to);
  return [Buffer.from(decided), Buffer.from(decided.replaceAll('+', '-').replaceAll('/', '_'))];
}

/** The forms in which a secret is found in these bytes. */
const formsIn = (bytes: Buffer, secret: string): readonly string[] =>
  Object.entries(FORMS).flatMap(([form, spellings]) =>
    spellings(secret).some((spelling) => bytes.includes(spelling)) ? [form] : [],
  );

/** Where a secret is found below a folder, as `file: form`. */
const leaksIn = (
  folder: string,
  secrets: readonly string[],
  except: readonly string[] = [],
): readonly string[] =>
  [...snapshot(folder)]
    .filter(([name]) => !except.includes(name))
    .flatMap(([name, { bytes }]) =>
      secrets.flatMap((secret) => formsIn(bytes, secret).map((form) => `${name}: ${form}`)),
    );

test.each(Object.entries(FORMS))(
  'the search finds the %s form in the middle of other bytes',
  (form, spellings) => {
    const around = Buffer.from('user\0 and ');
    for (const spelling of spellings(CANARY)) {
      expect(formsIn(Buffer.concat([around, spelling, around]), CANARY)).toContain(form);
    }
    for (const length of [0, 1, 2, 3, 7]) {
      const wire = Buffer.from(
        Buffer.concat([Buffer.alloc(length), Buffer.from(CANARY), around]).toString('base64'),
      );
      expect(formsIn(wire, CANARY)).toContain('base64');
    }
  },
);

const TARGETS = HOME_FILES.map(({ name }) => name);
const SECRETS = [CANARY, QUOTED, REFUSED, OLD];

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer({ users: { [OWNER]: CANARY } });
});
afterAll(() => server.stop());

/** No secret was said, is in Rekey's own files or in a temporary one, or in a file of the home that is no target. */
function expectSilence(bench: Bench, ran: Rekeyed): void {
  expect(SECRETS.flatMap((secret) => formsIn(Buffer.from(ran.said), secret))).toEqual([]);
  expect(leaksIn(bench.state, SECRETS)).toEqual([]);
  expect(leaksIn(bench.temporary, SECRETS)).toEqual([]);
  expect(leaksIn(bench.home, SECRETS, TARGETS)).toEqual([]);
}

// one story: each test goes on where the one before it ended
describe('a password that was given to Rekey is nowhere but in its targets', () => {
  let bench: Bench;
  beforeAll(() => {
    bench = makeBench(server);
  });
  afterAll(() => bench[Symbol.dispose]());

  const commands: readonly [string, () => Promise<Rekeyed>, number][] = [
    ['a refused apply', () => bench.apply(REFUSED), 3],
    ['a plan by value', () => bench.rekey(['plan', '--manifest', '-'], manifest(CANARY)), 1],
    ['an apply', () => bench.apply(CANARY), 0],
    ['a second apply', () => bench.apply(CANARY), 0],
    ['a status', () => bench.rekey(['status']), 0],
    ['a scan', () => bench.rekey(['scan']), 0],
    ['a history', () => bench.rekey(['history']), 0],
    ['a doctor', () => bench.rekey(['doctor']), 0],
    ['an undo', () => bench.rekey(['undo']), 0],
    ['an apply that fails in part', () => bench.apply(QUOTED, '--without-check'), 4],
    ['the undo of that', () => bench.rekey(['undo']), 0],
    ['a password in the arguments', () => bench.rekey(['apply', `--password=${CANARY}`]), 2],
    ['a password as a command', () => bench.rekey([CANARY]), 2],
    ['a password as an option', () => bench.rekey(['scan', `--${CANARY}`]), 2],
    ['a password of two lines', () => bench.apply(`${CANARY}\n${CANARY}`), 2],
    ['a broken manifest', () => bench.rekey(['plan', '--manifest', '-'], manifest(CANARY).slice(0, -2)), 2],
    ['a password as a key of the manifest', () => bench.rekey(['plan', '--manifest', '-'], misplaced()), 2],
  ];

  test.each(commands)('after %s', async (_, command, code) => {
    const ran = await command();
    expect(ran.code).toBe(code);
    expectSilence(bench, ran);
  });

  test('and after the last undo not even there', () => {
    expect(leaksIn(bench.home, [CANARY, QUOTED, REFUSED])).toEqual([]);
  });
});

const manifest = (password: string): string => JSON.stringify({ account: OWNER, password, oldPassword: OLD });
const misplaced = (): string => JSON.stringify({ account: OWNER, [CANARY]: CANARY, unlocks: { x: 1 } });

test('neither the arguments nor the environment of the process hold it while it logs in', async () => {
  const reached = Promise.withResolvers<void>();
  const authority = await makeAuthority();
  const certificate = await authority.issue({ ips: ['127.0.0.1'] });
  const silent = await startImapServer({
    tls: 'implicit',
    certificate,
    login: () => (reached.resolve(), SILENCE),
  });
  using bench = makeBench({ ...server, imaps: silent.port, caPem: authority.caPem });
  const { child, ended } = bench.start([...APPLY, '--ca', bench.path('../authority.pem')], `${CANARY}\n`);
  await Promise.race([reached.promise, ended]);
  const seen = ['cmdline', 'environ'].map((name) => fs.readFileSync(`/proc/${child.pid}/${name}`));
  child.kill('SIGINT');
  const ran = await ended;
  await silent.stop();
  expect(seen.flatMap((bytes) => formsIn(bytes, CANARY))).toEqual([]);
  expectSilence(bench, ran);
});
