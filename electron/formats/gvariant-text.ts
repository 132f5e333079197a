import type { Bytes } from '../engine/ports.ts';

/** A string literal with its quotes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One entry of a dictionary; `literal` is its value where that is a string. */
export interface DictEntry {
  readonly key: string;
  readonly literal?: Span;
}

/**
 * The entries of the text of an `a{sv}` (the GVariant text format, docs.gtk.org/glib/gvariant-text-format.html).
 * Values other than strings are passed over, not understood. Undefined for any other text.
 */
export function readEntries(bytes: Bytes): readonly DictEntry[] | undefined {
  const text = new Cursor(bytes);
  text.accept('@a{sv}');
  if (!text.accept('{')) return undefined;
  const entries: DictEntry[] = [];
  while (!text.accept('}')) {
    if (entries.length > 0 && !text.accept(',')) return undefined;
    const entry = readEntry(bytes, text);
    if (!entry) return undefined;
    entries.push(entry);
  }
  return text.atEnd() ? entries : undefined;
}

function readEntry(bytes: Bytes, text: Cursor): DictEntry | undefined {
  const name = text.string();
  const key = name && readString(bytes, name)?.toString('utf8');
  if (key === undefined || !text.accept(':') || !text.accept('<')) return undefined;
  if (!text.accept('@s')) text.accept('string ');
  const literal = text.string();
  if (literal) return text.accept('>') ? { key, literal } : undefined;
  return text.skipTo('>') ? { key } : undefined;
}

/** The bytes that a literal stands for; undefined for an escape that GLib does not read. */
export function readString(bytes: Bytes, { start, end }: Span): Bytes | undefined {
  const value = Buffer.alloc(end - start);
  let length = 0;
  for (let at = start + 1; at < end - 1; at += 1) {
    if (bytes[at] !== BACKSLASH) {
      value[length++] = bytes[at] ?? 0;
      continue;
    }
    const escape = readEscape(bytes.subarray(at + 1, end - 1));
    if (!escape) return undefined;
    length += escape.bytes.copy(value, length);
    at += escape.length;
  }
  const exact = Buffer.from(value.subarray(0, length));
  value.fill(0);
  return exact;
}

const BACKSLASH = 0x5c;

/** What follows a backslash, and how many bytes it takes. */
function readEscape(rest: Bytes): { readonly bytes: Bytes; readonly length: number } | undefined {
  const letter = String.fromCharCode(rest[0] ?? 0);
  if (rest.length === 0) return undefined;
  if (letter === '\n') return { bytes: Buffer.alloc(0), length: 1 };
  const digits = letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  if (digits === 0) return { bytes: LETTERS[letter] ?? rest.subarray(0, 1), length: 1 };
  const hex = rest.subarray(1, 1 + digits).toString('latin1');
  const point = Number.parseInt(hex, 16);
  const valid = /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits && point > 0 && point <= 0x10ffff;
  if (!valid || (point >= 0xd800 && point <= 0xdfff)) return undefined;
  return { bytes: Buffer.from(String.fromCodePoint(point)), length: 1 + digits };
}

const LETTERS: Readonly<Record<string, Bytes>> = {
  a: Buffer.from('\x07'),
  b: Buffer.from('\b'),
  f: Buffer.from('\f'),
  n: Buffer.from('\n'),
  r: Buffer.from('\r'),
  t: Buffer.from('\t'),
  v: Buffer.from('\v'),
};

const CLOSING: Readonly<Record<string, string>> = { '<': '>', '[': ']', '{': '}', '(': ')' };

/** Walks over tokens; blanks between them count for nothing. */
class Cursor {
  readonly #bytes: Bytes;
  #at = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  accept(token: string): boolean {
    this.#skipBlanks();
    if (this.#bytes.toString('latin1', this.#at, this.#at + token.length) !== token) return false;
    this.#at += token.length;
    return true;
  }

  atEnd(): boolean {
    this.#skipBlanks();
    return this.#at >= this.#bytes.length;
  }

  /** A quoted string; the cursor stays where none begins, or where it does not end. */
  string(): Span | undefined {
    this.#skipBlanks();
    const start = this.#at;
    const quote = this.#bytes[start];
    if (quote !== 0x27 && quote !== 0x22) return undefined;
    for (let at = start + 1; at < this.#bytes.length; at += 1) {
      if (this.#bytes[at] === BACKSLASH) at += 1;
      else if (this.#bytes[at] === quote) {
        this.#at = at + 1;
        return { start, end: this.#at };
      }
    }
    return undefined;
  }

  /** Passes over a value with all its brackets and strings, and the bracket after it. */
  skipTo(closing: string): boolean {
    const open = [closing];
    while (!this.atEnd()) {
      if (this.string()) continue;
      const character = String.fromCharCode(this.#bytes[this.#at++] ?? 0);
      const inner = CLOSING[character];
      if (inner !== undefined) open.push(inner);
      else if (character === open.at(-1)) open.pop();
      else if (/[>\]})'"]/.test(character)) return false;
      if (open.length === 0) return true;
    }
    return false;
  }

  #skipBlanks(): void {
    while (/^[ \t\n\r\f\v]$/.test(String.fromCharCode(this.#bytes[this.#at] ?? 0))) this.#at += 1;
  }
}
