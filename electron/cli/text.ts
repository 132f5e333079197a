import { explain } from '../../shared/messages/explain.ts';
import type { Checked, TestMessage } from '../../shared/model.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Ending } from '../report/ending.ts';
import { plain } from './style.ts';
import { table, type Sheet } from './table.ts';
import { messageText } from '../report/message-text.ts';
import { faultText } from '../report/fault-text.ts';

/** The result for people, on standard output: what was checked, the places, and one honest sentence. */
export function resultLines(ending: Ending, sheet: Sheet): readonly string[] {
  const { style, messages } = sheet;
  const blocks = [
    ending.checks.map((checked) => checkLine(checked, sheet)),
    ...ending.sections.map(({ heading, rows }) => [
      ...(heading === undefined ? [] : [style.strong(plain(heading))]),
      ...table(rows, sheet),
    ]),
    ...(ending.message ? [[messageLine(ending.message, sheet)]] : []),
    ending.lines,
    ending.warnings.map((problem) => `${messages.commandLine.warning}: ${spoken(problem, sheet)}`),
    [...(ending.summary.length > 0 ? [ending.summary.join(' ')] : []), ...ending.hints],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index > 0 ? ['', ...lines] : lines));
}

/** What ended the run, on standard error: the sentence, the next step, and the other side's words below. */
export function stoppedLines(stopped: Problem, sheet: Sheet): readonly string[] {
  const fault = faultText(sheet.messages, stopped);
  if (fault !== undefined) return [`rekey: ${fault}`];
  const { details } = explain(sheet.messages, stopped);
  const quoted =
    details === undefined ? [] : [`  ${sheet.messages.commandLine.details}: “${plain(details)}”`];
  return [`rekey: ${spoken(stopped, sheet)}`, ...quoted];
}

function spoken(problem: Problem, { messages }: Sheet): string {
  const { sentence, next } = explain(messages, problem);
  return plain(next === undefined ? sentence : `${sentence} ${next}`);
}

function messageLine(message: TestMessage, { messages, style }: Sheet): string {
  const { result } = message;
  const mark = result === 'arrived' ? 'done' : result === 'sent' ? 'waiting' : 'failed';
  const told = plain(`${messages.testMessage.title}: ${messageText(message, messages)}`);
  return `  ${style.marked(mark, told)}`;
}

function checkLine({ endpoint, result }: Checked, { messages, style }: Sheet): string {
  const { protocol, host, port, login } = endpoint;
  const accepted = result === 'accepted';
  const server = plain(`${messages.protocols[protocol]}  ${host}:${port}  ${login}`);
  const word = accepted ? messages.commandLine.accepted : explain(messages, result).sentence;
  return `  ${style.marked(accepted ? 'done' : 'failed', plain(word))}  ${style.faint(server)}`;
}
