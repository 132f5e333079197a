import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes } from '../engine/ports.ts';

/** One `key = value` of a git config file. Offsets are byte offsets; texts are latin1 views of the bytes. */
export interface GitVariable {
  /** Lower case, as git compares it. */
  readonly section: string;
  readonly subsection?: string;
  /** Lower case, as git compares it. */
  readonly key: string;
  /** Unescaped; undefined for a key without `=`, which git reads as "true". */
  readonly value?: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** The value as it is spelled, quotes included, without surrounding blanks and comment. */
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Just behind the line break that ends the value, or the end of the file. */
  readonly lineEnd: number;
}

interface Header {
  readonly section: string;
  readonly subsection?: string;
}

interface Value {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly lineEnd: number;
}

const SKIPPED = /(?:[ \t\r\n]|[#;][^\n]*)+/y;
const HEADER = /\[([A-Za-z0-9.-]+)(?:[ \t\r]+"((?:[^"\\\n]|\\[^\n])*)")?\]/y;
const KEY = /[A-Za-z][A-Za-z0-9-]*/y;
const AFTER_KEY = /[ \t]*(?:(=)|(?=\r?\n|\r?$))/y;
const BYTE_ORDER_MARK = '\xef\xbb\xbf';
const ESCAPES: Readonly<Record<string, string>> = { t: '\t', b: '\b', n: '\n', '\\': '\\', '"': '"' };

/**
 * All variables of a git config file in file order.
 * The grammar is that of git's config.c (see also git-config(1), "Syntax"); what git refuses as
 * "bad config line" is `unsupported`.
 */
export function parseGitConfig(bytes: Bytes): Result<readonly GitVariable[]> {
  const text = bytes.toString('latin1');
  const variables: GitVariable[] = [];
  let header: Header = { section: '' };
  let at = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  for (;;) {
    at += match(SKIPPED, text, at)?.[0].length ?? 0;
    if (at >= text.length) return ok(variables);
    const head = match(HEADER, text, at);
    if (head) {
      header = headerOf(head[1] ?? '', head[2]);
      at += head[0].length;
      continue;
    }
    const variable = readVariable(text, at, header);
    if (!variable) return fail('unsupported', undefined, `bad config line ${lineOf(text, at)}`);
    variables.push(variable);
    at = variable.lineEnd;
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** `[a.b "c"]` names the variables `a.b.c.*`: the section ends at the first dot; only a quoted part keeps its case. */
function headerOf(name: string, quoted: string | undefined): Header {
  const [section = '', ...rest] = name.toLowerCase().split('.');
  if (quoted !== undefined) rest.push(quoted.replace(/\\(.)/g, '$1'));
  return rest.length === 0 ? { section } : { section, subsection: rest.join('.') };
}

function readVariable(text: string, keyStart: number, header: Header): GitVariable | undefined {
  const key = match(KEY, text, keyStart)?.[0];
  if (key === undefined) return undefined;
  const keyEnd = keyStart + key.length;
  const after = match(AFTER_KEY, text, keyEnd);
  if (!after) return undefined;
  const named = { ...header, key: key.toLowerCase(), keyStart, keyEnd };
  const value = readValue(text, keyEnd + after[0].length);
  if (!value) return undefined;
  const { start, end, lineEnd } = value;
  if (after[1] === undefined) return { ...named, valueStart: keyEnd, valueEnd: keyEnd, lineEnd };
  return { ...named, value: value.text, valueStart: start, valueEnd: end, lineEnd };
}

/** The character at an offset as git's reader sees it: CR LF is one line break, and so is the end of the file. */
function charAt(text: string, at: number): { readonly char: string; readonly width: number } {
  if (at >= text.length) return { char: '\n', width: 0 };
  return text.startsWith('\r\n', at) ? { char: '\n', width: 2 } : { char: text.charAt(at), width: 1 };
}

/** A value up to its line break; undefined where git stops with an error (open quote, unknown escape). */
function readValue(text: string, from: number): Value | undefined {
  let value = '';
  let blanks = '';
  let quoted = false;
  let start: number | undefined;
  let end = from;
  for (let at = from; ;) {
    const { char, width } = charAt(text, at);
    if (!quoted && (char === '#' || char === ';')) {
      const lineBreak = text.indexOf('\n', at);
      const lineEnd = lineBreak < 0 ? text.length : lineBreak + 1;
      return { text: value, start: start ?? end, end, lineEnd };
    }
    if (char === '\n') {
      return quoted ? undefined : { text: value, start: start ?? end, end, lineEnd: at + width };
    }
    if (!quoted && (char === ' ' || char === '\t' || char === '\r')) {
      if (value !== '') blanks += char;
      at += width;
      if (start === undefined) end = at;
      continue;
    }
    start ??= at;
    value += blanks;
    blanks = '';
    at += width;
    if (char === '"') quoted = !quoted;
    else if (char !== '\\') value += char;
    else {
      const escaped = charAt(text, at);
      const meant = escaped.char === '\n' ? '' : ESCAPES[escaped.char];
      if (meant === undefined) return undefined;
      value += meant;
      at += escaped.width;
    }
    end = at;
  }
}
