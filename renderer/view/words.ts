import { count, fill } from '../../shared/messages/explain.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import type { Plural } from '../../shared/messages/plural.ts';
import type { Protocol } from '../../shared/model.ts';
import { fewOf } from './program-order.ts';

/** The user's own region of the language that Rekey speaks: its dates, not only its words. */
const regional = ({ language }: Messages): string =>
  navigator.language.startsWith(language) ? navigator.language : language;

/** `Thunderbird, mbsync and msmtp`, as the language joins names. */
export const listed = (messages: Messages, names: readonly string[]): string =>
  new Intl.ListFormat(regional(messages), { type: 'conjunction' }).format(names);

/** `Thunderbird, mbsync, msmtp and 4 more programs`: a line has room for three names. */
export function namedPrograms(
  messages: Messages,
  programs: readonly string[],
  rest: Plural = messages.page.frame.andMore,
): string {
  const { named, more } = fewOf(programs);
  return more === 0 ? listed(messages, named) : fill(count(rest, more), { programs: named.join(', ') });
}

/** What a place is used for, each use once: `reading, sending`. */
export const usesOf = ({ page }: Messages, protocols: readonly Protocol[]): string =>
  [...new Set(protocols.map((each) => page.uses[each]))].join(', ');

/** A day of this or another year: `28 November`. */
export const dayOf = (messages: Messages, at: number): string =>
  new Intl.DateTimeFormat(regional(messages), { day: 'numeric', month: 'long' }).format(at);

/** A day with its time, for telling runs apart. */
export const momentOf = (messages: Messages, at: number): string =>
  new Intl.DateTimeFormat(regional(messages), { dateStyle: 'medium', timeStyle: 'short' }).format(at);

/** A shorter wait needs no explanation. */
export const SHOW_TIME_AFTER_MS = 3000;

/** Seconds with one digit, in the language's spelling. */
export const secondsOf = ({ language }: Messages, ms: number): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(ms / 1000);

/** A long path without its middle: the first folders and the last ones tell most. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const separator = text.includes('\\') ? '\\' : '/';
  const parts = text.split(separator);
  const head = parts.slice(0, HEAD_PARTS).join(separator);
  for (let from = HEAD_PARTS + 1; from < parts.length; from += 1) {
    const short = [head, '…', ...parts.slice(from)].join(separator);
    if (short.length <= most) return short;
  }
  const start = Math.ceil((most - 1) * 0.4);
  return `${text.slice(0, start)}…${text.slice(text.length - (most - 1 - start))}`;
}

/** `/home/alex` or `C:\Users\alex`. */
const HEAD_PARTS = 3;
