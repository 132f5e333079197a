import type { Outcome } from '../../../shared/model.ts';
import { count } from '../../../shared/messages/explain.ts';
import type { Messages } from '../../../shared/messages/messages.ts';
import { status as statusOf } from '../../engine/status.ts';
import type { Command } from '../context.ts';
import { EMPTY, stoppedEnding } from '../../report/ending.ts';
import { exitCode } from '../../report/exit-code.ts';
import { readRequest } from '../request.ts';
import { rowOfOutcome, type Row } from '../../report/row.ts';

/** Compares the stored copies with each other, without any password and without a prompt. */
export const status: Command = async ({ args, sources, engine, messages }) => {
  const request = await readRequest(args, sources);
  if (!request.ok) return stoppedEnding('status', request.problem);
  using _passwords = request.value.passwords;
  const report = await statusOf(engine, request.value.account || undefined);
  if (!report.ok) return stoppedEnding('status', report.problem);
  const { outcomes, warnings, account } = report.value;
  const stale = outcomes.filter(({ state }) => state === 'stale').length;
  const texts = messages.commandLine;
  return {
    ...EMPTY,
    command: 'status',
    code: exitCode([report.value]),
    ...(account === undefined ? {} : { account }),
    sections: [{ rows: outcomes.map((each) => copyRow(each, messages)) }],
    warnings,
    summary: [stale === 0 ? texts.inStep : count(texts.disagree, stale)],
  };
};

/** A status writes nothing, so its rows tell how copies stand and not what became of them. */
function copyRow(each: Outcome, messages: Messages): Row {
  const { outcome: _outcome, ...row } = rowOfOutcome(each, messages);
  const { differs, agrees } = messages.commandLine;
  return each.state === 'stale' ? { ...row, mark: 'waiting', word: differs } : { ...row, word: agrees };
}
