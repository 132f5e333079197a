import type { Slot } from '../../shared/model.ts';
import type { Bytes } from '../engine/ports.ts';
import { type NetrcWord, NetrcWords } from './netrc-words.ts';

/** One login of a netrc or authinfo file. */
export interface NetrcLogin {
  /** As spelled, also `host:port`; empty for `default`. */
  readonly machine: string;
  readonly login: string;
  /** Emacs only: a service name or a number. */
  readonly port?: string;
  /** Which of several logins with the same machine, login and port, from 1. */
  readonly nth: number;
  readonly loginWord: NetrcWord;
  readonly passwordWord?: NetrcWord;
  /** Why the password can be neither read nor replaced safely. */
  readonly broken?: string;
}

interface Draft {
  readonly machine: string;
  loginWord?: NetrcWord;
  passwordWord?: NetrcWord;
  port?: string;
  broken?: string;
}

const KEYWORDS = new Set('machine default login user password passwd account port macdef'.split(' '));

/**
 * All logins of the file in file order. A machine with several logins gives one for each; what has no
 * login is left out. Duplicates are kept apart, because curl and msmtp read the first and Python reads the last.
 */
export function netrcLogins(bytes: Bytes): readonly NetrcLogin[] {
  const seen = new Map<string, number>();
  return readDrafts(bytes.toString('latin1')).flatMap((draft) => {
    const { machine, loginWord } = draft;
    if (!loginWord || loginWord.text === '') return [];
    const named = {
      machine: utf8(machine),
      login: utf8(loginWord.text),
      ...(draft.port === undefined ? {} : { port: draft.port }),
    };
    const nth = (seen.get(JSON.stringify(named)) ?? 0) + 1;
    seen.set(JSON.stringify(named), nth);
    const broken = draft.broken ?? brokenPassword(draft.passwordWord);
    return {
      ...named,
      nth,
      loginWord,
      ...(draft.passwordWord ? { passwordWord: draft.passwordWord } : {}),
      ...(broken === undefined ? {} : { broken }),
    };
  });
}

/** `{ machine, login, port?, nth? }`: the words as spelled; `nth` only from the second such login on. */
export const netrcSlot = ({ machine, login, port, nth }: NetrcLogin): Slot => ({
  machine,
  login,
  ...(port === undefined ? {} : { port }),
  ...(nth === 1 ? {} : { nth }),
});

const utf8 = (view: string): string => Buffer.from(view, 'latin1').toString('utf8');

function brokenPassword(word: NetrcWord | undefined): string | undefined {
  if (word?.closed === false) return 'the quote is not closed';
  return word?.text.startsWith('gpg:') ? 'encrypted by Emacs' : undefined;
}

function readDrafts(text: string): readonly Draft[] {
  const words = new NetrcWords(text);
  const drafts: Draft[] = [];
  for (let word = words.keyword(); word; word = words.keyword()) {
    const keyword = word.text.toLowerCase();
    if (keyword === 'default') drafts.push({ machine: '' });
    if (keyword === 'default' || !KEYWORDS.has(keyword)) continue;
    const value = valueOf(words, word, text);
    if (keyword === 'macdef') words.skipMacro();
    else if (keyword === 'machine' && value) drafts.push({ machine: value.text });
    else take(drafts, keyword, value);
  }
  return drafts;
}

/** A keyword on a later line is no value: its own value was forgotten, and replacing it would lose an entry. */
function valueOf(words: NetrcWords, keyword: NetrcWord, text: string): NetrcWord | undefined {
  const value = words.value();
  if (!value || !KEYWORDS.has(value.text.toLowerCase())) return value;
  if (!text.slice(keyword.end, value.start).includes('\n')) return value;
  words.giveBack(value);
  return undefined;
}

function take(drafts: Draft[], keyword: string, value: NetrcWord | undefined): void {
  const draft = drafts.at(-1);
  if (!draft) return;
  if (keyword === 'port' && value) draft.port = value.text;
  if (keyword === 'login' || keyword === 'user') {
    if (!value) return;
    if (draft.loginWord) drafts.push({ machine: draft.machine, loginWord: value });
    else draft.loginWord = value;
  }
  if (keyword === 'password' || keyword === 'passwd') {
    if (!value || draft.passwordWord) draft.broken = value ? 'two passwords' : 'the password is left out';
    else draft.passwordWord = value;
  }
}
