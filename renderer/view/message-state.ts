import type { MessageView } from '../../shared/contract.ts';
import { fill } from '../../shared/messages/explain.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import type { TestMessageTexts } from '../../shared/messages/test-message.ts';
import type { Look } from './place-state.ts';
import { secondsOf } from './words.ts';

/** How far a test message is: not begun, on its way, or over. */
export type MessageProgress = 'ahead' | 'sending' | 'waiting' | MessageView;

type State = keyof TestMessageTexts['states'];

const LOOKS: Readonly<Record<State, Look>> = {
  ahead: { shape: 'hollow', tone: 'quiet' },
  sending: { shape: 'half', tone: 'accent' },
  waiting: { shape: 'half', tone: 'accent' },
  arrived: { shape: 'done', tone: 'accent' },
  sent: { shape: 'filled', tone: 'accent' },
  late: { shape: 'half', tone: 'warning' },
  failed: { shape: 'cross', tone: 'warning' },
};

/** Quicker than this needs no number. */
const SAY_SECONDS_FROM_MS = 1000;

/** The mark and the word of a test message. */
export function messageState(messages: Messages, message: MessageProgress): { look: Look; word: string } {
  const { states, arrivedAfter } = messages.testMessage;
  const state = stateOf(message);
  const ms = typeof message === 'object' && state === 'arrived' ? message.ms : 0;
  const word = ms < SAY_SECONDS_FROM_MS ? states[state] : fill(arrivedAfter, { n: secondsOf(messages, ms) });
  return { look: LOOKS[state], word };
}

export function stateOf(message: MessageProgress): State {
  if (typeof message === 'string') return message;
  return message.problem?.kind === 'message-late' ? 'late' : message.result;
}
