import type { UsageFault } from '../../shared/messages/command-line.ts';
import { fill } from '../../shared/messages/explain.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import type { Problem } from '../../shared/problem.ts';

/** What is wrong with a call of the command line, if the Problem is one that names a fault of it. */
export function faultText(messages: Messages, problem: Problem): string | undefined {
  const { usage } = messages.commandLine;
  if (problem.kind !== 'usage' || !isFault(usage, problem.detail)) return undefined;
  return fill(usage[problem.detail], { subject: problem.subject ?? '' });
}

const isFault = (usage: Readonly<Record<UsageFault, string>>, detail?: string): detail is UsageFault =>
  detail !== undefined && Object.hasOwn(usage, detail);
