import type { TestMessage } from '../../shared/model.ts';
import { explain, fill } from '../../shared/messages/explain.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import type { Letter } from '../engine/ports.ts';

/** What the letter of a test message says. */
export function letterWords({ testMessage }: Messages, account: string): Pick<Letter, 'subject' | 'text'> {
  const { subject, text } = testMessage;
  return { subject, text: fill(text, { account }) };
}

/** What became of a test message, in one or two sentences. */
export function messageText({ result, ms }: TestMessage, messages: Messages): string {
  const { arrivedAfter, states, unseen } = messages.testMessage;
  if (result === 'sent') return `${states.sent}. ${unseen}`;
  if (result === 'arrived')
    return ms < 1000 ? states.arrived : fill(arrivedAfter, { n: seconds(ms, messages) });
  const { sentence, next } = explain(messages, result);
  return next === undefined ? sentence : `${sentence} ${next}`;
}

const seconds = (ms: number, { language }: Messages): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(ms / 1000);
