import type { Report } from '../../../shared/model.ts';
import { count, fill } from '../../../shared/messages/explain.ts';
import { fail, ok, problem, type Problem, type Result } from '../../../shared/problem.ts';
import { apply as applyPlan } from '../../engine/apply.ts';
import { check, unchecked } from '../../engine/check.ts';
import { expire } from '../../engine/history.ts';
import { recover, unfinished } from '../../engine/recover.ts';
import { withTestMessage } from '../../engine/test-message.ts';
import { Secret } from '../../engine/secret.ts';
import type { Plan, Verdict } from '../../engine/verbs.ts';
import type { Command, Context } from '../context.ts';
import { EMPTY, stoppedEnding, type Ending } from '../../report/ending.ts';
import { exitCode } from '../../report/exit-code.ts';
import { completed } from '../passwords.ts';
import { locked, planned, planWarnings } from '../planning.ts';
import { tellingRun } from '../progress.ts';
import { askYes } from '../prompt.ts';
import { readRequest, type Request } from '../request.ts';
import { letterWords } from '../../report/message-text.ts';
import { rowOfOutcome, rowOfStep } from '../../report/row.ts';
import { applySummary } from '../../report/summary.ts';
import { table } from '../table.ts';
import { misuse } from '../usage.ts';

/** Finishes an interrupted run, then checks the password and puts it into every place of the plan. */
export const apply: Command = async (context) => {
  const request = await readRequest(context.args, context.sources);
  if (!request.ok) return stoppedEnding('apply', request.problem);
  using _passwords = request.value.passwords;
  const asks = context.terminal.interactive && !context.args.has('manifest');
  if (!asks && !context.args.has('yes')) return stoppedEnding('apply', misuse('yes-needed').problem);
  const ending = await locked(context, () => applyLocked(context, request.value));
  return ending.ok ? ending.value : stoppedEnding('apply', ending.problem);
};

async function applyLocked(context: Context, request: Request): Promise<Ending> {
  expire(context.engine);
  const recovered = await recovery(context);
  const finished = recovered.ok ? recovered.value : [];
  const found = await planned(context, request);
  if (!found.ok) return endingOf(context, finished, stoppedReport(request, found.problem), []);
  const warnings = [...left(context, recovered), ...planWarnings(context, found.value, request)];
  const report = await run(context, request, found.value);
  return endingOf(context, finished, report, warnings);
}

/** An interrupted run whose undo data cannot be opened now is told, and never stands in the way of a new one. */
const left = ({ engine }: Context, recovered: Result<readonly Report[]>): readonly Problem[] =>
  recovered.ok
    ? []
    : [recovered.problem, ...unfinished(engine).map(({ id }) => problem('unfinished-run', id))];

async function recovery(context: Context): Promise<Result<readonly Report[]>> {
  const { engine, terminal, messages, interrupt } = context;
  if (unfinished(engine).length === 0) return ok([]);
  terminal.say(messages.commandLine.recovering);
  return interrupt.guard(() => recover(engine, 'forward', tellingRun(context)));
}

async function run(context: Context, request: Request, plan: Plan): Promise<Report> {
  const { engine, interrupt } = context;
  const progress = tellingRun(context, plan.steps);
  if (!plan.steps.some(({ ticked }) => ticked)) {
    // No place takes the password, so no server is asked and this one is never read.
    using nothing = Secret.fromText('');
    return applyPlan(engine, plan, { password: nothing }, NOTHING_TO_CHECK, progress);
  }
  const agreed = await agree(context, request, plan);
  if (!agreed.ok) return stoppedReport(request, agreed.problem);
  const { passwords, overrides } = request;
  const { password, old, unlocks } = passwords;
  if (!password) throw new Error('agreed without a password');
  return interrupt.guard(async () => {
    const verdict = context.args.has('without-check')
      ? unchecked()
      : await check(engine, plan, password, overrides, progress);
    const secrets = { password, unlocks, ...(old ? { old } : {}) };
    const report = await applyPlan(engine, plan, secrets, verdict, progress);
    if (!context.args.has('test-message')) return report;
    const sender = { anchor: plan.anchor, password, words: letterWords(context.messages, plan.account) };
    return withTestMessage(engine, report, sender, progress);
  });
}

const NOTHING_TO_CHECK: Verdict = { checks: [], withheld: new Map(), warnings: [] };

/** Shows the plan and asks, as far as nothing was given instead. Problems: `cancelled`, those of the password. */
async function agree(context: Context, request: Request, plan: Plan): Promise<Result<true>> {
  const { args, terminal, messages, sheet } = context;
  const asks = !args.has('yes');
  if (asks) {
    const rows = plan.steps.map((step) => rowOfStep(step, messages));
    for (const line of [...table(rows, sheet), '']) terminal.show(line);
  }
  const secrets = await completed(request.passwords, request.account, request.unlock, context);
  if (!secrets.ok || !asks) return secrets.ok ? ok(true) : secrets;
  const { askUpdate, yesNo, yesKeys } = messages.commandLine;
  const ticked = plan.steps.filter((step) => step.ticked).length;
  const yes = await askYes(terminal.keyboard, `${count(askUpdate, ticked)} ${yesNo} `, yesKeys);
  if (!yes.ok) return yes;
  return yes.value ? ok(true) : fail('cancelled');
}

const stoppedReport = ({ account }: Request, stopped: Problem): Report => ({
  command: 'apply',
  account,
  checks: [],
  outcomes: [],
  warnings: [],
  stopped,
});

function endingOf(
  { messages }: Context,
  recovered: readonly Report[],
  report: Report,
  warnings: readonly Problem[],
): Ending {
  const texts = messages.commandLine;
  const reports = [...recovered, report];
  const written = report.outcomes.some(({ outcome }) => outcome === 'written');
  const rows = reports.flatMap(({ outcomes }) => outcomes.map((each) => rowOfOutcome(each, messages)));
  const quiet = report.stopped && !written && recovered.length === 0;
  return {
    ...EMPTY,
    command: 'apply',
    code: exitCode(reports),
    ...(report.account === undefined ? {} : { account: report.account }),
    ...(report.run === undefined ? {} : { run: report.run }),
    changed: reports.some(({ outcomes }) => outcomes.some(({ outcome }) => outcome === 'written')),
    checks: report.checks,
    sections: quiet || rows.length === 0 ? [] : [{ rows }],
    warnings: [...warnings, ...reports.flatMap((each) => each.warnings)],
    ...(report.stopped ? { stopped: report.stopped } : {}),
    ...(report.message ? { message: report.message } : {}),
    summary: report.outcomes.length > 0 ? applySummary(report, messages) : [texts.nothingChanged],
    hints: written ? [fill(texts.undoHint, { run: report.run ?? '' }).trimEnd(), texts.restartHint] : [],
  };
}
