import { explain, type Explanation } from './explain.ts';
import type { Messages } from './messages.ts';
import type { Problem } from '../problem.ts';

/** A Problem in a person's words, with the next step that fits the app instead of the command line. */
export function explainOnPage(messages: Messages, problem: Problem, when: 'before' | 'after'): Explanation {
  const { next, nextAfter } = messages.page;
  const own = (when === 'after' ? nextAfter[problem.kind] : undefined) ?? next[problem.kind];
  if (own === undefined) return explain(messages, problem);
  const text = { ...messages.problems[problem.kind], next: own };
  return explain({ ...messages, problems: { ...messages.problems, [problem.kind]: text } }, problem);
}
