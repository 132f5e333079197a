import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAuthority } from '../doubles/certificates.ts';
import { startImapServer } from '../doubles/imap-server.ts';
import { PEOPLE, type Servers } from '../doubles/mail-home.ts';
import { startMailServer, type MailServer } from '../doubles/mail-server.ts';
import { changedFiles, snapshot, writtenFiles } from '../doubles/snapshot.ts';
import { startSmtpServer } from '../doubles/smtp-server.ts';
import { SILENCE, type Answer, type Listener } from '../doubles/wire.ts';
import { APPLY, emptyBench, makeBench, outcomesOf, OWNER, type Bench } from './installed.ts';

const OLD = PEOPLE.owner.password;
const NEW = 'Reset-by-the-server-1';
const WRONG = 'Never-the-right-one-2';

const LOGINS = /^\.thunderbird\/\w+\.default\/logins\.json$/;

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer({ users: { [OWNER]: NEW } });
});
afterAll(() => server.stop());

/** Servers that say what they are told to, for what a well-behaved one never says. */
async function scripted(says: { imap?: () => Answer; smtp?: () => Answer }) {
  const authority = await makeAuthority();
  const certificate = await authority.issue({ ips: ['127.0.0.1'] });
  const imap = says.imap ? { login: says.imap } : {};
  const smtp = says.smtp ? { login: says.smtp } : {};
  const imaps = await startImapServer({ tls: 'implicit', certificate, ...imap });
  const smtps = await startSmtpServer({ tls: 'implicit', certificate, ...smtp });
  const submission = await startSmtpServer({ tls: 'starttls', certificate, ...smtp });
  const listeners: readonly Listener[] = [imaps, smtps, submission];
  const servers: Servers & { caPem: string } = {
    host: '127.0.0.1',
    imaps: imaps.port,
    smtps: smtps.port,
    submission: submission.port,
    caPem: authority.caPem,
  };
  return {
    servers,
    [Symbol.asyncDispose]: async () => void (await Promise.all(listeners.map((each) => each.stop()))),
  };
}

/** Runs `act` and expects that no file of the home was written by it. */
async function untouched<T>(bench: Bench, act: () => Promise<T>): Promise<T> {
  const before = snapshot(bench.home);
  const value = await act();
  expect(writtenFiles(before, snapshot(bench.home))).toEqual([]);
  return value;
}

describe('accepted', () => {
  test('0: every place is written and verified; undo restores every byte', async () => {
    using bench = makeBench(server);
    const before = snapshot(bench.home);
    const applied = await bench.apply(NEW);
    const { targets, ...rest } = applied.result();
    expect({ code: applied.code, ...rest }).toMatchObject({ code: 0, changed: true, failed: false });
    const written = targets.filter(({ outcome }) => outcome === 'written');
    expect(written).toHaveLength(9);
    expect(written.every(({ verified, state }) => verified === true && state === 'current')).toBe(true);
    expect(rest.check?.map(({ protocol, result }) => `${protocol} ${result}`)).toEqual([
      'imap accepted',
      'smtp accepted',
      'smtp accepted',
    ]);
    const undone = await bench.rekey(['undo']);
    expect(undone.code).toBe(0);
    expect(changedFiles(before, snapshot(bench.home))).toEqual([]);
  });

  test('0: check logs in and writes nothing', async () => {
    using bench = makeBench(server);
    const args = ['check', '--account', OWNER, '--password-stdin', '--ca', `${bench.home}/../authority.pem`];
    const checked = await untouched(bench, () => bench.rekey(args, `${NEW}\n`));
    expect({ code: checked.code, ...checked.result() }).toMatchObject({
      code: 0,
      changed: false,
      targets: [],
    });
  });

  test('0: a missing password is added where asked for, and undo takes the file away', async () => {
    using bench = makeBench(server);
    const before = snapshot(bench.home);
    const applied = await bench.apply(NEW, '--add-missing');
    expect(applied.code).toBe(0);
    expect(Object.keys(outcomesOf(applied, bench.home))).toHaveLength(9);
    expect(new Set(applied.result().targets.map(({ outcome }) => outcome))).toEqual(new Set(['written']));
    expect(changedFiles(before, snapshot(bench.home)).some((name) => name.includes('.spare/'))).toBe(true);
    expect((await bench.rekey(['undo'])).code).toBe(0);
    expect(changedFiles(before, snapshot(bench.home))).toEqual([]);
  });
});

describe('not accepted: nothing is written', () => {
  test('3: a wrong password costs one attempt at one door', async () => {
    using bench = makeBench(server);
    const used = server.attempts(OWNER);
    const refused = await untouched(bench, () => bench.apply(WRONG));
    expect({ code: refused.code, ...refused.result() }).toMatchObject({
      code: 3,
      changed: false,
      failed: true,
      reason: { kind: 'rejected' },
      check: [{ protocol: 'imap', result: 'rejected' }],
    });
    expect(server.attempts(OWNER)).toEqual({ accepted: used.accepted, rejected: used.rejected + 1 });
  });

  test.each([
    [3, 'must-change', 'NO Password must be changed'],
    [3, 'expired', 'NO [EXPIRED] Password expired'],
    [3, 'rejected-no-reason', 'NO LOGIN failed.'],
    [5, 'server-busy', 'NO [UNAVAILABLE] Temporary authentication failure.'],
    [8, 'account-blocked', 'NO Account is locked.'],
    [11, 'app-password-required', 'NO [ALERT] Application-specific password required'],
  ])('%i: the server says %s', async (code, kind, answer) => {
    await using double = await scripted({ imap: () => answer });
    using bench = makeBench(double.servers);
    const refused = await untouched(bench, () => bench.apply(NEW));
    expect({ code: refused.code, kind: refused.result().reason?.kind }).toEqual({ code, kind });
  });

  test('3: reading accepts and sending refuses without a known reason', async () => {
    await using double = await scripted({ smtp: () => '535 5.7.8 Authentication failed.' });
    using bench = makeBench(double.servers);
    const { code, result } = await untouched(bench, () => bench.apply(NEW));
    expect({ code, kind: result().reason?.kind }).toEqual({ code: 3, kind: 'sending-refused' });
  });

  test('5: no server answers', async () => {
    const gone = await startMailServer({ users: {} });
    await gone.stop();
    using bench = makeBench(gone);
    const { code, result } = await untouched(bench, () => bench.apply(NEW));
    expect({ code, kind: result().reason?.kind }).toEqual({ code: 5, kind: 'unreachable' });
  });

  test('0: servers that are named, not numbered', async () => {
    const server = await startMailServer({ users: { [OWNER]: NEW } });
    using bench = makeBench(server);
    const named = ['--imap', `localhost:${server.imap}:starttls`, '--smtp', `localhost:${server.smtps}:tls`];
    const trust = ['--ca', bench.path('../authority.pem')];
    const { code } = await bench.rekey(
      ['check', '--account', OWNER, '--password-stdin', ...named, ...trust],
      `${NEW}\n`,
    );
    await server.stop();
    expect({ code, attempts: server.attempts(OWNER) }).toEqual({
      code: 0,
      attempts: { accepted: 2, rejected: 0 },
    });
  });

  test.each(['imap', 'smtp'])('5: the name of the %s server is not known', async (protocol) => {
    using bench = emptyBench();
    const server = ['--imap', 'reading.invalid:993', '--smtp', 'sending.invalid:465'];
    const asked = protocol === 'imap' ? server.slice(0, 2) : server.slice(2);
    const line = protocol === 'imap' ? MBSYNCRC : MSMTPRC;
    fs.writeFileSync(bench.path(protocol === 'imap' ? '.mbsyncrc' : '.msmtprc'), line, { mode: 0o600 });
    const args = ['check', '--account', OWNER, '--password-stdin', ...asked];
    const { code, result } = await bench.rekey(args, `${NEW}\n`);
    expect({ code, kind: result().reason?.kind }).toEqual({ code: 5, kind: 'unreachable' });
  });

  test('5: the certificate is not trusted, and the password is not sent', async () => {
    using bench = makeBench(server);
    const used = server.attempts(OWNER);
    const { code, result } = await untouched(bench, () => bench.rekey([...APPLY], `${NEW}\n`));
    expect({ code, kind: result().reason?.kind }).toEqual({ code: 5, kind: 'untrusted-certificate' });
    expect(server.attempts(OWNER)).toEqual(used);
  });

  test('8: the third try in a row is not sent', async () => {
    using bench = makeBench(server);
    const used = server.attempts(OWNER);
    const codes = [];
    for (let tries = 0; tries < 3; tries += 1) codes.push((await bench.apply(WRONG)).code);
    expect(codes).toEqual([3, 3, 8]);
    expect(server.attempts(OWNER).rejected).toBe(used.rejected + 2);
  });

  test('11: an account that signs in with a token asks no server', async () => {
    using bench = makeBench(server);
    const args = ['apply', '--account', PEOPLE.tokenLogin, '--yes'];
    const { code, result } = await untouched(bench, () => bench.rekey(args));
    expect({ code, ...result() }).toMatchObject({ code: 11, changed: false, failed: false });
    expect(result().check).toBeUndefined();
  });
});

describe('accepted, but not everywhere', () => {
  test('4: sending by password is switched off: reading is written, sending is not', async () => {
    const off =
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.';
    await using double = await scripted({ smtp: () => off });
    using bench = makeBench(double.servers);
    const applied = await bench.apply(NEW);
    expect({ code: applied.code, ...applied.result() }).toMatchObject({
      code: 4,
      changed: true,
      failed: true,
    });
    for (const { protocols, outcome, reason, state } of applied.result().targets) {
      if (state === 'missing') continue;
      const sends = protocols.includes('smtp');
      expect([outcome, reason?.kind]).toEqual(
        sends ? ['failed', 'smtp-auth-disabled'] : ['written', undefined],
      );
    }
  });

  test('4: a format without a spelling for the password', async () => {
    const quoted = 'back\\slash and "quotes"';
    await using double = await scripted({});
    using bench = makeBench(double.servers);
    const applied = await bench.apply(quoted);
    expect(applied.code).toBe(4);
    expect(outcomesOf(applied, bench.home)).toMatchObject({
      '.netrc': 'failed: format-cannot-hold',
      '.authinfo': 'failed: format-cannot-hold',
      '.msmtprc': 'written',
    });
  });

  test('7: Thunderbird is open: its profile waits, the rest is written', async () => {
    using bench = makeBench(server);
    const name = [...snapshot(bench.home).keys()].find((each) => LOGINS.test(each)) ?? '';
    const holder = await hold(path.join(path.dirname(bench.path(name)), '.parentlock'));
    const waiting = await bench.apply(NEW);
    holder.stdin.end();
    await once(holder, 'close');
    expect(waiting.code).toBe(7);
    expect(outcomesOf(waiting, bench.home)).toMatchObject({
      [name]: 'deferred: client-running',
      '.msmtprc': 'written',
    });
    const again = await bench.apply(NEW);
    expect(again.code).toBe(0);
    expect(outcomesOf(again, bench.home)).toMatchObject({ [name]: 'written', '.msmtprc': 'unchanged' });
  });

  test('9: a place that was edited since keeps its edit, the others are restored', async () => {
    using bench = makeBench(server);
    const before = snapshot(bench.home);
    expect((await bench.apply(NEW)).code).toBe(0);
    fs.appendFileSync(bench.path('.netrc'), 'machine other.example login me password mine\n');
    const edited = fs.readFileSync(bench.path('.netrc'), 'utf8');
    const undone = await bench.rekey(['undo']);
    expect(undone.code).toBe(9);
    expect(outcomesOf(undone, bench.home)).toMatchObject({
      '.netrc': 'changed: changed',
      '.msmtprc': 'written',
    });
    expect(fs.readFileSync(bench.path('.netrc'), 'utf8')).toBe(edited);
    expect(changedFiles(before, snapshot(bench.home))).toEqual(['.netrc']);
  });
});

/** A process that holds the lock that Thunderbird takes: SQLite locks with fcntl(2), as Thunderbird does. */
async function hold(file: string) {
  const script = `const {DatabaseSync}=require('node:sqlite');new DatabaseSync(process.argv[1]).exec('begin exclusive');console.log('held');process.stdin.resume()`;
  const holder = spawn(process.execPath, ['-e', script, file], { stdio: ['pipe', 'pipe', 'ignore'] });
  await once(holder.stdout, 'data');
  return holder;
}

describe('a profile behind a primary password', () => {
  const PROFILE = '.thunderbird/abcd1234.default-default';
  const ALICE = 'alice@example.org';

  test.each([
    [7, 'is not given', {}],
    [7, 'is wrong', { unlock: 'not this one' }],
    [0, 'is given', { unlock: 'Über geheim' }],
  ])('%i: it %s', async (code, _, { unlock }: { unlock?: string }) => {
    await using double = await scripted({});
    using bench = emptyBench();
    const fixture = path.join(import.meta.dirname, '../stores/thunderbird/primary-password-new-salt/home');
    fs.cpSync(fixture, bench.home, { recursive: true });
    fs.writeFileSync(bench.path('../authority.pem'), double.servers.caPem);
    const { imaps, smtps } = double.servers;
    const manifest = {
      account: ALICE,
      password: NEW,
      servers: { imap: `127.0.0.1:${imaps}:tls`, smtp: `127.0.0.1:${smtps}:tls` },
      ...(unlock === undefined ? {} : { unlocks: { [bench.path(PROFILE)]: unlock } }),
    };
    const args = ['apply', '--manifest', '-', '--yes', '--ca', bench.path('../authority.pem')];
    const ran = await bench.rekey(args, JSON.stringify(manifest));
    expect({ code: ran.code, ...ran.result() }).toMatchObject({ code, changed: code === 0 });
  });
});

describe('while the server keeps silent', () => {
  test('12 for a second run, and 10 for the first when it is interrupted; nothing is written', async () => {
    const reached = Promise.withResolvers<void>();
    await using double = await scripted({ imap: () => (reached.resolve(), SILENCE) });
    using bench = makeBench(double.servers);
    await untouched(bench, async () => {
      const first = bench.start([...APPLY, '--ca', bench.path('../authority.pem')], `${OLD}\n`);
      await Promise.race([reached.promise, first.ended]);
      const second = await bench.apply(NEW);
      expect({ code: second.code, ...second.result() }).toMatchObject({
        code: 12,
        reason: { kind: 'run-active' },
      });
      first.child.kill('SIGINT');
      const ended = await first.ended;
      expect({ code: ended.code, ...ended.result() }).toMatchObject({
        code: 10,
        changed: false,
        reason: { kind: 'cancelled' },
      });
    });
  });
});

const MBSYNCRC = `IMAPAccount a\nHost reading.invalid\nUser ${OWNER}\nPass ${OLD}\nSSLType IMAPS\n`;
const MSMTPRC = `account a\nhost sending.invalid\nauth on\ntls on\nuser ${OWNER}\npassword ${OLD}\n`;
