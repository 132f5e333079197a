import { describe, expect, onTestFinished, test } from 'vitest';
import { startImapServer, type ImapScript } from '../doubles/imap-server.ts';
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

interface Case extends Omit<ImapScript, 'tls'> {
  readonly tls?: Protection['tls'];
}

/** One check against one scripted server; what it heard and which logins it saw. */
async function imap(
  script: Case,
  trial: Trial = {},
): Promise<{ tried: Tried; server: Listener; logins: string[][] }> {
  const logins: string[][] = [];
  const tls = script.tls ?? 'implicit';
  const server = await startImapServer({
    certificate,
    ...script,
    tls,
    login: (user, password) => {
      logins.push([user, password]);
      return script.login?.(user, password) ?? 'OK done';
    },
  });
  onTestFinished(() => server.stop());
  const tried = await attempt('imap', tls === 'none' ? 'starttls' : tls, server.port, trial);
  return { tried, server, logins };
}

async function odd(protection: Protection, trial: Trial, serve: (wire: Wire) => void): Promise<Tried> {
  const server = await listen(protection, serve);
  onTestFinished(() => server.stop());
  return attempt('imap', protection.tls === 'none' ? 'starttls' : protection.tls, server.port, trial);
}

describe('a password that the server takes', () => {
  test.each(['implicit', 'starttls'] as const)('is accepted over %s TLS after one login', async (tls) => {
    const { tried, logins } = await imap({ tls });
    expect(tried).toMatchObject({ result: 'accepted', sent: true });
    expect(logins).toEqual([[LOGIN, PASSWORD]]);
  });

  test('goes out as LOGIN where the name has a backslash, as Exchange needs it', async () => {
    const { tried, logins, server } = await imap({}, { login: 'LAB\\alice' });
    expect(verdict(tried)).toBe('accepted');
    expect(logins).toEqual([['LAB\\alice', PASSWORD]]);
    expect(server.heard.some(({ line }) => / LOGIN /.test(line))).toBe(true);
  });

  test('is accepted where the server dies right after saying OK', async () => {
    const { tried } = await imap({ namespace: 'BYE' });
    expect(verdict(tried)).toBe('accepted');
  });

  test('never travels in the clear', async () => {
    const { server } = await imap({ tls: 'starttls' });
    const clear = server.heard.filter(({ secure }) => !secure).map(({ line }) => line.split(' ')[1]);
    expect(clear).toEqual(['CAPABILITY', 'STARTTLS']);
  });
});

describe('a refused login', () => {
  test('is tried exactly once', async () => {
    const { tried, server, logins } = await imap({
      login: () => 'NO [AUTHENTICATIONFAILED] Authentication failed.',
    });
    expect(tried).toMatchObject({
      result: { kind: 'rejected', subject: '127.0.0.1', detail: 'Authentication failed.' },
      sent: true,
    });
    expect(logins).toHaveLength(1);
    expect(server.connections()).toBe(1);
  });

  test.each([
    ['NO [AUTHORIZATIONFAILED] Not your mailbox', 'mailbox-unavailable'],
    ['NO [EXPIRED] Password expired.', 'expired'],
    ['NO [PRIVACYREQUIRED] Plaintext authentication disallowed', 'tls-missing'],
    ['NO [CONTACTADMIN] Ask the desk', 'account-blocked'],
    ['NO [ALERT] account locked', 'account-blocked'],
    ['NO [ALERT] Please read the notice', 'rejected-no-reason'],
    ['NO [UNAVAILABLE] Temporary authentication failure.', 'server-busy'],
    ['NO [INUSE] Mailbox in use', 'server-busy'],
    ['NO [LIMIT] Maximum number of connections from user+IP exceeded', 'server-busy'],
    ['NO [SERVERBUG] Internal error', 'server-busy'],
    ['NO Basic authentication is disabled.', 'basic-auth-disabled'],
    [
      'NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
      'app-password-required',
    ],
    [
      'NO [WEBALERT https://accounts.google.com/signin/continue?x=y] Web login required.',
      'web-login-required',
    ],
    ['NO [ALERT] Please log in via your web browser (Failure)', 'web-login-required'],
    ['NO [ALERT] Your account is not enabled for IMAP use.', 'protocol-disabled'],
    ['NO account does not have IMAP access enabled', 'protocol-disabled'],
    ['NO [ALERT] password must be changed before IMAP login permitted', 'must-change'],
    ['NO [ALERT] Too many simultaneous connections. (Failure)', 'server-busy'],
    ['NO [ALERT] account undergoing maintenance; please try again later', 'server-busy'],
    ['NO LOGIN failed.', 'rejected-no-reason'],
    ['NO AUTHENTICATE failed.', 'rejected-no-reason'],
    ['NO authentication failed', 'rejected-no-reason'],
    ['NO Login failed: authentication failure', 'rejected'],
    ['NO Incorrect username, password or access token.', 'rejected'],
    ['NO Invalid user name or password. Please use full email address as user name.', 'rejected'],
    ['BAD A SSL/TLS-connection is required for authentication.', 'tls-missing'],
    ['BAD Goodbye', 'server-busy'],
    ['BAD Unknown command', 'no-mechanism'],
    ['NO', 'rejected-no-reason'],
  ])('%s means %s', async (login, kind) => {
    const { tried, logins } = await imap({ login: () => login });
    expect(verdict(tried)).toBe(kind);
    expect(tried.sent).toBe(true);
    expect(logins).toHaveLength(1);
  });

  test('is told apart from throttling, which judges nothing', async () => {
    const { tried } = await imap({
      login: () => 'BAD Request is throttled. Suggested Backoff Time: 50 milliseconds',
    });
    expect(verdict(tried)).toBe('server-busy');
  });

  test('is told apart from a mailbox that cannot be opened with the right password', async () => {
    const { tried } = await imap({ namespace: 'BAD User is authenticated but not connected.' });
    expect(verdict(tried)).toBe('mailbox-unavailable');
    expect(detail(tried)).toContain('authenticated but not connected');
  });
});

describe('a server that offers no safe login gets no password', () => {
  test('PREAUTH proves nothing', async () => {
    const { tried, server } = await imap({ greeting: '* PREAUTH welcome' });
    expect(tried).toMatchObject({ result: { kind: 'not-proven' }, sent: false });
    expect(leaked(server.heard)).toBe(false);
  });

  test('nor does PREAUTH where STARTTLS was required', async () => {
    const { tried, server } = await imap({ tls: 'starttls', greeting: '* PREAUTH welcome' });
    expect(tried).toMatchObject({ result: { kind: 'not-proven' }, sent: false });
    expect(leaked(server.heard)).toBe(false);
  });

  test.each([
    ['LOGINDISABLED', 'IMAP4rev1 LOGINDISABLED'],
    ['NTLM and GSSAPI only', 'IMAP4rev1 LOGINDISABLED AUTH=NTLM AUTH=GSSAPI'],
    ['XOAUTH2 only', 'IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2'],
  ])('%s', async (_, capabilities) => {
    const { tried, server } = await imap({ capabilities });
    expect(tried).toMatchObject({ result: { kind: 'no-mechanism' }, sent: false });
    expect(leaked(server.heard)).toBe(false);
  });

  test('no STARTTLS', async () => {
    const { tried, server } = await imap({ tls: 'none' });
    expect(tried).toMatchObject({ result: { kind: 'tls-missing' }, sent: false });
    expect(leaked(server.heard)).toBe(false);
  });

  test('plain text that was slipped in before TLS', async () => {
    const { tried, server } = await imap({
      tls: 'starttls',
      injected: '* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n',
    });
    expect(tried).toMatchObject({ result: { kind: 'tls-missing' }, sent: false });
    expect(leaked(server.heard)).toBe(false);
  });

  test('an endpoint without TLS is not even connected to', async () => {
    const server = await startImapServer({ tls: 'none' });
    onTestFinished(() => server.stop());
    const tried = await attempt('imap', 'none', server.port);
    expect(tried).toMatchObject({ result: { kind: 'tls-missing' }, sent: false });
    expect(server.connections()).toBe(0);
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
      const { tried, server } = await imap({ tls, certificate: await make() }, trial);
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
    const server = await listen({ tls: 'none' }, () => {});
    onTestFinished(() => server.stop());
    const tried = await attempt('imap', tls, server.port, { timeouts: { connect: 600, greeting: 600 } });
    expect(tried).toMatchObject({ result: { kind: 'unreachable', detail: code }, sent: false });
  });

  test('after the password leaves the outcome unknown', async () => {
    const { tried } = await imap({ login: () => SILENCE }, { timeouts: { login: 1_500 } });
    expect(tried).toMatchObject({ result: { kind: 'outcome-unknown' }, sent: true });
  });

  test('or hangs up after the password leaves the outcome unknown', async () => {
    const { tried } = await imap({ login: () => DROP });
    expect(tried).toMatchObject({ result: { kind: 'outcome-unknown' }, sent: true });
  });

  test('or hangs up at the login command may have heard the password', async () => {
    const { tried } = await imap({ beforePassword: DROP });
    expect(tried).toMatchObject({ result: { kind: 'outcome-unknown' }, sent: true });
  });

  test('in the time for all of it, however busy it looks', async () => {
    const tried = await odd({ tls: 'implicit', certificate }, { timeouts: { all: 1_500 } }, (wire) => {
      wire.say('* OK ready');
      const dripping = setInterval(
        () => (wire.closed ? clearInterval(dripping) : wire.say('* OK still here')),
        50,
      );
    });
    expect(tried).toMatchObject({ result: { kind: 'unreachable' }, sent: false });
  });

  test('because nothing listens is unreachable', async () => {
    const server = await startImapServer({ tls: 'none' });
    await server.stop();
    const tried = await attempt('imap', 'implicit', server.port);
    expect(tried).toMatchObject({ result: { kind: 'unreachable', detail: 'ECONNREFUSED' }, sent: false });
  });

  test('because its name does not exist is unreachable', async () => {
    const tried = await attempt('imap', 'implicit', 993, { host: 'no-such-host.invalid' });
    expect(tried).toMatchObject({ result: { kind: 'unreachable' }, sent: false });
  });

  test('or closes without a word is unreachable', async () => {
    expect(verdict(await odd({ tls: 'implicit', certificate }, {}, (wire) => wire.drop()))).toBe(
      'unreachable',
    );
  });
});

describe('what answers is', () => {
  test.each([
    ['a web server', 'HTTP/1.1 400 Bad Request'],
    ['a shell', 'SSH-2.0-OpenSSH_9.2'],
    ['an SMTP server', '220 mail.example.org ESMTP'],
  ])('%s and no IMAP server', async (_, banner) => {
    const tried = await odd({ tls: 'implicit', certificate }, { timeouts: { greeting: 400 } }, (wire) =>
      wire.say(banner),
    );
    expect(tried).toMatchObject({ result: { kind: 'not-a-mail-server' }, sent: false });
  });

  test('a server without TLS where TLS was expected', async () => {
    const server = await listen({ tls: 'none' }, (wire) => wire.say('* OK ready'));
    onTestFinished(() => server.stop());
    const tried = await attempt('imap', 'implicit', server.port);
    expect(tried).toMatchObject({ result: { kind: 'tls-missing' }, sent: false });
  });

  test('busy: it says goodbye first', async () => {
    const { tried } = await imap({ greeting: '* BYE Too many connections' });
    expect(tried).toMatchObject({
      result: { kind: 'server-busy', detail: 'Too many connections' },
      sent: false,
    });
  });
});

test('a server that repeats the password is not quoted', async () => {
  for (const echo of [PASSWORD, Buffer.from(`\0${LOGIN}\0${PASSWORD}`).toString('base64')]) {
    const { tried } = await imap({ login: () => `NO [ALERT] you said ${echo}` });
    expect(verdict(tried)).toBe('rejected-no-reason');
    expect(JSON.stringify(tried)).not.toContain(echo);
    expect(detail(tried)).toBeUndefined();
  }
});

test('a server that floods is cut off', async () => {
  const tried = await odd({ tls: 'implicit', certificate }, {}, (wire) => {
    wire.say('* OK ready', `* CAPABILITY ${'X'.repeat(200_000)}`);
  });
  expect(tried.sent).toBe(false);
  expect(verdict(tried)).toBe('not-a-mail-server');
});
