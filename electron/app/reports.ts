import type { CheckRow, Fact, MessageView, ReportView } from '../../shared/contract.ts';
import type { Checked, Endpoint, Progress, Report, TestMessage } from '../../shared/model.ts';
import { assertNever } from '../../shared/problem.ts';
import { anchor, identityOf, type Anchor } from '../engine/account.ts';
import { scan } from '../engine/scan.ts';
import type { Engine } from '../engine/verbs.ts';
import { MOST_REJECTIONS } from '../login/budget.ts';
import { homelyProblem } from '../report/homely.ts';
import { rowOfOutcome } from './rows.ts';

export type Command = ReportView['command'];

/** A report of the engine as the page shows it. */
export function viewOfReport(
  engine: Engine,
  command: Command,
  report: Report,
  triesLeft: number,
): ReportView {
  const { account, run, stopped, message } = report;
  const { home } = engine.system.machine;
  return {
    command,
    ...(account === undefined ? {} : { account }),
    ...(run === undefined ? {} : { run }),
    checks: report.checks.map(checkRow),
    outcomes: report.outcomes.map((each) => rowOfOutcome(engine, each)),
    warnings: report.warnings.map((each) => homelyProblem(each, home)),
    ...(stopped ? { stopped: homelyProblem(stopped, home) } : {}),
    ...(message ? { message: messageView(message) } : {}),
    triesLeft,
  };
}

/** How many more rejections the account may have before Rekey sends nothing for a while. */
export const triesLeft = ({ budget }: Engine, account: Anchor): number =>
  Math.max(0, MOST_REJECTIONS - budget.used(identityOf(account)));

/** The same for a report of a run that was planned earlier: who signs in where is found out again. */
export async function viewsOfReports(
  engine: Engine,
  command: Command,
  reports: readonly Report[],
): Promise<ReportView[]> {
  const { entries } = await scan(engine);
  return reports.map((report) =>
    viewOfReport(engine, command, report, triesLeft(engine, anchor(entries, report.account ?? ''))),
  );
}

/** What a run tells while it goes on, in the page's terms. */
export function factOf(progress: Progress): Fact {
  switch (progress.kind) {
    case 'checking':
      return { kind: 'checking', endpoint: endpointRow(progress.endpoint) };
    case 'checked':
      return { kind: 'checked', check: checkRow(progress.check) };
    case 'writing':
      return { kind: 'writing', step: progress.step };
    case 'finished':
      return { kind: 'finished', step: progress.step, outcome: progress.outcome };
    case 'message':
      return { kind: 'message', stage: progress.stage };
    case 'messaged':
      return { kind: 'messaged', message: messageView(progress.message) };
    default:
      return assertNever(progress);
  }
}

const messageView = ({ result, ms }: TestMessage): MessageView =>
  typeof result === 'string' ? { result, ms } : { result: 'failed', problem: result, ms };

const checkRow = ({ endpoint, result, ms }: Checked): CheckRow => ({
  endpoint: endpointRow(endpoint),
  accepted: result === 'accepted',
  ...(result === 'accepted' ? {} : { problem: result }),
  ms,
});

export const endpointRow = ({ protocol, host, port, login }: Endpoint): CheckRow['endpoint'] => ({
  protocol,
  host,
  port,
  login,
});
