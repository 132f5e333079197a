import type { PasswordTexts } from '../../shared/messages/page.ts';

/** What can be said about a typed password without keeping it. */
export interface Hints {
  readonly empty: boolean;
  readonly blankStart: boolean;
  readonly blankEnd: boolean;
  readonly advice?: keyof PasswordTexts['advice'];
}

const LONG = 12;
const FEW_CHARACTERS = 4;
const SEQUENCES = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'qwertzuiop', 'asdfghjkl'];
const IN_SEQUENCE = 5;

/** One line of advice at most; it never stands in the way of a password. */
export function hintsFor(password: string, address: string): Hints {
  if (password === '') return { empty: true, blankStart: false, blankEnd: false };
  return {
    empty: false,
    blankStart: /^\s/u.test(password),
    blankEnd: /\s$/u.test(password),
    advice: adviceFor(password.toLowerCase(), address.toLowerCase()),
  };
}

function adviceFor(password: string, address: string): keyof PasswordTexts['advice'] {
  if (new Set(password).size < FEW_CHARACTERS) return 'repeated';
  if (follows(password)) return 'sequence';
  if (partsOf(address).some((part) => password.includes(part))) return 'address';
  return [...password].length < LONG ? 'short' : 'fine';
}

const follows = (password: string): boolean =>
  SEQUENCES.flatMap((line) => [line, [...line].toReversed().join('')]).some((line) =>
    pieces(line).some((piece) => password.includes(piece)),
  );

const pieces = (line: string): readonly string[] =>
  Array.from({ length: line.length - IN_SEQUENCE + 1 }, (_, at) => line.slice(at, at + IN_SEQUENCE));

const partsOf = (address: string): readonly string[] =>
  address.split(/[^\p{L}\p{N}]+/u).filter((part) => part.length >= FEW_CHARACTERS);
