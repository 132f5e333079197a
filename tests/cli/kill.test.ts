import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMailServer, type MailServer } from '../doubles/mail-server.ts';
import { changedFiles, snapshot, type Snapshot } from '../doubles/snapshot.ts';
import { emptyBench, OWNER, type Bench, type Rekeyed } from './installed.ts';

const OLD = 'Held-by-two-hundred-files-1';
const NEW = 'Reset-before-the-kill-2';

/** Enough files that a kill at the first sign of writing comes long before the end. */
const COUNT = 200;

const identity = (n: number): string => `identities/${n}.inc`;
const section = (n: number, value: string): string => `[sendemail "i${n}"]\n\tsmtpPass = ${value}\n`;

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer({ users: { [OWNER]: NEW } });
});
afterAll(() => server.stop());

/** A home in which git reads the account's password from many files, one per identity. */
function manyFiles(): Bench {
  const bench = emptyBench();
  const { host, submission, caPem } = server;
  const numbers = Array.from({ length: COUNT }, (_, n) => n);
  fs.mkdirSync(bench.path('identities'));
  fs.writeFileSync(bench.path('../authority.pem'), caPem);
  fs.writeFileSync(
    bench.path('.gitconfig'),
    [
      `[sendemail]\n\tsmtpServer = ${host}\n\tsmtpServerPort = ${submission}\n`,
      `\tsmtpEncryption = tls\n\tsmtpUser = ${OWNER}\n[include]\n`,
      ...numbers.map((n) => `\tpath = ${identity(n)}\n`),
    ].join(''),
  );
  for (const n of numbers) {
    fs.writeFileSync(bench.path(identity(n)), section(n, OLD), { mode: 0o600 });
  }
  return bench;
}

/** Fulfilled at the first file event below a folder that fits. */
function seen(folder: string, fits: (name: string) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const watcher = fs.watch(folder, (_, name) => {
      if (name === null || !fits(name)) return;
      watcher.close();
      resolve();
    });
  });
}

const isTemporary = (name: string): boolean => name.includes('.rekey-');
const leftovers = (bench: Bench): readonly string[] =>
  [...snapshot(bench.home).keys()].filter((name) => isTemporary(path.basename(name)));

/** How many files hold which password. */
function held(bench: Bench): { old: number; new: number } {
  const texts = [...snapshot(bench.home).values()].map(({ bytes }) => bytes.toString('utf8'));
  const count = (password: string): number => texts.filter((text) => text.includes(password)).length;
  return { old: count(OLD), new: count(NEW) };
}

/** Starts an apply and kills it with SIGKILL once something fits; repeated on a fresh home if it was too late. */
async function killed(fits: (name: string) => boolean): Promise<{ bench: Bench; before: Snapshot }> {
  for (let tries = 0; tries < 5; tries += 1) {
    const bench = manyFiles();
    const before = snapshot(bench.home);
    const sign = seen(bench.path('identities'), fits);
    const args = ['apply', '--account', OWNER, '--password-stdin', '--yes'];
    const running = bench.start([...args, '--ca', bench.path('../authority.pem')], `${NEW}\n`);
    await Promise.race([sign, running.ended]);
    running.child.kill('SIGKILL');
    if ((await running.ended).signal === 'SIGKILL') return { bench, before };
    bench[Symbol.dispose]();
  }
  throw new Error('the run was over before it could be killed');
}

const unfinished = ({ result }: Rekeyed): boolean =>
  result().warnings.some(({ kind }) => kind === 'unfinished-run');

describe.each([
  ['while the new files are prepared', isTemporary],
  ['while files are replaced', (name: string) => /^\d+\.inc$/.test(name)],
])('killed %s', (_, fits) => {
  test('every file is whole, status says so, and the next apply finishes it', async () => {
    const { bench } = await killed(fits);
    using _bench = bench;
    const { old, new: written } = held(bench);
    expect(leftovers(bench).length + written).toBeGreaterThan(0);
    expect(old).toBeGreaterThan(0);
    for (let n = 0; n < COUNT; n += 1) {
      const text = fs.readFileSync(bench.path(identity(n)), 'utf8');
      expect([section(n, OLD), section(n, `"${NEW}"`)]).toContain(text);
    }
    const status = await bench.rekey(['status']);
    expect({ code: status.code, unfinished: unfinished(status) }).toEqual({ code: 1, unfinished: true });
    const next = await bench.apply(NEW);
    expect(next.said).toContain('An earlier run was interrupted. Finishing it first');
    expect({ code: next.code, ...held(bench), left: leftovers(bench) }).toEqual({
      code: 0,
      old: 0,
      new: COUNT,
      left: [],
    });
    expect((await bench.rekey(['status'])).code).toBe(0);
  });

  test('recover --back restores every byte, and leaves nothing of its own in the home', async () => {
    const { bench, before } = await killed(fits);
    using _bench = bench;
    expect((await bench.rekey(['recover', '--back'])).code).toBe(0);
    expect(changedFiles(before, snapshot(bench.home))).toEqual([]);
    expect(unfinished(await bench.rekey(['status']))).toBe(false);
  });
});

test('an interrupted run whose key is gone is told, and does not stand in the way of the next', async () => {
  using bench = emptyBench();
  fs.writeFileSync(bench.path('.netrc'), `machine mail.example.org login ${OWNER} password ${OLD}\n`, {
    mode: 0o600,
  });
  fs.writeFileSync(bench.path('.msmtprc'), MSMTPRC, { mode: 0o600 });
  fs.writeFileSync(bench.path('../authority.pem'), server.caPem);
  const first = await bench.apply(NEW, '--without-check');
  const [run = ''] = fs.readdirSync(path.join(bench.state, 'runs'));
  fs.writeFileSync(path.join(bench.state, 'runs', run, 'log'), '');
  fs.rmSync(path.join(bench.state, 'key'));
  const second = await bench.apply('Another-Pass-3', '--without-check');
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(second.result().warnings.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['undo-impossible', 'unfinished-run']),
  );
  expect(fs.readFileSync(bench.path('.netrc'), 'utf8')).toContain('Another-Pass-3');
});

const MSMTPRC = `account a\nhost mail.example.org\nauth on\ntls on\nuser ${OWNER}\npassword ${OLD}\n`;
