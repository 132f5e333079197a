import type { Outcome, Report } from '../../shared/model.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import type { Context } from './context.ts';
import { EMPTY, type Ending } from '../report/ending.ts';
import { exitCode } from '../report/exit-code.ts';
import { rowOfOutcome, type Row } from '../report/row.ts';
import { forwardSummary, undoSummary, wentForward } from '../report/summary.ts';

/** The ending of an undo or a recovery: each run with its places. */
export function restoredEnding(
  command: 'undo' | 'recover',
  reports: readonly Report[],
  { messages }: Context,
): Ending {
  const outcomes = reports.flatMap((report) => report.outcomes);
  const [first] = reports;
  const stopped = reports.find((report) => report.stopped)?.stopped;
  return {
    ...EMPTY,
    command,
    code: exitCode(reports),
    ...(first?.account === undefined ? {} : { account: first.account }),
    ...(first?.run === undefined ? {} : { run: first.run }),
    changed: outcomes.some(({ outcome }) => outcome === 'written'),
    sections: reports.map((report) => ({
      ...(report.account === undefined ? {} : { heading: report.account }),
      rows: report.outcomes.map((each) => restoredRow(each, messages)),
    })),
    warnings: reports.flatMap(({ warnings }) => warnings),
    ...(stopped ? { stopped } : {}),
    summary: reports.flatMap((report) => summaryOf(report, messages)),
  };
}

/** What went back was written too, but a person reads that as the new password. */
function restoredRow(each: Outcome, messages: Messages): Row {
  const row = rowOfOutcome(each, messages);
  const isBack = each.outcome === 'written' && each.state === 'unknown';
  return isBack ? { ...row, word: messages.commandLine.putBack } : row;
}

/** A run that went forward holds the new password; one that went back, whatever was there before. */
function summaryOf(report: Report, messages: Messages): readonly string[] {
  return wentForward(report) ? forwardSummary(report, messages) : undoSummary(report, messages);
}
