import type { Endpoint, TestMessage } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Letter, Post, Run } from '../engine/ports.ts';
import type { Attempt } from './attempt.ts';
import { openInbox } from './inbox.ts';
import { sendLetter } from './sending.ts';

type Told = Awaited<ReturnType<Post['sendToSelf']>>;

/**
 * Sends a message from an account to itself and, where it reads by IMAP, waits until it is there. The inbox is opened
 * first. `judged` is true where a login was refused that had been accepted a moment ago.
 */
export async function sendToSelf(
  letter: Letter,
  servers: { readonly sending: Endpoint; readonly reading?: Endpoint },
  attemptAt: (endpoint: Endpoint) => Attempt,
  run: Run,
): Promise<Told> {
  run.report({ kind: 'message', stage: 'sending' });
  const started = performance.now();
  const told = (result: TestMessage['result'], judged = false): Told => {
    const message = { result, ms: Math.round(performance.now() - started) };
    run.report({ kind: 'messaged', message });
    return { ...message, judged };
  };
  const cancelled = (): boolean => run.signal.aborted;
  const before = problem('message-cancelled', servers.sending.host);
  if (cancelled()) return told(before);
  const opened = servers.reading ? await openInbox(attemptAt(servers.reading)) : {};
  if ('problem' in opened) return told(opened.problem, opened.judged);
  const { inbox } = opened;
  try {
    if (cancelled()) return told(before);
    const unsent = await sendLetter(attemptAt(servers.sending), letter);
    if (unsent) return told(unsent.problem, unsent.judged);
    if (!inbox) return told('sent');
    run.report({ kind: 'message', stage: 'waiting' });
    const seen = await inbox.sees(letter.id);
    return told(seen === 'unseen' ? 'sent' : seen);
  } finally {
    inbox?.close();
  }
}
