import type { Checked, TestMessage } from '../../shared/model.ts';
import { explain } from '../../shared/messages/explain.ts';
import { guideSteps } from '../../shared/messages/guide-steps.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Ending } from './ending.ts';
import { isFailure } from './exit-code.ts';
import type { Row } from './row.ts';
import { faultText } from './fault-text.ts';

export const SCHEMA = 'rekey.result/1';

/** The one object that `--json` prints, whatever the exit code. Holds no secret, nor how long one is. */
export function toJson(ending: Ending, messages: Messages): string {
  const rows = ending.sections.flatMap((section) => section.rows);
  return JSON.stringify({
    schema: SCHEMA,
    command: ending.command,
    run: ending.run,
    account: ending.account,
    changed: ending.changed,
    failed: isFailure(ending.code),
    exitCode: ending.code,
    reason: ending.stopped && reasonOf(ending.stopped, messages),
    check: ending.checks.length > 0 ? ending.checks.map(checkOf) : undefined,
    message: ending.message && messageOf(ending.message),
    targets: rows.filter(({ mark }) => mark !== 'yours').map((row) => targetOf(row, messages)),
    manual: rows.filter(({ mark }) => mark === 'yours').map((row) => manualOf(row, messages)),
    warnings: ending.warnings.map((problem) => reasonOf(problem, messages)),
    ...ending.extra,
    summary: summaryOf(ending, messages),
  });
}

function targetOf(row: Row, messages: Messages) {
  const {
    mark: _mark,
    word: _word,
    clients: _clients,
    guide: _guide,
    program: _program,
    reason,
    ...facts
  } = row;
  return { ...facts, reason: reason && reasonOf(reason, messages) };
}

const manualOf = (row: Row, messages: Messages) => ({
  ...targetOf(row, messages),
  steps: stepsOf(row, messages),
});

/** What a person does about a place: the steps of its guide, or the one next step that its reason has. */
function stepsOf(row: Row, messages: Messages): readonly string[] {
  if (row.guide !== undefined) return guideSteps(messages, row.guide, row);
  const next = row.reason && explain(messages, row.reason).next;
  return next === undefined ? [] : [next];
}

function checkOf({ endpoint, result, ms }: Checked) {
  const { protocol, host, port, login } = endpoint;
  const verdict = result === 'accepted' ? { result } : { result: result.kind, detail: result.detail };
  return { protocol, host, port, login, ...verdict, ms };
}

const messageOf = ({ result, ms }: TestMessage) =>
  typeof result === 'string' ? { result, ms } : { result: result.kind, detail: result.detail, ms };

const reasonOf = (problem: Problem, messages: Messages) => ({
  kind: problem.kind,
  text: faultText(messages, problem) ?? explain(messages, problem).sentence,
});

const summaryOf = ({ stopped, summary }: Ending, messages: Messages): string =>
  [...(stopped ? [reasonOf(stopped, messages).text] : []), ...summary].join(' ');
