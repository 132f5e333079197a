import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import { HOME_FILES, makeMailHome, PEOPLE } from '../doubles/mail-home.ts';
import { startMailServer, type MailServer } from '../doubles/mail-server.ts';
import { traced, type Injection, type Traced } from '../doubles/strace.ts';
import { homeEnvironment } from '../lab/program.ts';
import { formsIn, formsOf } from './forms.ts';
import { LEAVING, sightings, sightingsBelow } from './sightings.ts';

const REKEY = path.join(import.meta.dirname, '../../build/bin/rekey.cjs');
const { login, password: OLD } = PEOPLE.owner;
/** Looks different as a URL, in JSON, in base64 and backwards; netrc has no spelling for it, which is one more way. */
const NEW = String.raw`Canary/9fe+Zq "71\ é`;

let server: MailServer;
let root: string;
beforeAll(async () => void (server = await startMailServer({ users: {} })));
afterAll(() => server.stop());

const at = (name: string): string => path.join(root, name);
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-canary-'));
  for (const name of ['home', 'tmp']) fs.mkdirSync(at(name), { mode: 0o700 });
  makeMailHome(at('home'), server);
  fs.writeFileSync(at('authority.pem'), server.caPem);
  server.setPassword(login, NEW);
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

/** The files that hold a password, and the temporary ones beside them from which they are made. */
function mayHold(file: string): boolean {
  const name = path.relative(at('home'), file).replace(/^\.(.*)\.rekey-[0-9a-f-]+$/, '$1');
  return HOME_FILES.some((known) => known.name === name);
}

interface Rekeying {
  readonly args: readonly string[];
  readonly input?: string;
  readonly inject?: Injection;
}

/** A run of the command line in which every byte that leaves the process is recorded. */
const rekey = ({ args, input = '', inject }: Rekeying): Promise<Traced> =>
  traced(process.execPath, [REKEY, ...args, '--home', at('home'), '--state', at('state')], {
    calls: LEAVING,
    folder: root,
    input,
    env: { ...homeEnvironment(at('home')), TMPDIR: at('tmp') },
    ...(inject ? { inject } : {}),
  });

const applying = (...more: readonly string[]): Rekeying => ({
  args: ['apply', '--account', login, '--ca', at('authority.pem'), '--password-stdin', '--yes', ...more],
  input: `${NEW}\n`,
});

/** Neither password left by any way but into its places. */
function expectKept(ran: Traced): void {
  for (const password of [NEW, OLD]) {
    expect(sightings(password, ran, mayHold)).toEqual([]);
    for (const folder of ['home', 'state', 'tmp'].map(at).filter((each) => fs.existsSync(each)))
      expect(sightingsBelow(password, folder, mayHold)).toEqual([]);
  }
}

const wrote = (ran: Traced): boolean =>
  ran.calls.some(
    ({ on, texts }) =>
      on !== undefined && mayHold(on) && formsIn(Buffer.concat(texts), formsOf(NEW)).length > 0,
  );

const usedSockets = (ran: Traced): boolean => ran.calls.some(({ on }) => on?.startsWith('TCP:[127.0.0.1'));

describe('neither password leaves but into its places', { timeout: 60_000 }, () => {
  test('when the server accepts it', async () => {
    const ran = await rekey(applying());
    expect(ran.code, ran.err).toBe(4);
    expect([wrote(ran), usedSockets(ran)]).toEqual([true, true]);
    expectKept(ran);
    expectKept(await rekey(applying('--json')));
  });

  test('when the server rejects it', async () => {
    server.setPassword(login, 'something else');
    const ran = await rekey(applying('--json'));
    expect(ran.code, ran.err).toBe(3);
    expect([wrote(ran), usedSockets(ran)]).toEqual([false, true]);
    expectKept(ran);
  });

  test('when a manifest brings it, the old one too', async () => {
    const manifest = { account: login, password: NEW, oldPassword: OLD };
    const args = ['apply', '--manifest', '-', '--ca', at('authority.pem'), '--yes', '--json'];
    const ran = await rekey({ args, input: JSON.stringify(manifest) });
    expect(ran.code, ran.err).toBe(4);
    expect(wrote(ran)).toBe(true);
    expectKept(ran);
  });

  test('when the manifest is broken', async () => {
    const input = `{ "account": "${login}", "password": ${JSON.stringify(NEW)}, "passwort": ${JSON.stringify(OLD)} `;
    const ran = await rekey({ args: ['apply', '--manifest', '-', '--yes'], input });
    expect(ran.code).toBe(2);
    expectKept(ran);
  });

  test('when it is typed as an argument, which is refused', async () => {
    const ran = await rekey({ args: ['apply', '--account', login, '--password=not-to-be-repeated'] });
    expect(ran.code).toBe(2);
    expect(ran.out + ran.err).not.toContain('not-to-be-repeated');
  });

  test('in undo, doctor, plan, scan, status and history', async () => {
    expect((await rekey(applying())).code).toBe(4);
    for (const [command, code] of [
      ['status', 1],
      ['history', 0],
      ['undo', 0],
      ['doctor', 0],
      ['scan', 0],
    ] as const) {
      const ran = await rekey({ args: [command] });
      expect(ran.code, ran.err).toBe(code);
      expectKept(ran);
    }
    expectKept(await rekey({ args: ['plan', '--account', login] }));
  });

  test('when the run is killed midway, and when it is recovered', async () => {
    for (const nth of [1, 3]) {
      const killed = await rekey({
        ...applying(),
        inject: { call: 'renameat2', nth, what: 'signal=SIGKILL' },
      });
      expect(killed.code).toBeNull();
      expectKept(killed);
      const recovered = await rekey({ args: nth === 1 ? ['recover', '--back'] : ['recover'] });
      expect(recovered.code, recovered.err).toBe(0);
      expectKept(recovered);
    }
  });
});

/** Leaks what it reads in six ways, one of them at a third of a base64 group. */
const LEAKY = `
const fs = require('node:fs');
const { spawnSync } = require('node:child_process');
const password = fs.readFileSync(0, 'utf8').trim();
spawnSync('true', [password]);
spawnSync('true', [], { env: { SMUGGLED: Buffer.from(password).toString('hex') } });
fs.writeFileSync('log', 'AUTH PLAIN ' + Buffer.from('\\0user\\0' + password).toString('base64'));
fs.writeFileSync('wide', Buffer.from(password, 'utf16le'));
fs.mkdirSync(encodeURIComponent(password));
console.error(JSON.stringify({ password }));
`;

test('a program that leaks is caught in each of its ways', async () => {
  fs.writeFileSync(at('leaky.cjs'), LEAKY);
  const options = { calls: LEAVING, folder: root, input: `${NEW}\n`, cwd: at('tmp') };
  const ran = await traced(process.execPath, [at('leaky.cjs')], options);
  const seen = sightings(NEW, ran, mayHold).map(({ where, form }) => `${where.split(' ')[0]}: ${form}`);
  expect(seen).toEqual(
    expect.arrayContaining([
      'execve: plain',
      'execve: hexadecimal',
      'write: UTF-16, little end first',
      'mkdir: URL',
      'write: base64, shifted by 0',
      'write: JSON',
      'standard: JSON',
    ]),
  );
  expect(sightingsBelow(NEW, at('tmp'), mayHold).map(({ form }) => form)).toEqual(
    expect.arrayContaining(['URL', 'UTF-16, little end first']),
  );
});

test.each(['', 'a', 'ab'])('base64 is found after %j, and before anything', (before) => {
  const text = Buffer.from(`${before}${NEW}after`).toString('base64');
  expect(formsIn(Buffer.from(text), formsOf(NEW))).toEqual([`base64, shifted by ${before.length}`]);
});
