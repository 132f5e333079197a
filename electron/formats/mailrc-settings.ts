import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes } from '../engine/ports.ts';
import { mailrcWords, type MailrcQuoting, type MailrcWord } from './mailrc-words.ts';

/** One `set NAME=VALUE` of a mailrc. Offsets are bytes; texts hold one character per byte. */
export interface MailrcSetting {
  readonly name: string;
  /** Undefined where it is unset again. */
  readonly value?: string;
  /** The `account` block it stands in; empty outside of all blocks. */
  readonly account: string;
  readonly quoting: MailrcQuoting;
  /** Where the value stands, quotes included. */
  readonly from: number;
  readonly to: number;
  /** The indentation of its line, and where its line ends. */
  readonly indent: string;
  readonly lineEnd: number;
  /** Inside `if`: whether it is in force cannot be told. */
  readonly conditional: boolean;
  readonly broken?: string;
}

interface Line {
  /** Continuations joined. */
  readonly text: string;
  /** The byte offset of every character, and of the end. */
  readonly offsets: readonly number[];
  readonly end: number;
}

interface Block {
  readonly kind: 'account' | 'macro';
  readonly name: string;
}

/**
 * All settings of a mailrc in file order, as s-nail(1) reads its resource files. Macros (`define`) are left out: they
 * may never be called. `unsupported` for a file with NUL bytes.
 */
export function readMailrc(bytes: Bytes): Result<readonly MailrcSetting[]> {
  if (bytes.includes(0)) return fail('unsupported', undefined, 'a NUL byte');
  const lines = [...linesOf(bytes.toString('latin1'))];
  // An account's block is run when it is chosen, under the quoting that the whole file has led to by then.
  const quoting = settingsOf(lines, 'old').quoting;
  return ok(settingsOf(lines, quoting).settings);
}

function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length;) {
    let joined = '';
    const offsets: number[] = [];
    let end = start;
    for (let more = true; more;) {
      const newline = text.indexOf('\n', start);
      end = newline < 0 ? text.length : newline;
      more = newline >= 0 && /(?:^|[^\\])(?:\\\\)*\\$/.test(text.slice(start, end));
      for (let at = start; at < (more ? end - 1 : end); at += 1) {
        joined += text[at] ?? '';
        offsets.push(at);
      }
      start = end + 1;
      if (more) start += /^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0;
    }
    yield { text: joined, offsets: [...offsets, end], end };
  }
}

function settingsOf(
  lines: readonly Line[],
  inAccounts: MailrcQuoting,
): { readonly settings: readonly MailrcSetting[]; readonly quoting: MailrcQuoting } {
  const settings: MailrcSetting[] = [];
  let quoting: MailrcQuoting = 'old';
  let block: Block | undefined;
  let depth = 0;
  for (const line of lines) {
    const text = line.text.trim();
    const opened = blockOf(text);
    if (text === '}') block = undefined;
    else if (opened) block = opened;
    else if (/^if\b/.test(text)) depth += 1;
    else if (/^en(?:d|di|dif)?$/.test(text)) depth -= 1;
    if (opened || block?.kind === 'macro' || text.startsWith('#')) continue;
    const place = { account: block?.name ?? '', conditional: depth > 0 };
    const found: readonly MailrcSetting[] = commandsIn(line, block ? inAccounts : quoting).map((each) => ({
      ...each,
      ...place,
    }));
    settings.push(...found);
    const version = block ? undefined : found.findLast(({ name }) => name === 'v15-compat');
    if (version) quoting = version.value ? 'shell' : 'old';
  }
  return { settings, quoting };
}

function blockOf(text: string): Block | undefined {
  const [, command = '', name = ''] = /^([a-z]+)[ \t]+(\S+)[ \t]+\{$/.exec(text) ?? [];
  if (command.length >= 2 && 'account'.startsWith(command)) return { kind: 'account', name };
  return command.length >= 3 && 'define'.startsWith(command) ? { kind: 'macro', name } : undefined;
}

type Setting = Omit<MailrcSetting, 'account' | 'conditional'>;

const COMMAND = /[ \t]*\\?(wysh[ \t]+)?(set?|unset)(?=[ \t]|$)/y;

/** The settings of a line; shell-style words may end in a `;` behind which another command follows. */
function commandsIn(line: Line, mode: MailrcQuoting): readonly Setting[] {
  const settings: Setting[] = [];
  for (let at = 0; at < line.text.length;) {
    COMMAND.lastIndex = at;
    const [all, wysh, command] = COMMAND.exec(line.text) ?? [];
    if (all === undefined) return settings;
    const quoting = wysh === undefined ? mode : 'shell';
    const { words, end } = mailrcWords(line.text, at + all.length, quoting);
    settings.push(...words.map((word) => settingOf(line, word, quoting, command === 'unset')));
    at = end;
  }
  return settings;
}

function settingOf(line: Line, word: MailrcWord, quoting: MailrcQuoting, unset: boolean): Setting {
  const [, name = word.value, value] = /^([^=]*)=(.*)$/s.exec(word.value) ?? [];
  const off = unset || (value === undefined && name.startsWith('no'));
  const spelled = line.text.slice(word.from, word.to);
  const valueFrom = spelled.startsWith(`${name}=`) ? word.from + name.length + 1 : undefined;
  const broken =
    word.broken ??
    (value?.endsWith('\r') ? 'a carriage return' : undefined) ??
    (value !== undefined && valueFrom === undefined ? 'a quoted name' : undefined);
  return {
    name: off && !unset ? name.slice('no'.length) : name,
    ...(off ? {} : { value: value ?? '' }),
    quoting,
    from: line.offsets[valueFrom ?? word.to] ?? line.end,
    to: line.offsets[word.to] ?? line.end,
    indent: /^[ \t]*/.exec(line.text)?.[0] ?? '',
    lineEnd: line.end,
    ...(broken === undefined ? {} : { broken }),
  };
}
