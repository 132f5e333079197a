/** One word of a netrc file: byte offsets, and its meaning as a latin1 view. */
export interface NetrcWord {
  readonly start: number;
  /** Behind the closing quote, and behind anything that sticks to it. */
  readonly end: number;
  readonly text: string;
  /** False for a word with an opening double quote that is not closed on its line. */
  readonly closed: boolean;
}

const BLANKS = /[ \t\r\n\v\f]*/y;
const BARE = /[^ \t\r\n\v\f]+/y;
const ESCAPED_QUOTES = /"((?:[^"\\\r\n]|\\[^\r\n])*)"[^ \t\r\n\v\f]*/y;
const RAW_QUOTES = /"([^"\r\n]*)"(?=[ \t\r\n\v\f]|$)/y;
const SINGLE_QUOTES = /'([^'\r\n]*)'(?=[ \t\r\n\v\f]|$)/y;
/** A value that starts with `#` counts only where nothing follows on its line; else it is a comment. */
const HASH_VALUE = /#[^ \t\r\n\v\f]+(?=[ \t]*(?:\r?\n|\r?$))/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const BYTE_ORDER_MARK = '\xef\xbb\xbf';

/**
 * Reads a netrc file word by word. The readers (curl lib/netrc.c, Python netrc.py, msmtp src/netrc.c,
 * Emacs auth-source.el) disagree about quotes; a word is taken as long as the most generous of them
 * would take it, so that replacing it leaves no rest behind. Backslashes are read as curl reads them.
 */
export class NetrcWords {
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  }

  /** The next keyword; comments are skipped. */
  keyword(): NetrcWord | undefined {
    this.#skipBlanksAndComments(false);
    return this.#word();
  }

  /** The word that a keyword is followed by; it may start with `#`. */
  value(): NetrcWord | undefined {
    this.#skipBlanksAndComments(true);
    return this.#word();
  }

  /** Reads a word again: it was not what the caller looked for. */
  giveBack(word: NetrcWord): void {
    this.#at = word.start;
  }

  /** Skips the body of a macro: everything up to an empty line. */
  skipMacro(): void {
    const empty = /\n\r?\n/g;
    empty.lastIndex = this.#at;
    this.#at = empty.exec(this.#text) ? empty.lastIndex : this.#text.length;
  }

  #skipBlanksAndComments(hashIsValue: boolean): void {
    for (;;) {
      this.#at += this.#match(BLANKS)?.[0].length ?? 0;
      if (this.#text[this.#at] !== '#') return;
      if (hashIsValue && this.#match(HASH_VALUE)) return;
      const lineBreak = this.#text.indexOf('\n', this.#at);
      this.#at = lineBreak < 0 ? this.#text.length : lineBreak;
    }
  }

  #word(): NetrcWord | undefined {
    if (this.#at >= this.#text.length) return undefined;
    const escaped = this.#match(ESCAPED_QUOTES);
    if (escaped) return this.#take(escaped[0], unescape(escaped[1] ?? ''));
    const literal = this.#match(RAW_QUOTES) ?? this.#match(SINGLE_QUOTES);
    if (literal) return this.#take(literal[0], literal[1] ?? '');
    const bare = this.#match(BARE)?.[0] ?? '';
    return this.#take(bare, bare, !bare.startsWith('"'));
  }

  #take(spelled: string, text: string, closed = true): NetrcWord {
    const start = this.#at;
    this.#at += spelled.length;
    return { start, end: this.#at, text, closed };
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text) ?? undefined;
  }
}

const unescape = (inner: string): string =>
  inner.replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);
