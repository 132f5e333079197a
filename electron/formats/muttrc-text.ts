/**
 * One character of a command as mutt sees it (one per byte), with the bytes of the file that spell it. Commands nest:
 * a hook's command is the decoded text of a quoted word, and still knows where each character stands in the file.
 */
export interface Char {
  readonly c: string;
  readonly from: number;
  readonly to: number;
  /** How a text is spelled here, so that it reads as itself at this depth: quoting for all levels around it. */
  readonly spell: Spell;
  /** What stands here is put in by mutt when it reads the word. */
  readonly expansion?: Expansion;
}

type Spell = (text: string) => string;

/**
 * `bare`: outside quotes mutt takes a command's output apart again, blanks and quotes included. `outer`: put in around
 * the command that is read here, so that its text is taken apart too.
 */
export type Expansion =
  | { readonly kind: 'variable'; readonly name: string; readonly outer?: boolean }
  | { readonly kind: 'command'; readonly command: string; readonly bare: boolean; readonly outer?: boolean };

export interface Token {
  /** As spelled, quotes included. */
  readonly raw: readonly Char[];
  /** As mutt reads it. */
  readonly chars: readonly Char[];
  /** A quote, a backslash or a backtick that is left open. */
  readonly open: boolean;
}

/** Stands for an expansion: no byte has this value. */
const PLACEHOLDER = '\ufffc';

const asIs: Spell = (text) => text;

/**
 * The logical lines of a muttrc, one character per byte. A backslash before the line end joins lines, also in a
 * comment and also behind another backslash (`mutt_read_line` in mutt's lib.c); a CR before the line end is dropped.
 */
export function* logicalLines(text: string): Generator<readonly Char[]> {
  let line: Char[] = [];
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const stop = feed < 0 ? text.length : feed;
    const end = feed > start && text[feed - 1] === '\r' ? feed - 1 : stop;
    const joins = feed >= 0 && end > start && text[end - 1] === '\\';
    for (let at = start; at < (joins ? end - 1 : end); at += 1) {
      line.push({ c: text[at] ?? '', from: at, to: at + 1, spell: asIs });
    }
    start = feed < 0 ? text.length : feed + 1;
    if (joins && start < text.length) continue;
    yield line;
    line = [];
  }
}

/** The text; undefined where mutt puts something in. */
export const plain = (chars: readonly Char[]): string | undefined =>
  chars.some(({ expansion }) => expansion) ? undefined : text(chars);

/** The text with a placeholder for each expansion. */
export const text = (chars: readonly Char[]): string => chars.map(({ c }) => c).join('');

export const isSpace = (char: Char | undefined): boolean => char !== undefined && /[ \t-\r]/.test(char.c);

export function skipSpace(chars: readonly Char[], at: number): number {
  let next = at;
  while (isSpace(chars[next])) next += 1;
  return next;
}

type Quote = '' | '"' | "'";

/** Reads one word from `start` on; `stops` names the unquoted characters that end it. */
export function takeToken(
  chars: readonly Char[],
  start: number,
  stops: RegExp,
): { readonly token: Token; readonly next: number } {
  const first = skipSpace(chars, start);
  const reading = new Reading(chars, first);
  while (reading.at < chars.length && !reading.open) {
    const { c = '' } = chars[reading.at] ?? {};
    if (reading.quote === '' && stops.test(c)) break;
    reading.step();
  }
  const token = {
    raw: chars.slice(first, reading.at),
    chars: reading.out,
    open: reading.open || reading.quote !== '',
  };
  return { token, next: skipSpace(chars, reading.at) };
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', e: '\x1b' };

/** `mutt_extract_token` in mutt's and NeoMutt's init.c. */
class Reading {
  quote: Quote = '';
  open = false;
  readonly out: Char[] = [];
  readonly #spells = new Map<Spell, Map<Quote, Spell>>();
  readonly #chars: readonly Char[];
  at: number;

  constructor(chars: readonly Char[], at: number) {
    this.#chars = chars;
    this.at = at;
  }

  step(): void {
    const char = this.#chars[this.at];
    if (!char) return;
    if (char.expansion) return this.#take(1, PLACEHOLDER, { ...char.expansion, outer: true });
    if (this.quote !== '' && char.c === this.quote) return this.#turn('');
    if (this.quote === '' && (char.c === '"' || char.c === "'")) return this.#turn(char.c);
    if (this.quote === "'") return this.#take(1, char.c);
    if (char.c === '\\') return this.#escape();
    if (char.c === '`') return this.#command();
    return char.c === '$' ? this.#variable() : this.#take(1, char.c);
  }

  #turn(quote: Quote): void {
    this.quote = quote;
    this.at += 1;
  }

  /** Uses up `length` characters, which read as `c`. */
  #take(length: number, c: string, expansion?: Expansion): void {
    const first = this.#chars[this.at];
    const last = this.#chars[this.at + length - 1];
    if (!first || !last) return void (this.open = true);
    const { from, spell } = first;
    const char = { c, from, to: last.to, spell: this.#spellIn(spell) };
    this.out.push(expansion ? { ...char, expansion } : char);
    this.at += length;
  }

  /** One function per quote and level around it, so that equal places have the same one. */
  #spellIn(around: Spell): Spell {
    const known = this.#spells.get(around) ?? new Map<Quote, Spell>();
    this.#spells.set(around, known);
    const { quote } = this;
    const spell = known.get(quote) ?? ((plainText: string) => around(escapeIn(quote, plainText)));
    known.set(quote, spell);
    return spell;
  }

  #peek(length: number): string {
    return text(this.#chars.slice(this.at, this.at + length));
  }

  #escape(): void {
    const sequence = this.#peek(4);
    const escaped = sequence[1] ?? '';
    const control = sequence[2];
    if (escaped === '' || (/c/i.test(escaped) && control === undefined)) return void (this.open = true);
    if (/c/i.test(escaped)) return this.#take(3, controlOf(control ?? ''));
    if (/^\\\d{3}$/.test(sequence)) return this.#take(4, octal(sequence.slice(1)));
    return this.#take(2, ESCAPED[escaped] ?? escaped);
  }

  /** Up to the next backtick that has no backslash before it. */
  #command(): void {
    let end = this.at + 1;
    while (end < this.#chars.length && this.#chars[end]?.c !== '`') {
      end += this.#chars[end]?.c === '\\' ? 2 : 1;
    }
    if (end >= this.#chars.length) return void (this.open = true);
    const command = text(this.#chars.slice(this.at + 1, end));
    const bare = this.quote === '';
    this.#take(end + 1 - this.at, PLACEHOLDER, { kind: 'command', command, bare });
  }

  #variable(): void {
    const start = this.at + 1;
    const braced = this.#chars[start]?.c === '{';
    if (!braced && !/[A-Za-z]/.test(this.#chars[start]?.c ?? '')) return this.#take(1, '$');
    const inName = braced ? /[^}]/ : /[A-Za-z0-9_]/;
    let end = start;
    while (end < this.#chars.length && inName.test(this.#chars[end]?.c ?? '')) end += 1;
    if (braced && end === this.#chars.length) return void (this.open = true);
    const name = text(this.#chars.slice(braced ? start + 1 : start, end));
    this.#take((braced ? end + 1 : end) - this.at, PLACEHOLDER, { kind: 'variable', name });
  }
}

const controlOf = (c: string): string => String.fromCharCode((c.toUpperCase().charCodeAt(0) - 64) & 0x7f);

/** Decimal digits count too, and a byte holds eight bits, as in mutt. */
const octal = (digits: string): string =>
  String.fromCharCode([...digits].reduce((sum, digit) => sum * 8 + Number(digit), 0) & 0xff);

/** Spells a text within quotes that are open, or without any. */
function escapeIn(quote: Quote, plainText: string): string {
  if (quote === "'") return plainText.split("'").join(String.raw`'\''`);
  const special = quote === '"' ? /[\\"$`]/g : /[^A-Za-z0-9._~%@:/+,\x80-\xff-]/g;
  return plainText.replace(special, (each) => `\\${each}`);
}

/** A whole word that reads as this text. */
export const quoted = (plainText: string): string => `"${escapeIn('"', plainText)}"`;
