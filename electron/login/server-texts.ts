import type { Endpoint } from '../../shared/model.ts';
import type { ProblemKind } from '../../shared/problem.ts';

/** What one wording of a server means. */
export interface ServerText {
  readonly pattern: RegExp;
  readonly protocol: Endpoint['protocol'] | 'any';
  readonly kind: ProblemKind;
  /** The server that says so, and where its wording is known from. */
  readonly source: string;
}

/** The first row that matches decides: narrow wordings stand above the ones that they contain. */
export const SERVER_TEXTS: readonly ServerText[] = [
  {
    pattern: /authenticated but not connected/i,
    protocol: 'any',
    kind: 'mailbox-unavailable',
    source: 'Exchange IMAP and POP3 after a login that was accepted',
  },
  {
    pattern: /basic authentication is (disabled|not supported)/i,
    protocol: 'any',
    kind: 'basic-auth-disabled',
    source: 'Outlook.com and Exchange Online; holon-run/uxc #445',
  },
  {
    pattern: /locked by your organi[sz]ation's security defaults policy/i,
    protocol: 'smtp',
    kind: 'basic-auth-disabled',
    source: 'Exchange Online 5.7.139: a policy, no lockout',
  },
  {
    pattern: /did not meet the criteria to be authenticated/i,
    protocol: 'smtp',
    kind: 'basic-auth-disabled',
    source: 'Exchange Online 5.7.139: conditional access',
  },
  {
    pattern: /SmtpClientAuthentication is disabled/i,
    protocol: 'smtp',
    kind: 'smtp-auth-disabled',
    source: 'Exchange Online 5.7.139, for the tenant or for the mailbox',
  },
  {
    pattern: /application-specific password required|InvalidSecondFactor/i,
    protocol: 'any',
    kind: 'app-password-required',
    source: 'Gmail IMAP [ALERT] and SMTP 5.7.9; support.google.com/accounts/answer/185833',
  },
  {
    pattern: /web login required|log ?in (via|with|through) your web browser/i,
    protocol: 'any',
    kind: 'web-login-required',
    source: 'Gmail IMAP [WEBALERT] and SMTP 5.7.14',
  },
  {
    pattern: /not enabled for (imap|pop)|does not have (imap|pop3?) access enabled|yet to enable (imap|pop)/i,
    protocol: 'any',
    kind: 'protocol-disabled',
    source: 'Gmail, Zimbra ImapHandler.java, Zoho',
  },
  {
    pattern: /password must be changed|must change (your|the) password/i,
    protocol: 'any',
    kind: 'must-change',
    source: 'Zimbra ImapHandler.java',
  },
  { pattern: /password (has |is )?expired/i, protocol: 'any', kind: 'expired', source: 'Dovecot, Zimbra' },
  {
    pattern: /too many .{0,40}(connections|logins|attempts)|maintenance|^goodbye\.?$/i,
    protocol: 'any',
    kind: 'server-busy',
    source: 'Gmail, Zimbra ImapHandler.java, hMailServer IMAPCommandLogin.cpp (address banned)',
  },
  {
    pattern:
      /\baccount\b.{0,40}\b(locked|disabled|blocked|suspended)|(locked|disabled|blocked) (user|account)/i,
    protocol: 'any',
    kind: 'account-blocked',
    source: 'Dovecot nologin reasons, lockout policies',
  },
  {
    pattern: /temporar(y|ily)|try again later/i,
    protocol: 'any',
    kind: 'server-busy',
    source: 'Dovecot, Exchange (KB 979174), Zimbra',
  },
  {
    pattern: /SSL\/TLS-connection is required|must issue a STARTTLS/i,
    protocol: 'any',
    kind: 'tls-missing',
    source: 'hMailServer IMAPCommandLogin.cpp, Postfix smtpd',
  },
  {
    pattern: /^(LOGIN|AUTHENTICATE) failed\.?$/i,
    protocol: 'imap',
    kind: 'rejected-no-reason',
    source: 'Exchange (jstedfast/MailKit #483, #731) and Zimbra: wrong, locked, expired or IMAP switched off',
  },
  {
    pattern: /logon failure: unknown user name or bad password/i,
    protocol: 'pop3',
    kind: 'rejected-no-reason',
    source: 'Exchange POP3',
  },
  {
    pattern: /(invalid|incorrect) user ?name(,| or) (password|access)/i,
    protocol: 'any',
    kind: 'rejected',
    source: 'hMailServer IMAPCommandLogin.cpp, Fastmail (rustmailer/bichon #152), Yahoo (OfflineIMAP #688)',
  },
  {
    pattern: /login failed: authentication failure/i,
    protocol: 'imap',
    kind: 'rejected',
    source: 'Cyrus IMAP',
  },
];
