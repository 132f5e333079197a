import type { ImapFlow } from 'imapflow';
import { problem, type Problem } from '../../shared/problem.ts';
import { untilStopped, type Attempt } from './attempt.ts';
import { logIn, openSession } from './imap.ts';

/** How often a mailbox is looked into where the server does not tell of new messages by itself. */
const LOOK_AGAIN = 5000;

/** An inbox that is being watched. */
export interface Inbox {
  /** `arrived`, `message-late`, or `unseen` where the wait was cancelled or the connection ended. */
  sees(messageId: string): Promise<'arrived' | 'unseen' | Problem>;
  close(): void;
}

/** The inbox, or why the login to it failed although the password was accepted before. */
export type Opened = { readonly inbox?: Inbox } | { readonly problem: Problem; readonly judged: boolean };

/**
 * Logs in once more and opens the inbox read-only, before anything is sent, so that only a new message counts.
 * A server that cannot be asked now gives no inbox: the message can be sent without being seen.
 */
export async function openInbox(attempt: Attempt): Promise<Opened> {
  const session = await openSession(attempt, { verifyOnly: false });
  const { client } = session;
  const { result, sent } = await logIn(session, attempt);
  const from = result === 'accepted' ? await firstNew(client, attempt) : undefined;
  if (from !== undefined)
    return {
      inbox: { sees: (id) => watch(client, { from, id }, attempt), close: () => client.close() },
    };
  client.close();
  if (attempt.signal.aborted)
    return { problem: problem('message-cancelled', attempt.endpoint.host), judged: false };
  return sent && result !== 'accepted' ? { problem: result, judged: true } : {};
}

/** The least UID that a message to come can have. */
async function firstNew(client: ImapFlow, attempt: Attempt): Promise<number | undefined> {
  const opened = client.mailboxOpen('INBOX', { readOnly: true }).then(
    ({ uidNext }) => uidNext ?? 1,
    () => undefined,
  );
  const from = await untilStopped(opened, attempt);
  return typeof from === 'number' ? from : undefined;
}

interface Wanted {
  readonly from: number;
  readonly id: string;
}

async function watch(
  client: ImapFlow,
  wanted: Wanted,
  attempt: Attempt,
): Promise<'arrived' | 'unseen' | Problem> {
  const { timeouts, endpoint } = attempt;
  const patience = { ...attempt, timeouts: { ...timeouts, all: timeouts.arrival } };
  const end = await untilStopped(arrival(client, wanted), patience);
  if (end === 'too-late')
    return problem('message-late', endpoint.host, String(Math.round(timeouts.arrival / 1000)));
  return end === 'cancelled' ? 'unseen' : end;
}

async function arrival(client: ImapFlow, { from, id }: Wanted): Promise<'arrived' | 'unseen'> {
  try {
    while (client.usable) {
      // Listening begins before the search, so that nothing that comes in between is waited for.
      const news = nextNews(client);
      const found = await client.search({ uid: `${from}:*`, header: { 'message-id': id } }, { uid: true });
      if (Array.isArray(found) && found.length > 0) return 'arrived';
      client.idle().catch(() => undefined);
      await news;
    }
  } catch {
    // The connection ended: what was sent can no longer be seen from here.
  }
  return 'unseen';
}

/** Fulfilled by a new message, by the end of the connection, or when it is time to look again. */
async function nextNews(client: ImapFlow): Promise<void> {
  const news = Promise.withResolvers<void>();
  const wake = (): void => news.resolve();
  const timer = setTimeout(wake, LOOK_AGAIN);
  client.once('exists', wake);
  client.once('close', wake);
  await news.promise;
  clearTimeout(timer);
  client.off('exists', wake);
  client.off('close', wake);
}
