/** One key of a section; offsets are bytes of the file, texts hold one character per byte. */
export interface GoIniKey {
  readonly section: string;
  readonly name: string;
  readonly value: string;
  /** Where the value stands, without quotes around it. */
  readonly from: number;
  readonly to: number;
  /** What is more than one plain line: a backslash at its end, quotes that go on. */
  readonly unclear?: string;
}

const BOM = '\xef\xbb\xbf';
const BLANK = /[ \t-\r]/;

/**
 * The keys of a file as the Go package `ini` (v1.63, parser.go) reads it by default, in file order; of two keys with
 * one name the later one counts. `#` and `;` start a comment anywhere in a value that is not in backticks; one pair of
 * quotes around a value is taken off, and nothing is escaped. Undefined where the package refuses the file.
 */
export function readGoIni(text: string): readonly GoIniKey[] | undefined {
  const keys: GoIniKey[] = [];
  const lines = linesOf(text);
  let section = 'DEFAULT';
  for (const [line, start] of lines) {
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    if (line.startsWith('[')) {
      const close = line.lastIndexOf(']');
      if (close < 0) return undefined;
      section = line.slice(1, close);
      continue;
    }
    const key = keyIn(line, start, section);
    if (!key) return undefined;
    keys.push(key);
    if (key.unclear !== undefined) skipRest(lines, /["`]/.exec(line.slice(key.from - start - 1))?.[0]);
  }
  return keys;
}

/** Passes over the lines that go on with a value: to the end of its quotes, or while they end in a backslash. */
function skipRest(lines: Iterator<readonly [string, number]>, fence: string | undefined): void {
  for (let next = lines.next(); next.done !== true; next = lines.next()) {
    const [line] = next.value;
    if (fence === undefined ? !line.trimEnd().endsWith('\\') : line.includes(fence)) return;
  }
}

/** Lines without the blanks before them, and where they then start. */
function* linesOf(text: string): Generator<readonly [string, number], undefined> {
  for (let start = text.startsWith(BOM) ? BOM.length : 0; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const stop = feed < 0 ? text.length : feed;
    let from = start;
    while (from < stop && BLANK.test(text[from] ?? '')) from += 1;
    yield [text.slice(from, stop), from];
    start = stop + 1;
  }
  return undefined;
}

function keyIn(line: string, start: number, section: string): GoIniKey | undefined {
  const delimiter = /^["`]/.test(line) ? -1 : line.search(/[=:]/);
  if (delimiter <= 0) return undefined;
  const name = line.slice(0, delimiter).trim();
  const { from, to, unclear } = valueIn(line, delimiter + 1);
  const value = line.slice(from, to);
  const key = { section, name, value, from: start + from, to: start + to };
  return unclear === undefined ? key : { ...key, unclear };
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly unclear?: string;
}

function valueIn(line: string, start: number): Range {
  const whole = trimmed(line, { from: start, to: line.length });
  const spelled = line.slice(whole.from, whole.to);
  const [fence = ''] = /^(?:"""(?=.)|`)/s.exec(spelled) ?? [];
  if (fence !== '') {
    const last = spelled.slice(fence.length).lastIndexOf(fence);
    const range = { from: whole.from + fence.length, to: whole.from + fence.length + Math.max(last, 0) };
    return last < 0 ? { ...range, unclear: 'several lines' } : range;
  }
  if (spelled.endsWith('\\')) return { ...whole, unclear: 'several lines' };
  const comment = spelled.search(/[#;]/);
  const range = trimmed(line, comment < 0 ? whole : { from: whole.from, to: whole.from + comment });
  const [first, last] = [line[range.from], line[range.to - 1]];
  const quoted = range.to - range.from > 1 && first === last && (first === '"' || first === "'");
  return quoted ? { from: range.from + 1, to: range.to - 1 } : range;
}

function trimmed(line: string, { from, to }: Range): Range {
  let [start, end] = [from, to];
  while (start < end && BLANK.test(line[start] ?? '')) start += 1;
  while (end > start && BLANK.test(line[end - 1] ?? '')) end -= 1;
  return { from: start, to: end };
}
