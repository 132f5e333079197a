import type { CommandName } from '../shared/messages/command-line.ts';
import { localeOf, messagesFor } from '../shared/messages/index.ts';
import { problem } from '../shared/problem.ts';
import { VERSION } from '../shared/version.ts';
import { parseArguments, type Arguments } from './cli/arguments.ts';
import type { Command, Context } from './cli/context.ts';
import { EMPTY, stoppedEnding, type Ending } from './report/ending.ts';
import { Interrupt } from './cli/interrupt.ts';
import { refusedVariable } from './cli/refused.ts';
import { leave, standardTerminal } from './cli/standard.ts';
import { styleFor } from './cli/style.ts';
import type { Sheet } from './cli/table.ts';
import { resultLines, stoppedLines } from './cli/text.ts';
import { openDescriptor } from './system/input.ts';

const argv = process.argv.slice(2);
const messages = messagesFor(localeOf(process.env));
/** Looked for by itself, because even a call that cannot be understood is answered in the form it asked for. */
const asksForJson = argv.includes('--json');

const terminal = standardTerminal({
  inputTaken: argv.some((argument) => argument === '--password-stdin' || argument.startsWith('--manifest')),
  quiet: argv.includes('--quiet'),
  noColour: argv.includes('--no-color'),
  environment: process.env,
});

const interrupt = new Interrupt((again) =>
  terminal.show(again ? messages.commandLine.writingNow : messages.commandLine.stopping),
);

/** Each command in a module of its own, loaded when it is asked for: starting is most of what a scan costs. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  scan: async () => (await import('./cli/commands/scan.ts')).scan,
  plan: async () => (await import('./cli/commands/plan.ts')).plan,
  check: async () => (await import('./cli/commands/check.ts')).check,
  apply: async () => (await import('./cli/commands/apply.ts')).apply,
  status: async () => (await import('./cli/commands/status.ts')).status,
  undo: async () => (await import('./cli/commands/undo.ts')).undo,
  history: async () => (await import('./cli/commands/history.ts')).history,
  recover: async () => (await import('./cli/commands/recover.ts')).recover,
  doctor: async () => (await import('./cli/commands/doctor.ts')).doctor,
};

/** Standard input, opened when it is read. */
const stdin: AsyncIterable<unknown> = { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() };

async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.press());
  const sheet: Sheet = {
    messages,
    style: styleFor(terminal.colours),
    home: '',
    width: terminal.width,
  };
  const parsed = parseArguments(argv);
  if (!parsed.ok) return show(stoppedEnding('none', parsed.problem), sheet);
  const args = parsed.value;
  const { command } = args;
  if (command === 'version') return show(versionEnding(), sheet);
  if (command === 'help') return show(await helpEnding(args.topic), sheet);
  const allowed = refusedVariable(process.env);
  if (!allowed.ok) return show(stoppedEnding(command, allowed.problem), sheet);
  await execute(command, args, sheet);
}

async function execute(command: CommandName, args: Arguments, sheet: Sheet): Promise<void> {
  const { openEngine } = await import('./cli/open.ts');
  const opened = openEngine(args, process.env, { mayPrompt: terminal.interactive });
  if (!opened.ok) return show(stoppedEnding(command, opened.problem), sheet);
  const { engine, home, close } = opened.value;
  const context: Context = {
    args,
    engine,
    messages,
    sheet: { ...sheet, home },
    terminal,
    sources: { stdin, descriptor: openDescriptor },
    interrupt,
  };
  const run = await COMMANDS[command]();
  const cancelled = interrupt.left.then(() => stoppedEnding(command, problem('cancelled')));
  const ending = await Promise.race([run(context), cancelled]);
  close();
  await show(ending, context.sheet);
}

const versionEnding = (): Ending => ({
  ...EMPTY,
  command: 'version',
  summary: [`rekey ${VERSION}`],
});

async function helpEnding(topic: CommandName | undefined): Promise<Ending> {
  const { helpLines } = await import('./cli/help.ts');
  return { ...EMPTY, command: 'help', lines: helpLines(topic, messages) };
}

/** One result on standard output, what went wrong on standard error, and the exit code. */
async function show(ending: Ending, sheet: Sheet): Promise<void> {
  if (ending.stopped) for (const line of stoppedLines(ending.stopped, sheet)) terminal.show(line);
  if (asksForJson) await printJson(ending);
  else printLines(resultLines(ending, sheet));
  leave(ending.code);
}

/** In one piece, because each write to a stream costs more than a row does. */
function printLines(lines: readonly string[]): void {
  if (lines.length > 0) terminal.print(lines.join('\n'));
}

async function printJson(ending: Ending): Promise<void> {
  const { toJson } = await import('./report/json.ts');
  terminal.print(toJson(ending, messages));
}

/** Where the bug is, without the error's own text: that may quote what was read or typed. */
async function bug(error: unknown): Promise<void> {
  const name = error instanceof Error ? error.constructor.name : typeof error;
  terminal.show(`rekey: ${messages.commandLine.bug.replace('{subject}', () => name)}`);
  for (const frame of framesOf(error)) terminal.show(frame);
  if (asksForJson) await printJson(stoppedEnding('none', problem('internal')));
  leave(70);
}

function framesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  const text = error.stack.lastIndexOf(error.message) + error.message.length;
  return error.stack
    .slice(text)
    .split('\n')
    .filter((line) => /^ +at /.test(line))
    .slice(0, 6);
}

process.on('uncaughtException', (error) => void bug(error));
main().catch(bug);
