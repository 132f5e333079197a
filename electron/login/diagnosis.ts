import type { Endpoint } from '../../shared/model.ts';
import { problem, type ProblemKind } from '../../shared/problem.ts';
import type { Verdict } from './attempt.ts';
import type { Quote } from './quote.ts';
import { SERVER_TEXTS } from './server-texts.ts';

/** What we saw ourselves, without the server naming it. */
export type Finding =
  | 'preauthenticated'
  | 'no-auth-offered'
  | 'no-usable-mechanism'
  | 'starttls-missing'
  | 'foreign-greeting'
  | 'turned-away'
  | 'too-late';

/** What was picked from a library's error. Never the error itself: it may hold certificates, commands, circles. */
export interface Failure {
  readonly protocol: Endpoint['protocol'];
  /** The password may have left. */
  readonly sent: boolean;
  readonly finding?: Finding;
  /** The code of the network, of TLS or of the library. */
  readonly code?: string;
  /** How the server refused: `NO`, `BAD` or an SMTP reply code. */
  readonly status?: string;
  /** A response code of RFC 5530 or an enhanced status code of RFC 3463. */
  readonly reason?: string;
  /** The server's words. */
  readonly line?: string;
}

interface Cause {
  readonly kind: ProblemKind;
  readonly detail?: string | undefined;
}

/**
 * Names a failed login. The order decides: the connection, then answers that judge nothing (a busy server), then
 * the codes that servers define themselves, then their wording, and last the bare refusal. An error that a library
 * calls an authentication failure is none of these by itself: imapflow and nodemailer say so for busy servers, for
 * limits, and where nothing was sent.
 */
export function diagnose(failure: Failure, host: string, quote: Quote): Verdict {
  const cause = causeOf(failure);
  const words = failure.line === undefined ? undefined : quote(failure.line);
  return { result: problem(cause.kind, host, words ?? cause.detail), sent: failure.sent };
}

function causeOf(failure: Failure): Cause {
  if (failure.finding !== undefined) return findingCause(failure.finding, failure);
  if (failure.status !== undefined) return { kind: refusalKind(failure, failure.status) };
  const said = textKind(failure);
  if (said !== undefined) return { kind: said };
  if (failure.sent) return { kind: 'outcome-unknown', detail: failure.code };
  return connectionCause(failure.code);
}

function findingCause(finding: Finding, failure: Failure): Cause {
  switch (finding) {
    case 'preauthenticated':
      return { kind: 'not-proven', detail: 'the server asked for no password' };
    case 'no-auth-offered':
      return { kind: 'not-proven', detail: 'the server offers no sign-in' };
    case 'no-usable-mechanism':
      return { kind: 'no-mechanism', detail: 'the server offers no sign-in by password' };
    case 'starttls-missing':
      return { kind: 'tls-missing', detail: 'the server does not offer STARTTLS' };
    case 'foreign-greeting':
      return { kind: 'not-a-mail-server' };
    case 'turned-away':
      return { kind: failure.status?.startsWith('5') ? 'unreachable' : (textKind(failure) ?? 'server-busy') };
    case 'too-late':
      return { kind: failure.sent ? 'outcome-unknown' : 'unreachable', detail: 'no answer in time' };
  }
}

/** Why a chain was not accepted, by Node's names for OpenSSL's verify results (doc/api/tls.md). */
const CERTIFICATE_CAUSES: Readonly<Record<string, string>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown issuer',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown issuer',
  CERT_UNTRUSTED: 'unknown issuer',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not yet valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'issued for another name',
  HOSTNAME_MISMATCH: 'issued for another name',
  CERT_REVOKED: 'revoked',
};

const OTHER_CERTIFICATE_CODE = /^(CERT_|CRL_|INVALID_(CA|PURPOSE)|PATH_LENGTH_|UNABLE_TO_)/;
const OLD_TLS = /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/;
/** imapflow's codes for bytes that are no IMAP response. */
const NOT_IMAP =
  /^(ParserError|InvalidResponse|UnexpectedTag|MissingTag|LineTooLarge|LiteralTooLarge|ResponseTooLarge|TooManyTokens)/;

function connectionCause(code: string | undefined): Cause {
  if (code === undefined) return { kind: 'unreachable' };
  const certificate = CERTIFICATE_CAUSES[code];
  if (certificate !== undefined) return { kind: 'untrusted-certificate', detail: `${certificate} (${code})` };
  if (OTHER_CERTIFICATE_CODE.test(code))
    return { kind: 'untrusted-certificate', detail: `not accepted (${code})` };
  if (OLD_TLS.test(code)) return { kind: 'tls-missing', detail: `only outdated TLS (${code})` };
  if (code === 'STARTTLS_INJECTION')
    return { kind: 'tls-missing', detail: `plain text slipped in before TLS (${code})` };
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO')
    return { kind: 'tls-missing', detail: `no TLS here (${code})` };
  if (NOT_IMAP.test(code)) return { kind: 'not-a-mail-server', detail: code };
  return { kind: 'unreachable', detail: code };
}

function refusalKind(failure: Failure, status: string): ProblemKind {
  const { reason = '', code } = failure;
  if (code === 'ETHROTTLE' || status.startsWith('4') || JUDGES_NOTHING.has(reason)) return 'server-busy';
  // Friendly, but not the one reply that accepts a login.
  if (status.startsWith('2')) return 'not-proven';
  return (
    DECISIVE_CODES[reason] ??
    textKind(failure) ??
    VAGUE_CODES[reason] ??
    STATUS_KINDS[status] ??
    'rejected-no-reason'
  );
}

/** RFC 5530 section 3: the server had other reasons than the password. */
const JUDGES_NOTHING: ReadonlySet<string> = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG']);

/** RFC 5530 section 3; RFC 4954 section 6, RFC 5248 and Exchange's own enhanced codes. */
const DECISIVE_CODES: Readonly<Record<string, ProblemKind>> = {
  AUTHENTICATIONFAILED: 'rejected',
  // The password was right; the mailbox that the login name asks for is not this user's.
  AUTHORIZATIONFAILED: 'mailbox-unavailable',
  EXPIRED: 'expired',
  PRIVACYREQUIRED: 'tls-missing',
  CONTACTADMIN: 'account-blocked',
  '5.7.3': 'rejected-no-reason',
  '5.7.4': 'no-mechanism',
  '5.7.8': 'rejected',
  '5.7.11': 'tls-missing',
  '5.7.13': 'account-blocked',
  '5.7.30': 'basic-auth-disabled',
};

/** Codes that come with an explanation, which is asked first. */
const VAGUE_CODES: Readonly<Record<string, ProblemKind>> = {
  WEBALERT: 'web-login-required',
  '5.7.9': 'no-mechanism',
  '5.7.139': 'basic-auth-disabled',
};

/** The bare refusal: RFC 9051 section 7.1 (BAD is a command that was not understood), RFC 4954 section 6. */
const STATUS_KINDS: Readonly<Record<string, ProblemKind>> = {
  BAD: 'no-mechanism',
  '334': 'no-mechanism',
  '500': 'no-mechanism',
  '501': 'no-mechanism',
  '502': 'no-mechanism',
  '503': 'no-mechanism',
  '504': 'no-mechanism',
  '530': 'tls-missing',
  '534': 'no-mechanism',
  '538': 'tls-missing',
};

function textKind({ line, protocol }: Failure): ProblemKind | undefined {
  if (line === undefined) return undefined;
  return SERVER_TEXTS.find(
    (text) => (text.protocol === 'any' || text.protocol === protocol) && text.pattern.test(line),
  )?.kind;
}
