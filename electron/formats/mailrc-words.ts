/** One word of a command in a mailrc. Positions are those of the joined line; texts hold one character per byte. */
export interface MailrcWord {
  readonly value: string;
  readonly from: number;
  readonly to: number;
  /** Why it cannot be read without running s-nail. */
  readonly broken?: string;
}

/** Shell-style quoting is for `wysh` and, once `v15-compat` has a value, for every `set`; else it is the old style. */
export type MailrcQuoting = 'shell' | 'old';

interface Piece {
  readonly value: string;
  readonly to: number;
  readonly broken?: string;
}

const BLANK = new Set([' ', '\t', '\n']);

/**
 * The words from `start` to the end of the line or, in shell style, to a `;` ("Shell-style argument quoting" and
 * "Old-style argument quoting" in s-nail(1)).
 */
export function mailrcWords(
  line: string,
  start: number,
  quoting: MailrcQuoting,
): { readonly words: readonly MailrcWord[]; readonly end: number } {
  const shell = quoting === 'shell';
  const words: MailrcWord[] = [];
  for (let at = start; ;) {
    while (BLANK.has(line[at] ?? '')) at += 1;
    if (at >= line.length || (shell && line[at] === '#')) return { words, end: line.length };
    if (shell && line[at] === ';') return { words, end: at + 1 };
    const word = wordAt(line, at, shell ? shellPiece : oldPiece, shell ? [...BLANK, ';'] : [...BLANK]);
    words.push(word);
    at = word.to;
  }
}

function wordAt(
  line: string,
  from: number,
  pieceAt: (line: string, at: number) => Piece,
  ends: readonly string[],
): MailrcWord {
  let value = '';
  let broken: string | undefined;
  let at = from;
  while (at < line.length && !ends.includes(line[at] ?? '')) {
    const piece = pieceAt(line, at);
    value += piece.value;
    broken ??= piece.broken;
    at = piece.to;
  }
  return { value, from, to: at, ...(broken === undefined ? {} : { broken }) };
}

const OPEN = 'an open quote';
const EXPANSION = 'a variable';

function shellPiece(line: string, at: number): Piece {
  const [first = '', second = ''] = line.slice(at, at + 2);
  if (first === "'") {
    const close = line.indexOf("'", at + 1);
    if (close < 0) return { value: '', to: line.length, broken: OPEN };
    return { value: line.slice(at + 1, close), to: close + 1 };
  }
  if (first === '$' && second === "'") return dollarQuoted(line, at + 2);
  if (first === '"') return doubleQuoted(line, at + 1);
  if (first === '\\') return { value: second, to: at + 2, ...(second === '' ? { broken: OPEN } : {}) };
  if (first === '$') return { value: '', to: at + 1, broken: EXPANSION };
  return { value: first, to: at + 1, ...('`|&'.includes(first) ? { broken: 'an operator' } : {}) };
}

function doubleQuoted(line: string, start: number): Piece {
  let value = '';
  let broken: string | undefined;
  for (let at = start; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (character === '"') return { value, to: at + 1, ...(broken === undefined ? {} : { broken }) };
    if (character === '$' || character === '`') broken ??= EXPANSION;
    const next = line[at + 1] ?? '';
    const escapes = character === '\\' && next !== '' && '$`"\\'.includes(next);
    value += escapes ? next : character;
    if (escapes) at += 1;
  }
  return { value, to: line.length, broken: OPEN };
}

/** Only escapes that stand for themselves are read; the others depend on the locale or cut the word off. */
function dollarQuoted(line: string, start: number): Piece {
  let value = '';
  let broken: string | undefined;
  for (let at = start; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (character === "'") return { value, to: at + 1, ...(broken === undefined ? {} : { broken }) };
    if (character === '\\') {
      at += 1;
      const meant = ESCAPES[line[at] ?? ''];
      if (meant === undefined) broken ??= 'an escape';
      value += meant ?? '';
    } else value += character;
  }
  return { value, to: line.length, broken: OPEN };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  t: '\t',
  v: '\v',
};

/** Between quotes a backslash only escapes that quote; elsewhere it takes the next character literally. */
function oldPiece(line: string, at: number): Piece {
  const first = line[at] ?? '';
  if (first === '\\') return { value: line[at + 1] ?? '', to: at + 2 };
  if (first !== '"' && first !== "'") return { value: first, to: at + 1 };
  let value = '';
  for (let next = at + 1; next < line.length; next += 1) {
    if (line[next] === first) return { value, to: next + 1 };
    const escapes = line[next] === '\\' && line[next + 1] === first;
    if (escapes) next += 1;
    value += line[next] ?? '';
  }
  return { value, to: line.length, broken: OPEN };
}
