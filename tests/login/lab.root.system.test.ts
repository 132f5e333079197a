import fs from 'node:fs';
import os from 'node:os';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../shared/model.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { openLogin } from '../../electron/login/login.ts';
import { ADDRESSES, type Fault } from '../lab/doors.ts';
import { startLab, type Lab } from '../lab/lab.ts';
import { attempt, detail, verdict, type Tried } from './trial.ts';

const ALICE = 'alice@lab.test';
const PASSWORD = 'nEw: "pass" \\ wörd €';

let lab: Lab;
let ca: string;
beforeAll(async () => {
  lab = await startLab({ users: { [ALICE]: PASSWORD, 'CORP\\bob': 'second' } });
  ca = fs.readFileSync(lab.caFile, 'utf8');
  return () => lab.stop();
});
beforeEach(() => lab.resetAttempts());

/** The doors of Dovecot and Postfix that Rekey asks. */
const doors = () =>
  [
    ['imap', 'implicit', lab.ports.imaps],
    ['imap', 'starttls', lab.ports.imap],
    ['smtp', 'implicit', lab.ports.submissions],
    ['smtp', 'starttls', lab.ports.submission],
  ] as const;

async function everywhere(fault: Fault, password: string): Promise<readonly Tried[]> {
  const tries: Tried[] = [];
  for (const [protocol, tls, port] of doors()) {
    tries.push(
      await attempt(protocol, tls, port, { host: ADDRESSES[fault], login: ALICE, password, ca: [ca] }),
    );
  }
  return tries;
}

test('the right password is accepted everywhere, with one attempt at each door', async () => {
  expect((await everywhere('good', PASSWORD)).map(verdict)).toEqual(Array(4).fill('accepted'));
  expect((await lab.attempts(ALICE)).map(({ verdict }) => verdict)).toEqual(Array(4).fill('accepted'));
});

test('a wrong password is rejected everywhere, with one attempt at each door', async () => {
  expect((await everywhere('good', 'wrong')).map(verdict)).toEqual(Array(4).fill('rejected'));
  expect((await lab.attempts(ALICE)).map(({ verdict }) => verdict)).toEqual(Array(4).fill('rejected'));
});

describe('no attempt is made', () => {
  test.each([
    ['expired', 'expired'],
    ['wrongName', 'another name'],
    ['selfSigned', 'self-signed'],
  ] as const)('behind a certificate that is not trusted (%s)', async (fault, cause) => {
    for (const tried of await everywhere(fault, PASSWORD)) {
      expect(tried).toMatchObject({ result: { kind: 'untrusted-certificate' }, sent: false });
      expect(detail(tried)).toContain(cause);
    }
    expect(await lab.attempts(ALICE)).toEqual([]);
  });

  test('where there is no TLS', async () => {
    for (const [protocol, port] of [
      ['imap', lab.ports.imap],
      ['smtp', lab.ports.submission],
    ] as const) {
      const tried = await attempt(protocol, 'starttls', port, {
        host: ADDRESSES.noTls,
        login: ALICE,
        ca: [ca],
      });
      expect(tried).toMatchObject({ result: { kind: 'tls-missing' }, sent: false });
    }
    expect(await lab.attempts(ALICE)).toEqual([]);
  });

  test('where Postfix offers no AUTH', async () => {
    const tried = await attempt('smtp', 'starttls', lab.ports.noAuth, {
      host: ADDRESSES.good,
      login: ALICE,
      ca: [ca],
    });
    expect(tried).toMatchObject({ result: { kind: 'not-proven' }, sent: false });
    expect(await lab.attempts(ALICE)).toEqual([]);
  });
});

test('a login with a backslash is taken by IMAP and by SMTP', async () => {
  for (const [protocol, tls, port] of doors()) {
    const trial = { host: ADDRESSES.good, login: 'CORP\\bob', password: 'second', ca: [ca] };
    expect(verdict(await attempt(protocol, tls, port, trial))).toBe('accepted');
  }
});

test.each(['implicit', 'starttls'] as const)(
  'a message to oneself goes through Postfix into Dovecot, and is seen there (%s)',
  async (tls) => {
    const host = ADDRESSES.good;
    const implicit = tls === 'implicit';
    const sending: Endpoint = {
      protocol: 'smtp',
      host,
      port: implicit ? lab.ports.submissions : lab.ports.submission,
      tls,
      login: ALICE,
    };
    const reading: Endpoint = {
      ...sending,
      protocol: 'imap',
      port: implicit ? lab.ports.imaps : lab.ports.imap,
    };
    const id = `<${tls}@lab.test>`;
    const letter = { address: ALICE, id, at: new Date(), subject: 'Prüfung €', text: 'Grüße an mich.' };
    using password = Secret.fromText(PASSWORD);
    const run = { signal: new AbortController().signal, report: () => undefined };
    const told = await openLogin({ ca: [ca] }).sendToSelf(letter, { sending, reading }, password, run);
    expect(told).toMatchObject({ result: 'arrived', judged: false });
    const [message = ''] = lab.messages(ALICE).filter((each) => each.includes(id));
    expect(message).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
    expect(message).not.toContain(os.hostname());
    expect(message).not.toContain('nEw:');
    const verdicts = (await lab.attempts(ALICE)).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['accepted', 'accepted']);
  },
);
