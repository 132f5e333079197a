import { describe, expect, test } from 'vitest';
import { diagnose, type Failure } from '../../electron/login/diagnosis.ts';
import { SERVER_TEXTS } from '../../electron/login/server-texts.ts';

/** Lines as servers said them, collected from public transcripts and the servers' sources. */
const TRANSCRIPTS: readonly (readonly [Failure['protocol'], string])[] = [
  ['imap', 'User is authenticated but not connected.'],
  ['imap', 'Basic authentication is disabled.'],
  [
    'smtp',
    "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy.",
  ],
  [
    'smtp',
    '535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully.',
  ],
  ['smtp', '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.'],
  [
    'imap',
    'Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
  ],
  [
    'imap',
    'Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)',
  ],
  ['imap', 'Your account is not enabled for IMAP use. Please visit your Gmail settings page. (Failure)'],
  ['imap', 'password must be changed before IMAP login permitted'],
  ['imap', 'Password expired'],
  ['imap', 'Too many simultaneous connections. (Failure)'],
  ['imap', 'account locked'],
  ['imap', 'Temporary authentication failure. [host:2026-11-21]'],
  ['imap', 'A SSL/TLS-connection is required for authentication.'],
  ['imap', 'AUTHENTICATE failed.'],
  ['pop3', 'Logon failure: unknown user name or bad password.'],
  ['imap', 'Incorrect username, password or access token.'],
  ['imap', 'Login failed: authentication failure'],
];

const kind = (failure: Partial<Failure>): string => {
  const { result } = diagnose(
    { protocol: 'imap', sent: true, ...failure },
    'mail.example.org',
    (line) => line,
  );
  return result === 'accepted' ? result : result.kind;
};

describe('the table of server texts', () => {
  test.each(SERVER_TEXTS.map((row, index) => [row.pattern.source, row, index] as const))(
    'says for /%s/ what a real server means by it',
    (_, row, index) => {
      const heard = TRANSCRIPTS.filter(([protocol, line]) => {
        const first = SERVER_TEXTS.findIndex(
          (each) => (each.protocol === 'any' || each.protocol === protocol) && each.pattern.test(line),
        );
        return first === index;
      });
      expect(heard).not.toEqual([]);
      for (const [protocol, line] of heard) expect(kind({ protocol, status: 'NO', line })).toBe(row.kind);
    },
  );
});

describe('the order of evidence', () => {
  test('a busy server judges nothing, whatever it says besides', () => {
    expect(kind({ status: 'NO', reason: 'UNAVAILABLE', line: 'Invalid user name or password' })).toBe(
      'server-busy',
    );
    expect(kind({ protocol: 'smtp', status: '454', reason: '5.7.8', line: 'wrong password' })).toBe(
      'server-busy',
    );
    expect(kind({ status: 'BAD', code: 'ETHROTTLE', line: 'Invalid user name or password' })).toBe(
      'server-busy',
    );
  });

  test('a defined code stands above the wording', () => {
    expect(kind({ status: 'NO', reason: 'AUTHENTICATIONFAILED', line: 'account locked' })).toBe('rejected');
    expect(kind({ status: 'NO', reason: 'EXPIRED', line: 'LOGIN failed.' })).toBe('expired');
  });

  test('the wording stands above a code that only announces it', () => {
    expect(kind({ status: 'NO', reason: 'ALERT', line: 'password must be changed first' })).toBe(
      'must-change',
    );
  });

  test('what the connection says of itself counts only as long as no password left', () => {
    expect(kind({ sent: false, code: 'ECONNRESET' })).toBe('unreachable');
    expect(kind({ sent: true, code: 'ECONNRESET' })).toBe('outcome-unknown');
    expect(kind({ sent: true, code: 'ERR_SSL_BAD_RECORD_TYPE' })).toBe('outcome-unknown');
  });

  test.each([
    ['CERT_NOT_YET_VALID', 'untrusted-certificate'],
    ['CERT_SIGNATURE_FAILURE', 'untrusted-certificate'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted-certificate'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls-missing'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-missing'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-missing'],
    ['ParserError11', 'not-a-mail-server'],
    ['EAI_AGAIN', 'unreachable'],
    ['EHOSTUNREACH', 'unreachable'],
  ])('%s before the password is %s', (code, expected) => {
    expect(kind({ sent: false, code })).toBe(expected);
  });

  test('an error without any field is unreachable, and unknown once the password is out', () => {
    expect(kind({ sent: false })).toBe('unreachable');
    expect(kind({ sent: true })).toBe('outcome-unknown');
  });
});
