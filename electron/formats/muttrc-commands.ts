import type { Slot } from '../../shared/model.ts';
import type { Bytes } from '../engine/ports.ts';
import { type Char, logicalLines, plain, skipSpace, takeToken, text, type Token } from './muttrc-text.ts';
import { type MailUrl, nameText, readMailUrl } from './mutt-url.ts';

/** A value that one command gives to a variable; without `token` the variable is emptied. */
export interface Assignment {
  readonly variable: string;
  readonly slot: Slot;
  readonly token?: Token;
  /** Where a value that is not there yet belongs: behind the equals sign. */
  readonly equals?: Char;
  /** Adds to or toggles what is there, or its readers understand it differently. */
  readonly unclear?: boolean;
}

/** A word that is a mailbox or server URL. */
export interface UrlWord {
  readonly url: MailUrl;
  readonly slot: Slot;
}

export type Command =
  | ({ readonly kind: 'set' } & Assignment)
  | { readonly kind: 'source'; readonly token: Token }
  | { readonly kind: 'urls'; readonly words: readonly UrlWord[] }
  /** Commands that mutt runs later, or only sometimes. */
  | {
      readonly kind: 'hook';
      readonly hook: string;
      readonly pattern: string;
      readonly commands: readonly Command[];
      /** Keys are not commands: what a macro sets cannot be written back. */
      readonly keys?: boolean;
    };

const WORD = /[ \t-\r#;]/;
const NAME = /[ \t-\r#;=?]/;
/** The last word of most hooks runs to the end of the command, blanks included. */
const REST = /[#;]/;

const HOOKS: Readonly<Record<string, RegExp>> = {
  'account-hook': REST,
  'folder-hook': REST,
  'send-hook': REST,
  'send2-hook': REST,
  'reply-hook': REST,
  'message-hook': WORD,
};
const GLOBAL_HOOKS = new Set(['startup-hook', 'shutdown-hook', 'timeout-hook']);
const SETTERS: Readonly<Record<string, 'set' | 'empty'>> = { set: 'set', unset: 'empty', reset: 'empty' };

/**
 * The commands of a muttrc that say something about servers and passwords, in file order (`mutt_parse_rc_line` in
 * mutt's init.c). Nothing is expanded and nothing is run.
 */
export const readMuttrc = (bytes: Bytes): readonly Command[] => {
  const reading = new Reading([]);
  return [...logicalLines(bytes.toString('latin1'))].flatMap((line) => reading.commands(line));
};

class Reading {
  /** The hooks around, outermost first. */
  readonly #inside: readonly string[];
  readonly #seen = new Map<string, number>();

  constructor(inside: readonly string[]) {
    this.#inside = inside;
  }

  /** The commands of one line, or of a hook. */
  commands(line: readonly Char[]): readonly Command[] {
    const found: Command[] = [];
    for (let at = skipSpace(line, 0); at < line.length && line[at]?.c !== '#';) {
      if (line[at]?.c === ';') {
        at = skipSpace(line, at + 1);
        continue;
      }
      const { token, next } = takeToken(line, at, WORD);
      const end = this.#command(plain(token.chars) ?? '', line, next, found);
      at = end > at ? end : line.length;
    }
    return found;
  }

  /** Adds what the command says; gives where it ends. */
  #command(name: string, line: readonly Char[], start: number, found: Command[]): number {
    const setter = SETTERS[name];
    if (setter) return this.#settings(setter, line, start, found);
    const rest = HOOKS[name];
    if (rest) return this.#hook(name, rest, line, start, found);
    if (GLOBAL_HOOKS.has(name)) return this.#body(name, '', WORD, line, start, found);
    if (name === 'ifdef' || name === 'ifndef') {
      const { token, next } = takeToken(line, start, WORD);
      return this.#body(name, nameText(token.chars), REST, line, next, found);
    }
    if (name === 'macro') return this.#macro(line, start, found);
    return this.#words(name, line, start, found);
  }

  #settings(setter: 'set' | 'empty', line: readonly Char[], start: number, found: Command[]): number {
    let at = start;
    while (isArgument(line[at])) {
      const [prefix = ''] = /^(?:no|inv|[?&])?/.exec(text(line.slice(at, at + 3))) ?? [];
      const before = at;
      const { token, next } = takeToken(line, at + prefix.length, NAME);
      const name = plain(token.chars) ?? '';
      const equals = line[next]?.c === '=' ? line[next] : undefined;
      const [, variable = '', operator] = /^(.*?)([+-]?)$/s.exec(name) ?? [];
      const value = equals && takeToken(line, next + 1, WORD);
      at = value?.next ?? (line[next]?.c === '?' ? skipSpace(line, next + 1) : next);
      if (at <= before) return line.length;
      const empties = setter === 'empty' || prefix === '&';
      if (!value && !empties && prefix === '') continue;
      found.push({
        kind: 'set',
        variable,
        slot: equals ? this.#slot({ variable }) : { variable },
        ...(empties || !value ? {} : { token: value.token }),
        ...(equals ? { equals } : {}),
        ...(operator === '' && (prefix === '' || empties) ? {} : { unclear: true }),
      });
      if (value && !empties) this.#urls(variable, [value.token], found);
    }
    return at;
  }

  #hook(name: string, rest: RegExp, line: readonly Char[], start: number, found: Command[]): number {
    const negated = line[start]?.c === '!';
    let { token, next } = takeToken(line, negated ? start + 1 : start, WORD);
    if (plain(token.chars) === '-noregex') ({ token, next } = takeToken(line, next, WORD));
    const pattern = `${negated ? '! ' : ''}${nameText(token.chars)}`;
    return this.#body(name, pattern, rest, line, next, found);
  }

  #body(
    hook: string,
    pattern: string,
    stops: RegExp,
    line: readonly Char[],
    start: number,
    found: Command[],
  ): number {
    const { token, next } = takeToken(line, start, stops);
    const inner = this.#into(`${hook} ${pattern}`.trim());
    found.push({ kind: 'hook', hook, pattern, commands: inner.commands(token.chars) });
    return next;
  }

  /** Follows what a macro types at the command prompt. */
  #macro(line: readonly Char[], start: number, found: Command[]): number {
    const { next: second } = takeToken(line, start, WORD);
    const { token: key, next: third } = takeToken(line, second, WORD);
    const { token, next } = takeToken(line, third, WORD);
    const keys = text(token.chars);
    const pattern = nameText(key.chars);
    const inner = this.#into(`macro ${pattern}`);
    const commands: Command[] = [];
    for (const typed of keys.matchAll(/(?:<enter-command>|^:)(.*?)(?=<enter>|<return>|[\r\n]|$)/gis)) {
      const end = typed.index + typed[0].length;
      commands.push(...inner.commands(token.chars.slice(end - (typed[1] ?? '').length, end)));
    }
    if (commands.length > 0) {
      found.push({ kind: 'hook', hook: 'macro', pattern, commands, keys: true });
    }
    return takeToken(line, next, WORD).next;
  }

  /** The words of any other command, of which only files to read and URLs matter. */
  #words(name: string, line: readonly Char[], start: number, found: Command[]): number {
    const tokens: Token[] = [];
    let at = start;
    while (isArgument(line[at])) {
      const { token, next } = takeToken(line, at, WORD);
      tokens.push(token);
      if (next <= at) return line.length;
      at = next;
    }
    if (name === 'source') tokens.forEach((token) => found.push({ kind: 'source', token }));
    else this.#urls(name, tokens, found);
    return at;
  }

  #urls(name: string, tokens: readonly Token[], found: Command[]): void {
    const urls = tokens.flatMap((token) => readMailUrl(token, name === 'pop_host') ?? []);
    const words = urls.map((url) => ({ url, slot: this.#slot({ url: name, ...url.names }) }));
    if (words.length > 0) found.push({ kind: 'urls', words });
  }

  #into(hook: string): Reading {
    const known = this.#inner.get(hook) ?? new Reading([...this.#inside, hook]);
    this.#inner.set(hook, known);
    return known;
  }

  readonly #inner = new Map<string, Reading>();

  /** `nth` only from the second cell of the same name on. */
  #slot(names: Slot): Slot {
    const slot = this.#inside.length > 0 ? { ...names, in: this.#inside.join(' > ') } : names;
    const name = JSON.stringify(slot);
    const nth = (this.#seen.get(name) ?? 0) + 1;
    this.#seen.set(name, nth);
    return nth === 1 ? slot : { ...slot, nth };
  }
}

const isArgument = (char: Char | undefined): boolean => char !== undefined && !REST.test(char.c);
