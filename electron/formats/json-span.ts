/** Where a value lies in a JSON text: from its first character to just behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Spans of an object's values by key; as in JSON.parse the last of equal keys counts. */
export function memberSpans(text: string, object: Span): ReadonlyMap<string, Span> {
  const members = new Map<string, Span>();
  for (let at = skipBlanks(text, object.start + 1); text[at] !== '}';) {
    const key = valueAt(text, at);
    const value = valueAt(text, skipBlanks(text, skipBlanks(text, key.end) + 1));
    members.set(keyText(text.slice(key.start, key.end)), value);
    at = nextElement(text, value.end);
  }
  return members;
}

/** Spans of an array's elements, in order. */
export function itemSpans(text: string, array: Span): readonly Span[] {
  const items: Span[] = [];
  for (let at = skipBlanks(text, array.start + 1); text[at] !== ']';) {
    const item = valueAt(text, at);
    items.push(item);
    at = nextElement(text, item.end);
  }
  return items;
}

/**
 * The value that starts at or after `at`. The text is one that JSON.parse accepts, seen as latin-1, so that
 * positions are byte offsets; JSON's own characters are all ASCII.
 */
export function valueAt(text: string, at: number): Span {
  const start = skipBlanks(text, at);
  return { start, end: endOfValue(text, start) };
}

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const SCALAR = /[^\s,\]}"[{:]+/y;
const BLANKS = /[ \t\r\n]*/y;

function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return matchEnd(STRING, text, start);
  if (text[start] !== '{' && text[start] !== '[') return matchEnd(SCALAR, text, start);
  let depth = 0;
  let at = start;
  do {
    const character = text[at];
    if (character === '"') at = matchEnd(STRING, text, at);
    else at += 1;
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
  } while (depth > 0 && at < text.length);
  return at;
}

const skipBlanks = (text: string, at: number): number => matchEnd(BLANKS, text, at);

/** Behind the comma, or at the closing bracket. */
function nextElement(text: string, end: number): number {
  const at = skipBlanks(text, end);
  return text[at] === ',' ? skipBlanks(text, at + 1) : at;
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  if (!pattern.test(text)) throw new Error('not a JSON text that was parsed before');
  return pattern.lastIndex;
}

function keyText(quoted: string): string {
  const key: unknown = JSON.parse(Buffer.from(quoted, 'latin1').toString('utf8'));
  return typeof key === 'string' ? key : quoted;
}
