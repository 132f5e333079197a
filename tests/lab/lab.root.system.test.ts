import fs from 'node:fs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADDRESSES, type Fault } from './doors.ts';
import { knock, urlOf, WAYS, type Way } from './knock.ts';
import { startLab, type Lab } from './lab.ts';
import { run } from './program.ts';
import { until } from './until.ts';

const ALICE = 'alice@lab.test';
const PASSWORD = 'first pass "1"';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ users: { [ALICE]: PASSWORD, 'CORP\\bob': 'second' } });
  return () => lab.stop();
});
beforeEach(() => {
  lab.resetAttempts();
  lab.lockout({ mode: 'none', threshold: 0 });
});

interface As {
  readonly login?: string;
  readonly password?: string;
}

const at = (fault: Fault, way: Way): string => urlOf(ADDRESSES[fault], way, lab.ports);

const logIn = (url: string, { login = ALICE, password = PASSWORD }: As = {}): Promise<string> =>
  knock(lab, url, login, password);

describe.each(WAYS)('at the %s door', (way) => {
  test('the right password is accepted and a wrong one costs one attempt', async () => {
    expect(await logIn(at('good', way))).toBe('accepted');
    expect(await logIn(at('good', way), { password: 'wrong' })).toBe('rejected');
    const protocol = way.startsWith('submission') ? 'smtp' : way.slice(0, 4);
    expect(await lab.attempts(ALICE)).toEqual([
      { protocol, verdict: 'accepted' },
      { protocol, verdict: 'rejected' },
    ]);
  });

  test.each(['expired', 'wrongName', 'selfSigned'] as const)('the %s certificate is seen', async (fault) => {
    expect(await logIn(at(fault, way))).toBe('untrusted');
    expect(await lab.attempts(ALICE)).toEqual([]);
  });
});

test.each(['imap', 'pop3', 'submission'] as const)('the %s door has a side without STARTTLS', async (way) => {
  expect(await logIn(at('noTls', way))).toBe('no TLS');
  expect(await lab.attempts(ALICE)).toEqual([]);
});

test('one SMTP door takes no logins and one port is closed', async () => {
  const { out } = await run('curl', [
    '-sv',
    '--cacert',
    lab.caFile,
    '--ssl-reqd',
    '-X',
    'EHLO probe',
    '--stderr',
    '-',
    `smtp://${ADDRESSES.good}:${lab.ports.noAuth}`,
  ]);
  expect(out).toContain('STARTTLS');
  expect(out).not.toContain('AUTH');
  expect(await logIn(`imaps://${ADDRESSES.good}:${lab.ports.closed}`)).toBe('nobody there');
});

test('a login with a backslash reaches its mailbox', async () => {
  expect(await logIn(at('good', 'imaps'), { login: 'CORP\\bob', password: 'second' })).toBe('accepted');
  expect(await lab.attempts('corp\\bob')).toHaveLength(1);
});

test('a reset password is the only one accepted once the reset has resolved', async () => {
  for (const password of ['new é 1', 'new é 2', 'new é 3', 'new é 4']) {
    await lab.setPassword('CORP\\bob', password);
    expect(await logIn(at('good', 'imaps'), { login: 'CORP\\bob', password })).toBe('accepted');
  }
  expect(await logIn(at('good', 'submissions'), { login: 'CORP\\bob', password: 'new é 1' })).toBe(
    'rejected',
  );
});

test('Active Directory counts every wrong password, and locks at every door', async () => {
  lab.lockout({ mode: 'ad', threshold: 2 });
  await logIn(at('good', 'imaps'), { password: 'wrong' });
  await logIn(at('good', 'submissions'), { password: 'wrong' });
  expect(await logIn(at('good', 'pop3s'))).toBe('rejected');
  expect((await lab.attempts(ALICE)).map(({ verdict }) => verdict)).toEqual([
    'rejected',
    'rejected',
    'refused',
  ]);
  lab.unlock(ALICE);
  expect(await logIn(at('good', 'pop3s'))).toBe('accepted');
});

test('Entra counts the same wrong password once', async () => {
  lab.lockout({ mode: 'entra', threshold: 2 });
  for (const password of ['wrong', 'wrong', 'wrong']) await logIn(at('good', 'imaps'), { password });
  expect(await logIn(at('good', 'imaps'))).toBe('accepted');
  for (const password of ['wrong', 'other']) await logIn(at('good', 'imaps'), { password });
  expect(await logIn(at('good', 'imaps'))).toBe('rejected');
});

test('a sent message arrives in the mailbox and is read over IMAP', async () => {
  const message = 'Subject: proof\r\n\r\nIt arrived.\r\n';
  const letter = `${lab.dir}/letter`;
  const secrets = `${lab.dir}/curlrc`;
  fs.writeFileSync(letter, message);
  fs.writeFileSync(secrets, `user = "${ALICE}:${PASSWORD.replaceAll('"', '\\"')}"\n`);
  const curl = ['-sS', '-K', secrets, '--cacert', lab.caFile];
  const addressed = ['--mail-from', ALICE, '--mail-rcpt', ALICE, '-T', letter];
  const sent = await run('curl', [...curl, ...addressed, at('good', 'submissions')]);
  expect(sent).toMatchObject({ code: 0 });
  await until('the message', () => lab.messages(ALICE).length === 1);
  const read = await run('curl', [...curl, `${at('good', 'imaps')}/INBOX;MAILINDEX=1`]);
  expect(read.out).toContain('It arrived.');
});

/** Processes that work in the folder or were started with it. */
const processesOf = (dir: string): string[] =>
  fs.readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const cwd = fs.readlinkSync(`/proc/${pid}/cwd`);
      return cwd.startsWith(dir) || fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dir);
    } catch {
      // ended while we looked
      return false;
    }
  });

test('a second lab runs beside the first, and leaves nothing behind', async () => {
  const other = await startLab({ users: { [ALICE]: 'another' } });
  const door = `imaps://${other.addresses.good}:${other.ports.imaps}`;
  const running = processesOf(other.dir).length;
  await other.stop();
  expect(running).toBeGreaterThan(4);
  expect(processesOf(other.dir)).toEqual([]);
  expect(fs.existsSync(other.dir)).toBe(false);
  expect(await logIn(door)).toBe('nobody there');
  expect(await logIn(at('good', 'imaps'))).toBe('accepted');
});
