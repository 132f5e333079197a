import { describe, expect, onTestFinished, test } from 'vitest';
import { startSmtpServer, type SmtpScript } from '../doubles/smtp-server.ts';
import { selfSigned } from '../doubles/certificates.ts';
import { DROP, SILENCE, listen, type Listener, type Protection, type Wire } from '../doubles/wire.ts';
import {
  LOGIN,
  PASSWORD,
  attempt,
  authority,
  certificate,
  detail,
  leaked,
  verdict,
  type Trial,
  type Tried,
} from './trial.ts';

interface Case extends Omit<SmtpScript, 'tls'> {
  readonly tls?: 'implicit' | 'starttls';
}

/** One check against one scripted server; what it heard and which logins it saw. */
async function smtp(
  script: Case,
  trial: Trial = {},
): Promise<{ tried: Tried; server: Listener; logins: string[][] }> {
  const logins: string[][] = [];
  const tls = script.tls ?? 'implicit';
  const server = await startSmtpServer({
    certificate,
    ...script,
    tls,
    login: (user, password) => {
      logins.push([user, password]);
      return script.login?.(user, password) ?? '235 2.7.0 accepted';
    },
  });
  onTestFinished(() => server.stop());
  const tried = await attempt('smtp', tls, server.port, trial);
  return { tried, server, logins };
}

async function odd(
  protection: Protection,
  tls: 'implicit' | 'starttls',
  serve: (wire: Wire) => void,
  trial: Trial = {},
): Promise<Tried> {
  const server = await listen(protection, serve);
  onTestFinished(() => server.stop());
  return attempt('smtp', tls, server.port, trial);
}

describe('a password that the server takes', () => {
  test.each([
    ['implicit', 'PLAIN LOGIN'],
    ['implicit', 'NTLM LOGIN'],
    ['starttls', 'PLAIN'],
    ['starttls', 'LOGIN'],
  ] as const)('is accepted over %s TLS with %s after one login', async (tls, mechanisms) => {
    const { tried, logins } = await smtp({ tls, mechanisms });
    expect(tried).toMatchObject({ result: 'accepted', sent: true });
    expect(logins).toEqual([[LOGIN, PASSWORD]]);
  });

  test('never travels in the clear', async () => {
    const { server } = await smtp({ tls: 'starttls' });
    const clear = server.heard.filter(({ secure }) => !secure).map(({ line }) => line.split(' ')[0]);
    expect(clear).toEqual(['EHLO', 'STARTTLS']);
  });

  test('is followed by a goodbye', async () => {
    const { server } = await smtp({});
    await expect.poll(() => server.heard.at(-1)?.line).toBe('QUIT');
  });

  test('is not confused by plain text that was slipped in before TLS', async () => {
    const { tried, logins } = await smtp({ tls: 'starttls', injected: '250-fake\r\n250 AUTH XOAUTH2\r\n' });
    // The injected octets reach the TLS layer or are thrown away; either way no password goes anywhere but to TLS.
    expect(['accepted', 'tls-missing']).toContain(verdict(tried));
    expect(logins).toHaveLength(tried.sent ? 1 : 0);
  });
});

describe('a refused login', () => {
  test('is tried exactly once', async () => {
    const { tried, server, logins } = await smtp({ login: () => '535 5.7.8 Error: authentication failed' });
    expect(tried).toMatchObject({
      result: { kind: 'rejected', subject: '127.0.0.1', detail: '535 5.7.8 Error: authentication failed' },
      sent: true,
    });
    expect(logins).toHaveLength(1);
    expect(server.connections()).toBe(1);
  });

  test.each([
    ['535 5.7.3 Authentication unsuccessful [AM0PR01CA0001]', 'rejected-no-reason'],
    ['535 Authentication credentials invalid', 'rejected-no-reason'],
    [
      '535-5.7.8 Username and Password not accepted. Go to\r\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials',
      'rejected',
    ],
    [
      '534-5.7.9 Application-specific password required. Go to\r\n534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor',
      'app-password-required',
    ],
    [
      '534-5.7.14 <https://accounts.google.com/signin> Please log in via\r\n534-5.7.14 your web browser\r\n534 5.7.14 https://support.google.com/mail/answer/78754',
      'web-login-required',
    ],
    ['534 5.7.9 Mechanism is too weak', 'no-mechanism'],
    [
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled',
      'smtp-auth-disabled',
    ],
    [
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.',
      'smtp-auth-disabled',
    ],
    [
      "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.",
      'basic-auth-disabled',
    ],
    [
      '535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully.',
      'basic-auth-disabled',
    ],
    ['535 5.7.139 Authentication unsuccessful, basic authentication is disabled.', 'basic-auth-disabled'],
    ['535 5.7.139 Something new', 'basic-auth-disabled'],
    ['550 5.7.30 Basic authentication is not supported for Client Submission.', 'basic-auth-disabled'],
    ['535 5.7.0 Your account has been disabled', 'account-blocked'],
    ['525 5.7.13 User account disabled', 'account-blocked'],
    ['504 5.7.4 Unrecognized authentication type', 'no-mechanism'],
    ['503 5.5.1 Error: authentication not enabled', 'no-mechanism'],
    ['530 5.7.0 Must issue a STARTTLS command first', 'tls-missing'],
    ['538 5.7.11 Encryption required', 'tls-missing'],
    ['454 4.7.0 Temporary authentication failure', 'server-busy'],
    ['450 4.7.1 Error: too many AUTH commands', 'server-busy'],
    ['421 4.7.0 Too many login attempts', 'server-busy'],
    ['432 4.7.12 A password transition is needed', 'server-busy'],
    ['250 2.0.0 Whatever', 'not-proven'],
    ['334 ', 'no-mechanism'],
    ['nonsense', 'outcome-unknown'],
  ])('%s means %s', async (reply, kind) => {
    const { tried, logins } = await smtp({ login: () => reply });
    expect(verdict(tried)).toBe(kind);
    expect(tried.sent).toBe(true);
    expect(logins).toHaveLength(1);
  });
});

describe('a server that offers no safe login gets no password', () => {
  test.each([
    ['no AUTH', '', 'not-proven'],
    ['NTLM and GSSAPI only', 'NTLM GSSAPI', 'no-mechanism'],
    ['XOAUTH2 only', 'XOAUTH2', 'no-mechanism'],
    ['CRAM-MD5 only', 'CRAM-MD5', 'no-mechanism'],
  ])('%s', async (_, mechanisms, kind) => {
    const { tried, server } = await smtp({ mechanisms });
    expect(tried).toMatchObject({ result: { kind }, sent: false });
    expect(leaked(server.heard)).toBe(false);
  });

  test('no STARTTLS', async () => {
    const server = await startSmtpServer({ tls: 'none' });
    onTestFinished(() => server.stop());
    const tried = await attempt('smtp', 'starttls', server.port);
    expect(tried).toMatchObject({ result: { kind: 'tls-missing' }, sent: false });
    expect(leaked(server.heard)).toBe(false);
  });

  test('the mechanism refused', async () => {
    const { tried, server } = await smtp({
      mechanisms: 'LOGIN',
      beforePassword: '504 5.7.4 Unrecognized type',
    });
    expect(tried).toMatchObject({ result: { kind: 'no-mechanism' }, sent: false });
    expect(leaked(server.heard)).toBe(false);
  });

  test('EHLO refused', async () => {
    const { tried, server } = await smtp({ tls: 'starttls', ehlo: '502 5.5.1 what?' });
    expect(tried).toMatchObject({ result: { kind: 'tls-missing' }, sent: false });
    expect(leaked(server.heard)).toBe(false);
  });
});

describe('a certificate that is not trusted', () => {
  const DAY = 86_400_000;
  const ago = (days: number): Date => new Date(Date.now() - days * DAY);

  test.each([
    ['unknown issuer', async () => certificate, { ca: [] }],
    ['self-signed', () => selfSigned({ ips: ['127.0.0.1'] }), {}],
    ['expired', () => authority.issue({ ips: ['127.0.0.1'], notBefore: ago(9), notAfter: ago(2) }), {}],
    ['issued for another name', () => authority.issue({ names: ['other.example'] }), {}],
  ] as const)('is named: %s', async (cause, make, trial) => {
    for (const tls of ['implicit', 'starttls'] as const) {
      const { tried, server } = await smtp({ tls, certificate: await make() }, trial);
      expect(tried).toMatchObject({ result: { kind: 'untrusted-certificate' }, sent: false });
      expect(detail(tried)).toContain(cause);
      expect(leaked(server.heard)).toBe(false);
    }
  });
});

describe('a server that does not answer', () => {
  test.each([
    ['implicit', 'CONNECT_TIMEOUT'],
    ['starttls', 'GREETING_TIMEOUT'],
  ] as const)('from the start is unreachable (%s)', async (tls, code) => {
    const greeting = tls === 'implicit' ? 90_000 : 600;
    const tried = await odd({ tls: 'none' }, tls, () => {}, {
      timeouts: { connect: 600, greeting, all: 90_000 },
    });
    expect(tried).toMatchObject({ result: { kind: 'unreachable', detail: code }, sent: false });
  });

  test('after the password leaves the outcome unknown', async () => {
    const { tried } = await smtp({ login: () => SILENCE }, { timeouts: { login: 1_500 } });
    expect(tried).toMatchObject({ result: { kind: 'outcome-unknown' }, sent: true });
  });

  test('or hangs up after the password leaves the outcome unknown', async () => {
    const { tried } = await smtp({ login: () => DROP });
    expect(tried).toMatchObject({ result: { kind: 'outcome-unknown' }, sent: true });
  });

  test('or hangs up before the password came has not judged it', async () => {
    const { tried, server } = await smtp({ mechanisms: 'LOGIN', beforePassword: DROP });
    expect(tried).toMatchObject({ result: { kind: 'unreachable' }, sent: false });
    expect(leaked(server.heard)).toBe(false);
  });

  test('because nothing listens is unreachable', async () => {
    const server = await startSmtpServer({ tls: 'none' });
    await server.stop();
    const tried = await attempt('smtp', 'implicit', server.port);
    expect(tried).toMatchObject({ result: { kind: 'unreachable', detail: 'ECONNREFUSED' }, sent: false });
  });

  test('because its name does not exist is unreachable', async () => {
    const tried = await attempt('smtp', 'implicit', 465, { host: 'no-such-host.invalid' });
    expect(tried).toMatchObject({ result: { kind: 'unreachable' }, sent: false });
  });

  test('or closes without a word is unreachable', async () => {
    const tried = await odd({ tls: 'implicit', certificate }, 'implicit', (wire) => wire.drop());
    expect(tried).toMatchObject({ result: { kind: 'unreachable' }, sent: false });
  });
});

describe('what answers is', () => {
  test.each([
    ['a web server', 'HTTP/1.1 400 Bad Request'],
    ['a shell', 'SSH-2.0-OpenSSH_9.2'],
    ['an IMAP server', '* OK IMAP4rev1 ready'],
  ])('%s and no SMTP server', async (_, banner) => {
    const tried = await odd({ tls: 'implicit', certificate }, 'implicit', (wire) => wire.say(banner));
    expect(tried).toMatchObject({ result: { kind: 'not-a-mail-server', detail: banner }, sent: false });
  });

  test('a server without TLS where TLS was expected', async () => {
    const tried = await odd({ tls: 'none' }, 'implicit', (wire) => wire.say('220 ready'));
    expect(tried).toMatchObject({ result: { kind: 'tls-missing' }, sent: false });
  });

  test('busy: it turns everybody away', async () => {
    const { tried } = await smtp({ greeting: '421 4.3.2 Service not available' });
    expect(tried).toMatchObject({
      result: { kind: 'server-busy', detail: '421 4.3.2 Service not available' },
      sent: false,
    });
  });

  test('closed to us', async () => {
    const { tried } = await smtp({ greeting: '554 5.7.1 No mail from you' });
    expect(tried).toMatchObject({ result: { kind: 'unreachable' }, sent: false });
  });
});

test('a server that repeats the password is not quoted', async () => {
  for (const echo of [PASSWORD, Buffer.from(`\0${LOGIN}\0${PASSWORD}`).toString('base64')]) {
    const { tried } = await smtp({ login: () => `535 5.7.8 you said ${echo}` });
    expect(verdict(tried)).toBe('rejected');
    expect(JSON.stringify(tried)).not.toContain(echo);
    expect(detail(tried)).toBeUndefined();
  }
});
