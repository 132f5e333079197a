import type { PasswordTexts } from '../../shared/messages/page.ts';

/** One line about how easily a password is guessed. */
export type Advice = keyof PasswordTexts['advice'];

/** What can be said about a typed password at once, without keeping it. */
export interface Hints {
  readonly empty: boolean;
  readonly blankStart: boolean;
  readonly blankEnd: boolean;
  readonly advice?: Advice;
}

const LONG = 12;

/** One line of advice at most; it never stands in the way of a password. Its length alone tells little, but at once. */
export function hintsFor(password: string): Hints {
  return {
    empty: password === '',
    blankStart: /^\s/u.test(password),
    blankEnd: /\s$/u.test(password),
    ...([...password].length < LONG ? { advice: 'short' } : {}),
  };
}

const SHORTEST_PART = 3;

/** What of a mail address a guesser tries first. */
export const partsOf = (address: string): readonly string[] => [
  address,
  ...address.split(/[^\p{L}\p{N}]+/u).filter((part) => part.length >= SHORTEST_PART),
];
