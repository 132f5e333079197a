import { problem, type Problem, type ProblemKind } from '../../shared/problem.ts';
import type { Letter } from '../engine/ports.ts';
import { untilStopped, type Attempt } from './attempt.ts';
import { diagnose, type Failure } from './diagnosis.ts';
import { composed } from './letter.ts';
import { quoteWithout, type Quote } from './quote.ts';
import { brokenOff, leave, logIn, openSession, type Session } from './smtp.ts';

/** Why a message was not sent; `judged` where it was the login that failed, which the budget may have to know. */
export interface Unsent {
  readonly problem: Problem;
  readonly judged: boolean;
}

type Failed = { readonly step: 'login' | 'message'; readonly failure: Failure };

/**
 * Logs in once more and sends one message; nothing where the server took it. Problems: those of `diagnose` for the
 * login; `message-refused`, `message-too-large`, `mailbox-full`, `server-busy`, `unreachable`, `message-cancelled`.
 */
export async function sendLetter(attempt: Attempt, letter: Letter): Promise<Unsent | undefined> {
  const { endpoint, password } = attempt;
  const session = await openSession(attempt);
  try {
    const end = await untilStopped(logInAndSend(session, letter), attempt);
    if (end === undefined) return undefined;
    if (end === 'cancelled') return { problem: problem('message-cancelled', endpoint.host), judged: false };
    if (end === 'too-late')
      return { problem: problem('unreachable', endpoint.host, 'no answer in time'), judged: false };
    const quote = quoteWithout(password, endpoint.login);
    if (end.step === 'message') return { problem: refusal(end.failure, endpoint.host, quote), judged: false };
    const { result, sent } = diagnose(end.failure, endpoint.host, quote);
    return result === 'accepted' ? undefined : { problem: result, judged: sent };
  } finally {
    leave(session.connection);
  }
}

async function logInAndSend(session: Session, letter: Letter): Promise<Failed | undefined> {
  const refused = await logIn(session);
  if (refused) return { step: 'login', failure: refused };
  const failure = await deliver(session, letter);
  return failure && { step: 'message', failure };
}

async function deliver({ connection }: Session, letter: Letter): Promise<Failure | undefined> {
  const message = await composed(letter);
  const outcome = Promise.withResolvers<Failure | undefined>();
  const broken = (error: unknown): void => outcome.resolve(brokenOff(error, true));
  connection.on('error', broken);
  connection.on('end', () => setImmediate(broken, { code: 'ECONNECTION' }));
  const envelope = { from: letter.address, to: [letter.address], size: message.length };
  connection.send(envelope, message, (error: unknown) =>
    error ? broken(error) : outcome.resolve(undefined),
  );
  return outcome.promise;
}

/** RFC 3463 section 3 and RFC 1870 section 6; a server that says no more than 5xx has a policy of its own. */
const REASONS: Readonly<Record<string, ProblemKind>> = {
  '2.2': 'mailbox-full',
  '2.3': 'message-too-large',
  '3.4': 'message-too-large',
};

function refusal({ line, code }: Failure, host: string, quote: Quote): Problem {
  const [, status, reason = ''] = /^(\d)\d\d(?:[ -]\d\.(\d{1,3}\.\d{1,3})\b)?/.exec(line ?? '') ?? [];
  const detail = line === undefined ? code : quote(line);
  return problem(REASONS[reason] ?? kindOf(status, code), host, detail);
}

function kindOf(status: string | undefined, code: string | undefined): ProblemKind {
  if (status === '4') return 'server-busy';
  // Without an answer of the server, the library itself refused: the message outgrew the limit it was told (SIZE).
  if (code === 'EMESSAGE' && status === undefined) return 'message-too-large';
  if (code === 'EENVELOPE' || status === '5') return 'message-refused';
  return 'unreachable';
}
