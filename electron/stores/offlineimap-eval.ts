import { problem } from '../../shared/problem.ts';
import type { Reader } from '../engine/ports.ts';
import { behindCommand, type CommandLine, type Whereabouts } from './command-entry.ts';

const STRING = String.raw`(?:"([^"\\]*)"|'([^'\\]*)')`;
const MODULE = (name: string): string => String.raw`(?:${name}|__import__\(\s*["']${name}["']\s*\))`;
/** The output as text without its line end, or its first line. */
const TEXT = String.raw`(?:\.decode\((?:["'][\w-]*["'])?\))?(?:\.r?strip\((?:["']\\n["'])?\)|\.splitlines\(\)\[0\])`;

const POPEN = new RegExp(String.raw`^${MODULE('os')}\.popen\(\s*${STRING}\s*\)\.read\(\)${TEXT}$`);
const OUTPUT = new RegExp(
  String.raw`^${MODULE('subprocess')}\.check_output\(\s*${STRING}\s*,\s*shell\s*=\s*True\s*\)${TEXT}$`,
);
const ARGUMENTS = new RegExp(
  String.raw`^${MODULE('subprocess')}\.check_output\(\s*[[(]((?:\s*${STRING}\s*,?)+)[\])]\s*\)${TEXT}$`,
);
const KEYRING = new RegExp(
  String.raw`^${MODULE('keyring')}\.get_password\(\s*${STRING}\s*,\s*${STRING}\s*\)$`,
);

/**
 * The cells behind a Python expression of `remotepasseval`, which is never run: a command whose output it takes, or an
 * item of the `keyring` module. Any other expression is an `external-command`, of which only the function is named.
 */
export function behindExpression(
  machine: Reader,
  expression: string,
  line: CommandLine,
): Promise<readonly Whereabouts[]> {
  const command = commandIn(expression.trim());
  if (command !== undefined) return behindCommand(machine, command, line);
  const [, name] = /^([A-Za-z_][\w.]{0,60})\s*\(/.exec(expression.trim()) ?? [];
  return Promise.resolve([{ ...line, problem: problem('external-command', name) }]);
}

function commandIn(expression: string): string | undefined {
  const [, one, two] = POPEN.exec(expression) ?? OUTPUT.exec(expression) ?? [];
  if (one !== undefined || two !== undefined) return one ?? two;
  const words = ARGUMENTS.exec(expression)?.[1];
  if (words !== undefined) return wordsIn(words).map(quote).join(' ');
  const item = KEYRING.exec(expression);
  return item
    ? ['keyring', 'get', ...wordsIn(item[0].replace(/^[^.]*\.get_password/, '')).map(quote)].join(' ')
    : undefined;
}

const wordsIn = (text: string): readonly string[] =>
  [...text.matchAll(new RegExp(STRING, 'g'))].map(([, one, two]) => one ?? two ?? '');

/** A list of arguments is started without a shell: each is one word as it stands. */
const quote = (word: string): string => `'${word.split("'").join(String.raw`'\''`)}'`;
