import { recover as recoverRuns } from '../../engine/recover.ts';
import type { Command } from '../context.ts';
import { EMPTY, stoppedEnding } from '../../report/ending.ts';
import { locked } from '../planning.ts';
import { tellingRun } from '../progress.ts';
import { endingOf } from '../../report/run-ending.ts';

/** Finishes what a killed run began, or takes it back. */
export const recover: Command = async (context) => {
  const { args, engine, interrupt, messages } = context;
  const direction = args.has('back') ? 'back' : 'forward';
  const work = () => recoverRuns(engine, direction, tellingRun(context));
  const done = await locked(context, () => interrupt.guard(work));
  if (!done.ok) return stoppedEnding('recover', done.problem);
  if (!done.value.ok) return stoppedEnding('recover', done.value.problem);
  const reports = done.value.value;
  if (reports.length > 0) return endingOf({ command: 'recover', reports }, context.messages);
  return { ...EMPTY, command: 'recover', summary: [messages.commandLine.nothingToRecover] };
};
