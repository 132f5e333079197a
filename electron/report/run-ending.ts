import type { Messages } from '../../shared/messages/messages.ts';
import type { Outcome, Report } from '../../shared/model.ts';
import { EMPTY, type Ending } from './ending.ts';
import { exitCode } from './exit-code.ts';
import { rowOfOutcome, type Row } from './row.ts';
import { forwardSummary, undoSummary, wentForward } from './summary.ts';

/** What ran, and what came of it: one report for each run that an undo or a recovery went through. */
export interface EndedRun {
  readonly command: 'apply' | 'undo' | 'recover' | 'remove';
  readonly reports: readonly Report[];
}

/** The end of a run, told the same way by the command line and in the app's saved report. */
export function endingOf({ command, reports }: EndedRun, messages: Messages): Ending {
  const [first] = reports;
  const message = reports.find((report) => report.message)?.message;
  const stopped = reports.find((report) => report.stopped)?.stopped;
  return {
    ...EMPTY,
    command,
    code: exitCode(reports),
    ...(first?.account === undefined ? {} : { account: first.account }),
    ...(first?.run === undefined ? {} : { run: first.run }),
    changed: reports.some(({ outcomes }) => outcomes.some(({ outcome }) => outcome === 'written')),
    checks: reports.flatMap(({ checks }) => checks),
    sections: reports.map(({ account, outcomes }) => ({
      ...(account === undefined ? {} : { heading: account }),
      rows: outcomes.map((each) => toldRow(command, each, messages)),
    })),
    warnings: reports.flatMap(({ warnings }) => warnings),
    ...(stopped ? { stopped } : {}),
    ...(message ? { message } : {}),
    summary: reports.flatMap((report) => {
      const isBack = isRestored(command, report);
      return isBack ? undoSummary(report, messages) : forwardSummary(report, messages);
    }),
  };
}

/** What went back was written too, but a person reads that as the new password. */
function toldRow(command: EndedRun['command'], each: Outcome, messages: Messages): Row {
  const row = rowOfOutcome(each, messages);
  const isBack = GOES_BACK.has(command) && each.outcome === 'written' && each.state === 'unknown';
  return isBack ? { ...row, word: messages.commandLine.putBack } : row;
}

/** A run that was finished forward holds the new password; one that went back, whatever was there before. */
const isRestored = (command: EndedRun['command'], report: Report): boolean =>
  GOES_BACK.has(command) && !wentForward(report);

const GOES_BACK: ReadonlySet<EndedRun['command']> = new Set(['undo', 'recover']);
