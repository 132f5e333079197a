import type { RunRecord } from '../../../shared/model.ts';
import { count } from '../../../shared/messages/explain.ts';
import { forget, history as runsOf } from '../../engine/history.ts';
import type { Command, Context } from '../context.ts';
import { EMPTY, stoppedEnding, type Ending } from '../../report/ending.ts';
import { locked } from '../planning.ts';
import { plain } from '../style.ts';

/** Lists the runs on record, or deletes the undo data of one. */
export const history: Command = async (context) => {
  const run = context.args.value('forget');
  return run === undefined ? list(context) : forgetRun(context, run);
};

function list(context: Context): Ending {
  const runs = runsOf(context.engine);
  return {
    ...EMPTY,
    command: 'history',
    lines: runs.map((run) => line(run, context)),
    summary: runs.length === 0 ? [context.messages.commandLine.noRuns] : [],
    extra: { runs: runs.map(({ at, ...run }) => ({ ...run, at: new Date(at).toISOString() })) },
  };
}

async function forgetRun(context: Context, run: string): Promise<Ending> {
  const done = await locked(context, async () => forget(context.engine, run));
  if (!done.ok) return stoppedEnding('history', done.problem);
  if (!done.value.ok) return stoppedEnding('history', done.value.problem);
  return { ...EMPTY, command: 'history', changed: true, summary: [context.messages.commandLine.forgotten] };
}

function line(
  { id, account, at, state, changes, waiting, undoable, removes }: RunRecord,
  { messages, sheet }: Context,
): string {
  const texts = messages.commandLine;
  const date = new Date(at).toLocaleString(messages.language, { dateStyle: 'medium', timeStyle: 'short' });
  const waits = waiting > 0 ? [count(texts.runWaits, waiting)] : [];
  const facts = [
    count(removes ? texts.runRemoved : texts.runChanged, changes),
    ...waits,
    texts.runStates[state],
  ];
  const told = [...facts, ...(undoable ? [texts.undoable] : [])].join(', ');
  return `  ${sheet.style.strong(id)}  ${date}  ${plain(account)}  ${told}`;
}
