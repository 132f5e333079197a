import { parseArgs } from 'node:util';
import type { CommandName, OptionName } from '../../shared/messages/command-line.ts';
import { ok, type Result } from '../../shared/problem.ts';
import { isCommand, isOption, OPTIONS, takes, takesRun } from './options.ts';
import { misuse } from './usage.ts';

/** What was asked for, as text; files, numbers and servers are not yet looked at. */
export interface Arguments {
  readonly command: CommandName | 'help' | 'version';
  /** The command that `help` is about. */
  readonly topic?: CommandName;
  /** The run that `undo` names. */
  readonly run?: string;
  has(option: OptionName): boolean;
  value(option: OptionName): string | undefined;
  values(option: OptionName): readonly string[];
}

interface Typed {
  readonly words: readonly string[];
  readonly options: ReadonlyMap<OptionName, readonly string[]>;
}

/**
 * Reads the arguments after the program's name. Every Problem is `usage` and quotes nothing that was typed, because
 * a misplaced password looks like any other argument.
 */
export function parseArguments(argv: readonly string[]): Result<Arguments> {
  const typed = collect(argv);
  if (!typed.ok) return typed;
  const { words, options } = typed.value;
  const access = {
    has: (option: OptionName) => options.has(option),
    value: (option: OptionName) => options.get(option)?.[0],
    values: (option: OptionName) => options.get(option) ?? [],
  };
  const [name, ...rest] = words;
  const command = name !== undefined && isCommand(name) ? name : undefined;
  if (options.has('version')) return ok({ command: 'version', ...access });
  if (options.has('help')) return ok({ command: 'help', ...(command ? { topic: command } : {}), ...access });
  if (name === undefined) return misuse('command-missing');
  if (!command) return misuse('command-unknown');
  const misplaced = [...options.keys()].find((option) => !takes(command, option));
  if (misplaced) return misuse('option-misplaced', `--${misplaced}`);
  const [run, ...more] = rest;
  if (more.length > 0 || (run !== undefined && !takesRun(command))) return misuse('argument-unexpected');
  return ok({ command, ...(run === undefined ? {} : { run }), ...access });
}

function collect(argv: readonly string[]): Result<Typed> {
  const words: string[] = [];
  const options = new Map<OptionName, string[]>();
  for (const token of tokenize(argv)) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const option = readOption(token);
    if (!option.ok) return option;
    const { name, value } = option.value;
    const earlier = options.get(name);
    if (earlier && OPTIONS[name].value !== undefined && !OPTIONS[name].repeatable) {
      return misuse('option-repeated', `--${name}`);
    }
    options.set(name, [...(earlier ?? []), ...(value === undefined ? [] : [value])]);
  }
  return ok({ words, options });
}

const SHORT: Readonly<Record<string, OptionName>> = { h: 'help', V: 'version' };

const tokenize = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(OPTIONS).map(([name, { value }]) => [
        name,
        { type: value === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
  }).tokens;

type OptionToken = Extract<ReturnType<typeof tokenize>[number], { kind: 'option' }>;

function readOption(token: OptionToken): Result<{ name: OptionName; value?: string }> {
  const name = SHORT[token.name] ?? token.name;
  if (/^(p|.*(password|passwd|passphrase|secret))$/i.test(name)) return misuse('password-in-arguments');
  if (!isOption(name)) return misuse('option-unknown', hintFor(name));
  if (OPTIONS[name].value === undefined) {
    return token.value === undefined ? ok({ name }) : misuse('value-not-taken', `--${name}`);
  }
  const forgotten = !token.value || (!token.inlineValue && /^-./.test(token.value));
  return forgotten ? misuse('value-missing', `--${name}`) : ok({ name, value: token.value ?? '' });
}

/** The option that was probably meant, in brackets; only Rekey's own names are ever shown. */
function hintFor(typed: string): string {
  const near = Object.keys(OPTIONS).find((name) => distance(name, typed) <= 2);
  return near === undefined ? '' : ` (--${near}?)`;
}

/** How many letters must be added, dropped or exchanged (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
