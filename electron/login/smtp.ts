import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { CustomAuthenticationContext } from 'nodemailer/lib/smtp-connection';
import { problem } from '../../shared/problem.ts';
import { untilStopped, type Attempt, type Verdict } from './attempt.ts';
import { diagnose, type Failure, type Finding } from './diagnosis.ts';
import { picked } from './picked.ts';
import { quoteWithout } from './quote.ts';

/** The name under which the library finds our exchange; never sent. */
const METHOD = 'REKEY';

/** How long a server may take to close after us before its socket is dropped. */
const CLOSING = 500;

/** A connection with the outcome of its login. */
export interface Session {
  readonly connection: SMTPConnection;
  readonly outcome: PromiseWithResolvers<Failure | undefined>;
  /** How long connecting may take, in milliseconds. */
  readonly patience: number;
  sent: boolean;
}

/**
 * Tries one password once over SMTP submission (RFC 4954, RFC 8314). The library's own `verify` accepts any
 * password where no AUTH is offered, and its own login sends PLAIN to servers that only offer NTLM; so the exchange
 * is ours, and the password leaves only over verified TLS and for a mechanism that the server named.
 * Problems are those of `diagnose`, and `cancelled`.
 */
export async function checkSmtp(attempt: Attempt): Promise<Verdict> {
  const { endpoint, password } = attempt;
  const session = await openSession(attempt);
  try {
    const end = await untilStopped(logIn(session), attempt);
    if (end === undefined) return { result: 'accepted', sent: true };
    if (end === 'cancelled') return { result: problem('cancelled', endpoint.host), sent: session.sent };
    const failure: Failure =
      end === 'too-late' ? { protocol: 'smtp', sent: session.sent, finding: 'too-late' } : end;
    return diagnose(failure, endpoint.host, quoteWithout(password, endpoint.login));
  } finally {
    leave(session.connection);
  }
}

/** A connection that was not made yet. It is the caller's to leave. */
export async function openSession(attempt: Attempt): Promise<Session> {
  const { endpoint, trust, timeouts } = attempt;
  const library = await import('nodemailer/lib/smtp-connection');
  const secure = endpoint.tls === 'implicit';
  const connection = new library.default({
    host: endpoint.host,
    port: endpoint.port,
    secure,
    requireTLS: !secure,
    // The library would say this computer's name, which every recipient of a message could read.
    name: '[127.0.0.1]',
    logger: false,
    tls: { secureContext: trust },
    // The library counts the greeting as part of connecting; our own timer watches the connection alone.
    connectionTimeout: timeouts.connect + timeouts.greeting,
    dnsTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.login,
    socketCloseTimeout: CLOSING,
    customAuth: {
      [METHOD]: async (context) => {
        const refused = await authenticate(context, attempt, session);
        if (refused) session.outcome.resolve(refused);
      },
    },
  });
  const session: Session = {
    connection,
    outcome: Promise.withResolvers(),
    patience: timeouts.connect,
    sent: false,
  };
  return session;
}

/** Connects and logs in; nothing where that was accepted. */
export async function logIn(session: Session): Promise<Failure | undefined> {
  const { connection, outcome } = session;
  const slow = setTimeout(() => giveUpConnecting(session), session.patience);
  const broken = (error: unknown): void => outcome.resolve(brokenOff(error, session.sent));
  connection.on('error', broken);
  // A reply that closes the connection (421) ends it before our exchange sees the reply.
  connection.on('end', () => setImmediate(broken, { code: 'ECONNECTION' }));
  connection.connect((error?: unknown) => {
    if (error) return broken(error);
    const finding = unfit(connection);
    if (finding) return outcome.resolve({ protocol: 'smtp', sent: false, finding });
    connection.login({ method: METHOD }, (failed?: unknown) => {
      if (failed) broken(failed);
      else outcome.resolve(undefined);
    });
  });
  return outcome.promise.finally(() => clearTimeout(slow));
}

/** What is missing before a password may leave. */
function unfit(connection: SMTPConnection): Finding | undefined {
  if (!connection.secure) return 'starttls-missing';
  return connection.allowsAuth ? undefined : 'no-auth-offered';
}

async function authenticate(
  context: CustomAuthenticationContext,
  { endpoint, password }: Attempt,
  session: Session,
): Promise<Failure | undefined> {
  const ask = async (line: string): Promise<string> => (await context.sendCommand(line)).response;
  const askSecret = (line: string): Promise<string> => {
    session.sent = true;
    return ask(line);
  };
  if (context.authMethods.includes('PLAIN')) {
    const name = Buffer.from(`\0${endpoint.login}\0`);
    const blob = password.use((bytes) => Buffer.concat([name, bytes]).toString('base64'));
    return refusalIn(await askSecret(`AUTH PLAIN ${blob}`), true);
  }
  if (!context.authMethods.includes('LOGIN')) {
    return { protocol: 'smtp', sent: false, finding: 'no-usable-mechanism' };
  }
  for (const line of ['AUTH LOGIN', Buffer.from(endpoint.login).toString('base64')]) {
    const reply = await ask(line);
    if (!/^334\b/.test(reply)) return refusalIn(reply, false);
  }
  return refusalIn(await askSecret(password.use((bytes) => bytes.toString('base64'))), true);
}

/** Nothing where the reply is 235, the only one that accepts (RFC 4954 section 4). */
function refusalIn(reply: string, sent: boolean): Failure | undefined {
  const [, status, reason] = /^(\d{3})(?:[ -](\d\.\d{1,3}\.\d{1,3})\b)?/.exec(reply) ?? [];
  if (status === '235') return undefined;
  return {
    protocol: 'smtp',
    sent,
    line: unfolded(reply),
    ...(status === undefined ? {} : { status }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** A reply of several lines as one, with the codes of the first (RFC 5321 section 4.2.1). */
const unfolded = (reply: string): string => reply.replace(/\r?\n\d{3}[ -](\d\.\d{1,3}\.\d{1,3} +)?/g, ' ');

/** A connection that ended by itself, at any point. */
export function brokenOff(error: unknown, sent: boolean): Failure {
  // The library's own code says only where it happened; the system's and the timer's say what.
  const code = picked(error, 'originalCode') ?? picked(error, 'timeoutType') ?? picked(error, 'code');
  const line = picked(error, 'response');
  const status = picked(error, 'responseCode');
  const finding = sent ? undefined : findingOf(picked(error, 'command'), line, status);
  return {
    protocol: 'smtp',
    sent,
    ...(finding === undefined ? {} : { finding }),
    ...(code === undefined ? {} : { code }),
    ...(line === undefined ? {} : { line }),
    ...(status === undefined ? {} : { status }),
  };
}

function findingOf(
  command: string | undefined,
  line: string | undefined,
  status: string | undefined,
): Finding | undefined {
  if (line === undefined) return undefined;
  if (status === undefined) return 'foreign-greeting';
  // EHLO refused is an error only where STARTTLS was required, which HELO cannot offer.
  const upgrading = command === 'STARTTLS' || command === 'EHLO';
  return upgrading && status.startsWith('5') ? 'starttls-missing' : 'turned-away';
}

function giveUpConnecting({ connection, outcome }: Session): void {
  if (connection.stage === 'init') outcome.resolve(brokenOff({ code: 'CONNECT_TIMEOUT' }, false));
}

/** Says goodbye where that is still possible. */
export function leave(connection: SMTPConnection): void {
  if (connection.authenticated) connection.quit();
  connection.close();
}
