import type { ImapFlow } from 'imapflow';
import { problem } from '../../shared/problem.ts';
import { untilStopped, type Attempt, type Verdict } from './attempt.ts';
import { diagnose, type Failure, type Finding } from './diagnosis.ts';
import { marked, picked } from './picked.ts';
import { quoteWithout } from './quote.ts';

/** Enough for a login; a server that sends more is not one we want to read. */
const LIMITS = { maxLineLength: 64 << 10, maxLiteralSize: 64 << 10, maxResponseSize: 1 << 20 };

/** A connection that logs in when it connects. */
export interface Session {
  readonly client: ImapFlow;
  /** True once the library took the password to log in with. */
  readonly asked: () => boolean;
}

/**
 * Tries one password once over IMAP (RFC 9051). `accepted` means that the server answered OK to a login command on
 * a verified TLS connection; Problems are those of `diagnose`, and `cancelled`.
 */
export async function checkImap(attempt: Attempt): Promise<Verdict> {
  const session = await openSession(attempt, { verifyOnly: true });
  try {
    return await logIn(session, attempt);
  } finally {
    session.client.close();
  }
}

/** Connects and logs in. The connection stays open and is the caller's to close, also after a Problem. */
export async function logIn(session: Session, attempt: Attempt): Promise<Verdict> {
  const { endpoint, password } = attempt;
  const work = session.client.connect().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const end = await untilStopped(work, attempt);
  if (end === 'cancelled') return { result: problem('cancelled', endpoint.host), sent: session.asked() };
  const error: unknown = end === 'too-late' ? undefined : end?.error;
  if (isProven(session) && !marked(error, 'authenticationFailed')) return { result: 'accepted', sent: true };
  const failure = end === 'too-late' ? tooLate(session) : failureOf(error, session);
  return diagnose(failure, endpoint.host, quoteWithout(password, endpoint.login));
}

/** A connection that was not made yet; `verifyOnly` leaves again as soon as it is logged in. */
export async function openSession(
  { endpoint, password, trust, timeouts }: Attempt,
  { verifyOnly }: { readonly verifyOnly: boolean },
): Promise<Session> {
  const library = await import('imapflow');
  const secure = endpoint.tls === 'implicit';
  let asked = false;
  const client: ImapFlow = new library.ImapFlow({
    host: endpoint.host,
    port: endpoint.port,
    secure,
    // Left out for implicit TLS: the library refuses both at once. True makes a missing STARTTLS an error.
    ...(secure ? {} : { doSTARTTLS: true }),
    auth: {
      user: endpoint.login,
      // Read by the library when it logs in and not before, so nothing holds the text until then.
      get pass(): string {
        if (!client.secureConnection) return '';
        asked = true;
        return password.useText((text) => text);
      },
    },
    verifyOnly,
    disableAutoIdle: true,
    logger: false,
    // The library would add its own version, vendor and address.
    clientInfo: { name: 'Rekey', version: false, vendor: false, 'support-url': false },
    tls: { secureContext: trust },
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.login,
    ...LIMITS,
  });
  // A late socket error without a listener would end the process.
  client.on('error', () => {});
  return { client, asked: () => asked };
}

/**
 * A PREAUTH greeting lets the library report success with any password, so success counts only if a mechanism was
 * used. The list of mechanisms is not in the library's types; if it ever goes, nothing is proven any more.
 */
function isProven({ client, asked }: Session): boolean {
  const used: unknown = Reflect.get(client, 'authCapabilities');
  return asked() && client.secureConnection && used instanceof Map && [...used.values()].includes(true);
}

const tooLate = (session: Session): Failure => ({
  protocol: 'imap',
  sent: session.asked(),
  finding: 'too-late',
});

function failureOf(error: unknown, session: Session): Failure {
  const code = picked(error, 'code');
  const status = picked(error, 'responseStatus');
  const reason = picked(error, 'serverResponseCode');
  const line = wordsOf(error, status, session);
  const finding = findingOf(error, session, line, status ?? code);
  const sent = session.asked() && finding !== 'no-usable-mechanism';
  return {
    protocol: 'imap',
    sent,
    ...(finding === undefined ? {} : { finding }),
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    ...(reason === undefined ? {} : { reason }),
    ...(line === undefined ? {} : { line }),
  };
}

/** The text of a refusal, of a BYE, or of what came after the login (mailbox not connected). */
function wordsOf(error: unknown, status: string | undefined, { client }: Session): string | undefined {
  if (status !== undefined) return picked(error, 'responseText');
  return (marked(error, 'authenticationFailed') ? picked(error, 'response') : undefined) ?? client.byeReason;
}

function findingOf(
  error: unknown,
  session: Session,
  line: string | undefined,
  named: string | undefined,
): Finding | undefined {
  const { client, asked } = session;
  if (!asked() && client.authenticated !== false) return 'preauthenticated';
  if (named === undefined && marked(error, 'tlsFailed')) return 'starttls-missing';
  if (named === undefined && line === undefined && marked(error, 'authenticationFailed')) {
    return 'no-usable-mechanism';
  }
  if (named === 'GREETING_TIMEOUT' && client.stats().received > 0) return 'foreign-greeting';
  return !asked() && line !== undefined ? 'turned-away' : undefined;
}
