import type { Report } from '../../shared/model.ts';
import type { Context } from './context.ts';
import { EMPTY, type Ending } from './ending.ts';
import { exitCode } from './exit-code.ts';
import { rowOfOutcome } from './row.ts';
import { applySummary, undoSummary } from './summary.ts';

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
      rows: report.outcomes.map((each) => rowOfOutcome(each, messages)),
    })),
    warnings: reports.flatMap(({ warnings }) => warnings),
    ...(stopped ? { stopped } : {}),
    summary: reports.flatMap((report) => summaryOf(report, messages)),
  };
}

/** A run that went forward holds the new password; one that went back, whatever was there before. */
function summaryOf(report: Report, messages: Context['messages']): readonly string[] {
  const forward = report.outcomes.some(({ state }) => state === 'current');
  return forward ? applySummary(report, messages) : undoSummary(report, messages);
}
