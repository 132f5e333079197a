import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { fetchmailWords, type FetchmailWord } from './fetchmailrc-words.ts';

/** What a `poll`, `skip` or `defaults` says of its server. */
export interface FetchmailServer {
  readonly name: string;
  via?: string;
  protocol?: string;
  /** A number or a name of a service. */
  port?: string;
  mechanism?: string;
  readonly users: FetchmailUser[];
}

/** One mailbox on a server. */
export interface FetchmailUser {
  readonly slot: Slot;
  /** As the server knows it; empty where the local user's name is taken. */
  readonly login: string;
  readonly ssl: boolean;
  readonly sslProtocol?: string;
  readonly password?: FetchmailWord;
  /** Behind which word a password can be added. */
  readonly place?: FetchmailWord;
  /** The password comes from elsewhere: `passwordfile`, `passwordfd`. */
  readonly elsewhere?: string;
}

interface Draft {
  login: string;
  ssl: boolean;
  sslProtocol?: string;
  password?: FetchmailWord;
  place?: FetchmailWord;
  elsewhere?: string;
}

/**
 * The servers and users of a `.fetchmailrc` (rcfile_y.y of fetchmail), `defaults` among them. One character per byte
 * in every text. `unsupported` where a password or a name is left out, or is followed by what fetchmail stumbles over.
 */
export function readFetchmail(text: string): Result<readonly FetchmailServer[]> {
  return new Reading(fetchmailWords(text)).servers();
}

class Reading {
  readonly #words: readonly FetchmailWord[];
  #at = 0;
  readonly #servers: FetchmailServer[] = [];
  readonly #seen = new Map<string, number>();
  #users: Draft[] = [];
  #problem = '';

  constructor(words: readonly FetchmailWord[]) {
    this.#words = words;
  }

  servers(): Result<readonly FetchmailServer[]> {
    for (let word = this.#next(); word && this.#problem === ''; word = this.#next()) {
      if (word.kind === 'keyword') this.#take(word.value);
    }
    this.#finish();
    return this.#problem === '' ? ok(this.#servers) : fail('unsupported', undefined, this.#problem);
  }

  #next(): FetchmailWord | undefined {
    return this.#words[this.#at++];
  }

  #text(keyword: string): FetchmailWord | undefined {
    const word = this.#words[this.#at];
    if (word?.kind !== 'text') this.#problem = `${keyword} without a value`;
    else this.#at += 1;
    return word;
  }

  #value(keyword: string): string {
    return this.#text(keyword)?.value ?? '';
  }

  #take(keyword: string): void {
    const server = this.#servers.at(-1);
    if (keyword === 'poll' || keyword === 'server' || keyword === 'skip') this.#open(this.#value(keyword));
    else if (keyword === 'defaults') this.#open('defaults');
    else if (!server || keyword === 'set') return;
    else if (keyword === 'via') server.via = this.#value(keyword);
    else if (keyword === 'proto' || keyword === 'protocol')
      server.protocol = this.#value(keyword).toLowerCase();
    else if (keyword === 'port' || keyword === 'service') server.port = this.#value(keyword);
    else if (/^(?:pre)?auth/.test(keyword)) server.mechanism = this.#value(keyword).toLowerCase();
    else this.#takeForUser(keyword);
  }

  #open(name: string): void {
    this.#finish();
    this.#servers.push({ name, users: [] });
  }

  #takeForUser(keyword: string): void {
    if (keyword === 'user' || keyword === 'username') return this.#user(keyword);
    if (keyword === 'is' || keyword === 'to') return this.#names(keyword);
    if (keyword === 'pass' || keyword === 'password') {
      const password = this.#text(keyword);
      if (password) this.#current().password = password;
      if (['text', 'mark'].includes(this.#words[this.#at]?.kind ?? ''))
        this.#problem = 'a word behind a password';
    } else if (keyword === 'passwordfile' || keyword === 'passwordfd') this.#current().elsewhere = keyword;
    else if (keyword === 'ssl') this.#current().ssl = this.#words[this.#at - 2]?.value !== 'no';
    else if (keyword === 'sslproto') this.#current().sslProtocol = this.#value(keyword);
  }

  /** `user NAME`, `user NAME there`, or `user LOCAL here` with the name on the server after `is`. */
  #user(keyword: string): void {
    const name = this.#text(keyword);
    while (['text', 'mark'].includes(this.#words[this.#at]?.kind ?? '')) this.#at += 1;
    const follows = this.#words[this.#at];
    const sided = follows?.kind === 'keyword' && ['here', 'there'].includes(follows.value);
    if (sided) this.#at += 1;
    const last = this.#words[this.#at - 1];
    const draft: Draft = { login: follows?.value === 'here' ? '' : (name?.value ?? ''), ssl: false };
    this.#users.push(last ? { ...draft, place: last } : draft);
  }

  #names(keyword: string): void {
    const user = this.#current();
    const name = this.#text(keyword);
    while (['text', 'mark'].includes(this.#words[this.#at]?.kind ?? '')) this.#at += 1;
    if (this.#words[this.#at]?.value === 'there' && name) user.login = name.value;
  }

  /** Options before the first `user` are those of one user. */
  #current(): Draft {
    const known = this.#users.at(-1);
    if (known) return known;
    const first = { login: '', ssl: false };
    this.#users.push(first);
    return first;
  }

  #finish(): void {
    const server = this.#servers.at(-1);
    for (const user of this.#users) {
      server?.users.push({
        ...user,
        slot: this.#slot({ server: utf8(server.name), user: utf8(user.login) }),
      });
    }
    this.#users = [];
  }

  /** `nth` only from the second such user on. */
  #slot(names: Slot): Slot {
    const name = JSON.stringify(names);
    const nth = (this.#seen.get(name) ?? 0) + 1;
    this.#seen.set(name, nth);
    return nth === 1 ? names : { ...names, nth };
  }
}

export const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
