import type { UsageFault } from '../../shared/messages/command-line.ts';
import { fill } from '../../shared/messages/explain.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import { fail, type Problem, type Result } from '../../shared/problem.ts';

/**
 * A call that Rekey does not understand: exit 2. `about` is an option's or a variable's own name as Rekey spells
 * it, never anything that was typed.
 */
export const misuse = (fault: UsageFault, about?: string): Extract<Result<never>, { ok: false }> =>
  fail('usage', about, fault);

/** What is wrong with the call, if the Problem came from `misuse`. */
export function faultText(messages: Messages, problem: Problem): string | undefined {
  const { usage } = messages.commandLine;
  if (problem.kind !== 'usage' || !isFault(usage, problem.detail)) return undefined;
  return fill(usage[problem.detail], { subject: problem.subject ?? '' });
}

const isFault = (usage: Readonly<Record<UsageFault, string>>, detail?: string): detail is UsageFault =>
  detail !== undefined && Object.hasOwn(usage, detail);
