import type { Problem } from '../problem.ts';
import type { Messages } from './messages.ts';
import type { Plural } from './plural.ts';

/** A Problem in a person's words. */
export interface Explanation {
  readonly sentence: string;
  readonly next?: string;
  /** The other side's own words, quoted apart from the sentence. */
  readonly details?: string;
}

/** The sentence and next step of a Problem; its detail becomes `details` where the texts do not use it. */
export function explain(messages: Messages, problem: Problem): Explanation {
  const { sentence, next, unnamed = '', undetailed = '' } = messages.problems[problem.kind];
  const fields = { subject: problem.subject ?? unnamed, detail: detailOf(messages, problem) ?? undetailed };
  const usesDetail = `${sentence}${next ?? ''}`.includes('{detail}');
  return {
    sentence: capital(fill(sentence, fields), problem.subject === undefined),
    ...(next === undefined ? {} : { next: fill(next, fields) }),
    ...(problem.detail === undefined || usesDetail ? {} : { details: problem.detail }),
  };
}

/** The detail as a person reads it: seconds to wait become a duration. */
const detailOf = (messages: Messages, { kind, detail }: Problem): string | undefined =>
  kind === 'attempts-used-up' && detail !== undefined ? durationOf(messages, Number(detail)) : detail;

/** Minutes, rounded up; seconds where the wait is about one minute. */
const durationOf = ({ durations }: Messages, seconds: number): string =>
  seconds <= 90 ? count(durations.seconds, seconds) : count(durations.minutes, Math.ceil(seconds / 60));

/** Puts values into `{name}` placeholders; a value is never searched for placeholders itself. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));

/** The form of a counting text for `n`. */
export const count = (plural: Plural, n: number): string => fill(n === 1 ? plural.one : plural.other, { n });

/** A stand-in at the start of a sentence gets its capital; a name of the machine's own keeps its spelling. */
const capital = (sentence: string, standIn: boolean): string =>
  standIn ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : sentence;
