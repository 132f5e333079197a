import { expect, test } from 'vitest';
import { messageState, type MessageProgress } from '../../renderer/view/message-state.ts';
import { messagesFor } from '../../shared/messages/index.ts';

test.each<[string, MessageProgress, string]>([
  ['en', 'ahead', 'hollow: not yet'],
  ['en', 'sending', 'half: sending'],
  ['en', 'waiting', 'half: waiting for it to arrive'],
  ['en', { result: 'arrived', ms: 940 }, 'done: arrived'],
  ['en', { result: 'arrived', ms: 1240 }, 'done: arrived after 1.2 s'],
  ['de', { result: 'arrived', ms: 1240 }, 'done: angekommen nach 1,2 s'],
  ['en', { result: 'sent', ms: 9000 }, 'filled: sent'],
  ['en', { result: 'failed', ms: 60_100, problem: { kind: 'message-late' } }, 'half: sent, not seen yet'],
  ['en', { result: 'failed', ms: 300, problem: { kind: 'message-refused' } }, 'cross: not sent'],
])('%s %j is told as %s', (language, message, told) => {
  const { look, word } = messageState(messagesFor(language), message);
  expect(`${look.shape}: ${word}`).toBe(told);
});
