import { fail, ok, type Result } from '../../shared/problem.ts';

/** One argument of a line; offsets are bytes of the file, the value holds one character per byte. */
export interface Token {
  readonly value: string;
  /** Where it stands, quotes and backslashes included. */
  readonly from: number;
  readonly to: number;
  /** A quote or a backslash that is left open at the end of the line. */
  readonly open: boolean;
}

export interface MbsyncLine {
  readonly start: number;
  /** Where its line end begins. */
  readonly end: number;
  readonly lineEnd: '' | '\n' | '\r\n';
  /** The keyword in lower case. */
  readonly keyword: string;
  readonly tokens: readonly [Token, ...Token[]];
}

/** An `IMAPAccount` or an `IMAPStore` section, up to the next empty line. */
export interface ImapSection {
  readonly kind: 'IMAPAccount' | 'IMAPStore';
  readonly name: string;
  /** The line that opens the section, then its settings. */
  readonly lines: readonly [MbsyncLine, ...MbsyncLine[]];
}

/** mbsync reads lines in pieces of this many bytes, line feed included (`load_config` in isync's src/config.c). */
export const LONGEST_LINE = 1022;

const BOM = '\xef\xbb\xbf';

const IMAP_SECTIONS: Readonly<Record<string, ImapSection['kind']>> = {
  imapaccount: 'IMAPAccount',
  imapstore: 'IMAPStore',
};
const SECTIONS = new Set([...Object.keys(IMAP_SECTIONS), 'maildirstore', 'channel', 'group']);

/**
 * The IMAP sections of an `.mbsyncrc` (`getcline` in src/config.c). `unsupported` where a section starts inside
 * another one for want of an empty line, and where a line is longer than mbsync reads at once: it refuses the first,
 * and takes the rest of the second for a line of its own.
 */
export function readSections(text: string): Result<readonly ImapSection[]> {
  const sections: { kind: ImapSection['kind']; name: string; lines: [MbsyncLine, ...MbsyncLine[]] }[] = [];
  let inside: MbsyncLine[] | undefined;
  for (const line of linesOf(text)) {
    if (line === 'too long') return fail('unsupported', undefined, 'a line is too long');
    if (line === 'empty') {
      inside = undefined;
      continue;
    }
    const kind = IMAP_SECTIONS[line.keyword];
    if (inside && kind) return fail('unsupported', undefined, `${kind} inside another section`);
    if (inside) {
      inside.push(line);
    } else if (kind) {
      const lines: [MbsyncLine] = [line];
      sections.push({ kind, name: line.tokens[1]?.value ?? '', lines });
      inside = lines;
    } else if (SECTIONS.has(line.keyword)) {
      inside = [];
    }
  }
  return ok(sections);
}

/** Comment lines are left out: they do not end a section. */
function* linesOf(text: string): Generator<MbsyncLine | 'empty' | 'too long'> {
  for (let start = text.startsWith(BOM) ? BOM.length : 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const stop = newline < 0 ? text.length : newline;
    const next = newline < 0 ? text.length : newline + 1;
    if (next - start > LONGEST_LINE) yield 'too long';
    const carriage = newline > start && text[newline - 1] === '\r';
    const end = carriage ? stop - 1 : stop;
    const lineEnd = newline < 0 ? '' : carriage ? '\r\n' : '\n';
    const { tokens, comment } = tokensOf(text, start, stop);
    const [first, ...more] = tokens;
    if (first) {
      yield { start, end, lineEnd, keyword: first.value.toLowerCase(), tokens: [first, ...more] };
    } else if (!comment) {
      yield 'empty';
    }
    start = next;
  }
}

const SPACE = new Set(' \t\n\v\f\r');

/** Splits a line like `get_arg` in src/config.c: `#` starts a comment only where an argument could start. */
function tokensOf(text: string, start: number, end: number): { tokens: readonly Token[]; comment: boolean } {
  const nul = text.slice(start, end).indexOf('\0');
  const stop = nul < 0 ? end : start + nul;
  const tokens: Token[] = [];
  for (let at = start; ;) {
    while (at < stop && SPACE.has(text[at] ?? '')) at += 1;
    if (at >= stop) return { tokens, comment: false };
    if (text[at] === '#') return { tokens, comment: true };
    const token = tokenAt(text, at, stop);
    tokens.push(token);
    at = token.to;
  }
}

/**
 * A backslash takes the next character literally, also outside quotes; a quote toggles, also within a word. Bytes
 * from 0x80 are negative to mbsync and leave a backslash waiting, as control characters do.
 */
function tokenAt(text: string, from: number, end: number): Token {
  let value = '';
  let escaped = false;
  let quoted = false;
  let at = from;
  for (; at < end; at += 1) {
    const character = text[at] ?? '';
    if (escaped && character >= ' ' && character < '\x80') {
      escaped = false;
      value += character;
    } else if (character === '\\') escaped = true;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && SPACE.has(character)) break;
    else value += character;
  }
  return { value, from, to: at, open: escaped || quoted };
}
