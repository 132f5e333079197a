import type { Messages } from '../../shared/messages/messages.ts';
import type { Protocol } from '../../shared/model.ts';

/** `Thunderbird, mbsync and msmtp`, as the language joins names. */
export const listed = ({ language }: Messages, names: readonly string[]): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(names);

/** What a place is used for, each use once: `reading, sending`. */
export const usesOf = ({ page }: Messages, protocols: readonly Protocol[]): string =>
  [...new Set(protocols.map((each) => page.uses[each]))].join(', ');

/** A day of this or another year: `28 November`. */
export const dayOf = ({ language }: Messages, at: number): string =>
  new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }).format(at);

/** A day with its time, for telling runs apart. */
export const momentOf = ({ language }: Messages, at: number): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);

/** Seconds with one digit, in the language's spelling. */
export const secondsOf = ({ language }: Messages, ms: number): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(ms / 1000);

/** A long path without its middle: the ends tell most. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.ceil((most - 1) * 0.4);
  return `${text.slice(0, head)}…${text.slice(text.length - (most - 1 - head))}`;
}
