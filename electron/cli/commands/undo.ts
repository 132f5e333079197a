import { undo as undoRun } from '../../engine/undo.ts';
import type { Command } from '../context.ts';
import { stoppedEnding } from '../../report/ending.ts';
import { locked } from '../planning.ts';
import { tellingRun } from '../progress.ts';
import { endingOf } from '../../report/run-ending.ts';
import { misuse } from '../usage.ts';

/** Puts back what a run replaced. Needs no password. */
export const undo: Command = async (context) => {
  const { args, engine, interrupt } = context;
  const work = () => undoRun(engine, args.run, args.values('only'), tellingRun(context));
  const done = await locked(context, () => interrupt.guard(work));
  if (!done.ok) return stoppedEnding('undo', done.problem);
  if (done.value.ok) return endingOf({ command: 'undo', reports: [done.value.value] }, context.messages);
  const { problem } = done.value;
  return stoppedEnding('undo', problem.kind === 'usage' ? misuse('id-unknown', '--only').problem : problem);
};
