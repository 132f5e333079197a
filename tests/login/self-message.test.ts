import { describe, expect, onTestFinished, test } from 'vitest';
import type { Endpoint, Progress } from '../../shared/model.ts';
import type { Letter } from '../../electron/engine/ports.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { TIMEOUTS, type Timeouts } from '../../electron/login/attempt.ts';
import { openLogin } from '../../electron/login/login.ts';
import { startImapServer, type ImapScript } from '../doubles/imap-server.ts';
import { Mailbox } from '../doubles/mailbox.ts';
import { startMailServer } from '../doubles/mail-server.ts';
import { startSmtpServer, type Message, type SmtpScript } from '../doubles/smtp-server.ts';
import { DROP, SILENCE } from '../doubles/wire.ts';
import { authority, certificate, LOGIN, PASSWORD } from './trial.ts';

const LETTER: Letter = {
  address: LOGIN,
  id: '<5fe1c0@example.org>',
  at: new Date('2026-11-21T09:00:00Z'),
  subject: 'Prüfung: das neue Passwort gilt',
  text: 'Diese Nachricht ging über Ihre Server.\n.\nZu Ende.',
};

interface Bench {
  readonly ca?: string;
  readonly timeouts?: Partial<Timeouts>;
  readonly signal?: AbortSignal;
  readonly report?: (fact: Progress) => void;
}

async function sendOver(sending: Endpoint, reading: Endpoint | undefined, bench: Bench = {}) {
  const post = openLogin({ ca: [bench.ca ?? authority.caPem], timeouts: { ...TIMEOUTS, ...bench.timeouts } });
  using password = Secret.fromText(PASSWORD);
  const signal = bench.signal ?? new AbortController().signal;
  const run = { signal, report: bench.report ?? (() => undefined) };
  return await post.sendToSelf(LETTER, { sending, ...(reading ? { reading } : {}) }, password, run);
}

const at = (protocol: Endpoint['protocol'], port: number, tls: Endpoint['tls'] = 'implicit'): Endpoint => ({
  protocol,
  host: '127.0.0.1',
  port,
  tls,
  login: LOGIN,
});

/** A server for sending and one for reading, joined by an inbox unless the script says otherwise. */
async function servers(smtp: Partial<SmtpScript> = {}, imap: Partial<ImapScript> = {}) {
  const inbox = new Mailbox();
  const taken: Message[] = [];
  const deliver = (message: Message): void => {
    taken.push(message);
    inbox.deliver(message.text);
  };
  const sending = await startSmtpServer({ tls: 'implicit', certificate, deliver, ...smtp });
  const reading = await startImapServer({ tls: 'implicit', certificate, inbox: () => inbox, ...imap });
  onTestFinished(() => sending.stop());
  onTestFinished(() => reading.stop());
  return { sending, reading, inbox, taken };
}

const kindOf = ({ result }: Awaited<ReturnType<typeof sendOver>>): string =>
  typeof result === 'string' ? result : result.kind;

test.each(['implicit', 'starttls'] as const)('a message is sent and seen to arrive (%s)', async (tls) => {
  const mail = await startMailServer({ users: { [LOGIN]: PASSWORD }, delivers: true });
  onTestFinished(() => mail.stop());
  const facts: Progress[] = [];
  const sending = at('smtp', tls === 'implicit' ? mail.smtps : mail.submission, tls);
  const reading = at('imap', tls === 'implicit' ? mail.imaps : mail.imap, tls);
  const told = await sendOver(sending, reading, { ca: mail.caPem, report: (fact) => facts.push(fact) });
  expect(told).toEqual({ result: 'arrived', ms: expect.any(Number), judged: false });
  expect(facts).toEqual([
    { kind: 'message', stage: 'sending' },
    { kind: 'message', stage: 'waiting' },
    { kind: 'messaged', message: { result: 'arrived', ms: told.ms } },
  ]);
  expect(mail.attempts(LOGIN)).toEqual({ accepted: 2, rejected: 0 });
});

test('the message is plain, marked as generated, and says nothing about this computer', async () => {
  const { sending, taken } = await servers();
  await sendOver(at('smtp', sending.port), undefined);
  expect(taken).toHaveLength(1);
  const [message] = taken;
  expect(message).toMatchObject({ user: LOGIN, from: LOGIN, to: [LOGIN] });
  const [head = '', body = ''] = (message?.text ?? '').split('\r\n\r\n');
  const fields = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  expect(fields.map((field) => field.slice(0, field.indexOf(':'))).sort()).toEqual([
    'Auto-Submitted',
    'Content-Transfer-Encoding',
    'Content-Type',
    'Date',
    'From',
    'MIME-Version',
    'Message-ID',
    'Subject',
    'To',
  ]);
  expect(fields).toContain('Auto-Submitted: auto-generated');
  expect(fields).toContain(`Message-ID: ${LETTER.id}`);
  expect(fields).toContain('Date: Sat, 21 Nov 2026 09:00:00 +0000');
  expect(fields).toContain('Content-Type: text/plain; charset=utf-8');
  expect(decoded(body).trim().split('\r\n')).toEqual(LETTER.text.split('\n'));
  expect(sending.heard.filter(({ line }) => line.startsWith('EHLO')).map(({ line }) => line)).toEqual([
    'EHLO [127.0.0.1]',
  ]);
});

const decoded = (text: string): string =>
  Buffer.from(
    text
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

test('without a server for reading it is sent, and nothing more can be said', async () => {
  const { sending, taken } = await servers();
  expect(kindOf(await sendOver(at('smtp', sending.port), undefined))).toBe('sent');
  expect(taken).toHaveLength(1);
});

test('a server for reading that cannot be reached now does not hold the message up', async () => {
  const { sending, reading, taken } = await servers();
  await reading.stop();
  expect(kindOf(await sendOver(at('smtp', sending.port), at('imap', reading.port)))).toBe('sent');
  expect(taken).toHaveLength(1);
});

test('a message that was in the inbox before does not count, and one that comes late is late', async () => {
  const { sending, reading, inbox } = await servers({ deliver: () => undefined });
  inbox.deliver(`Message-ID: ${LETTER.id}\r\n\r\nan older one`);
  const told = await sendOver(at('smtp', sending.port), at('imap', reading.port), {
    timeouts: { arrival: 300 },
  });
  expect(told.result).toEqual({ kind: 'message-late', subject: '127.0.0.1', detail: '0' });
});

/** The message is delivered only after somebody looked for it in vain. */
class SlowMailbox extends Mailbox {
  readonly #waiting: string[] = [];

  override deliver(message: string): void {
    this.#waiting.push(message);
  }

  override search(...query: Parameters<Mailbox['search']>): readonly number[] {
    const found = super.search(...query);
    for (const message of this.#waiting.splice(0)) super.deliver(message);
    return found;
  }
}

test.each([
  ['tells of new messages', 'IMAP4rev1 AUTH=PLAIN IDLE'],
  ['never tells of new messages', 'IMAP4rev1 AUTH=PLAIN'],
])('a message that takes its time is seen where the server %s', async (_, capabilities) => {
  const slow = new SlowMailbox();
  const deliver = ({ text }: Message): void => slow.deliver(text);
  const { sending, reading } = await servers({ deliver }, { inbox: () => slow, capabilities });
  expect(kindOf(await sendOver(at('smtp', sending.port), at('imap', reading.port)))).toBe('arrived');
});

describe('cancelling', () => {
  test('while the message is on its way ends the wait, not the fact that it was sent', async () => {
    const cancel = new AbortController();
    const { sending, reading, taken } = await servers({ deliver: (message) => void taken.push(message) });
    const told = await sendOver(at('smtp', sending.port), at('imap', reading.port), {
      signal: cancel.signal,
      report: (fact) => {
        if (fact.kind === 'message' && fact.stage === 'waiting') cancel.abort();
      },
    });
    expect(kindOf(told)).toBe('sent');
    expect(taken).toHaveLength(1);
  });

  test('before it is sent sends nothing', async () => {
    const { sending, reading, taken } = await servers();
    const signal = AbortSignal.abort();
    expect(kindOf(await sendOver(at('smtp', sending.port), at('imap', reading.port), { signal }))).toBe(
      'message-cancelled',
    );
    expect(kindOf(await sendOver(at('smtp', sending.port), undefined, { signal }))).toBe('message-cancelled');
    expect(taken).toEqual([]);
    expect([sending.connections(), reading.connections()]).toEqual([0, 0]);
  });
});

describe('a message that is not taken', () => {
  test.each<[string, Partial<SmtpScript>, string]>([
    ['by policy', { mail: '550 5.7.1 Sender address rejected: not owned by user' }, 'message-refused'],
    ['for its recipient', { recipient: '554 5.7.1 Relay access denied' }, 'message-refused'],
    ['after its text', { message: '554 5.6.0 Message looks like spam' }, 'message-refused'],
    ['for its size', { message: '552 5.3.4 Message too big' }, 'message-too-large'],
    ['for a full mailbox', { recipient: '552 5.2.2 Mailbox full' }, 'mailbox-full'],
    ['for now', { mail: '451 4.7.1 Try again later' }, 'server-busy'],
    ['without a word', { message: DROP }, 'unreachable'],
  ])('%s', async (_, script, kind) => {
    const { sending, reading, taken } = await servers(script);
    const told = await sendOver(at('smtp', sending.port), at('imap', reading.port));
    expect(kindOf(told)).toBe(kind);
    expect(told.judged).toBe(false);
    expect(taken).toEqual([]);
  });

  test('in time', async () => {
    const { sending } = await servers({ mail: SILENCE });
    const told = await sendOver(at('smtp', sending.port), undefined, { timeouts: { all: 1000 } });
    expect(kindOf(told)).toBe('unreachable');
  });

  test('because the login is refused now: one try, and it is known to count', async () => {
    const { sending, reading } = await servers({ login: () => '535 5.7.8 Authentication failed.' });
    const told = await sendOver(at('smtp', sending.port), at('imap', reading.port));
    expect([kindOf(told), told.judged]).toEqual(['rejected', true]);
    const refusing = await servers({}, { login: () => 'NO [AUTHENTICATIONFAILED] Authentication failed.' });
    const first = await sendOver(at('smtp', refusing.sending.port), at('imap', refusing.reading.port));
    expect([kindOf(first), first.judged]).toEqual(['rejected', true]);
    expect(refusing.sending.connections()).toBe(0);
  });
});

test('a server that repeats the password does not get it into what is told', async () => {
  const echo = `550 5.7.1 no ${PASSWORD}`;
  const { sending, reading } = await servers({ mail: echo });
  const told = await sendOver(at('smtp', sending.port), at('imap', reading.port));
  expect(JSON.stringify(told)).not.toContain('pass');
  expect(kindOf(told)).toBe('message-refused');
});
