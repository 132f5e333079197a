import { ZxcvbnFactory, type MatchExtended } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';
import type { Advice } from './view/advice.ts';

/** From here on of zxcvbn's scores (0 to 4), guessing takes more than anybody tries online. */
const HARD_TO_GUESS = 3;

/**
 * Says why a password is easy to guess, or that it is not. Heavy: its dictionaries are most of the page, so nothing
 * may import this file but `import()`.
 */
export class Strength {
  readonly zxcvbn = new ZxcvbnFactory({
    dictionary: { ...common, ...english },
    graphs: adjacencyGraphs,
    useLevenshteinDistance: false,
    // Both bound the time, which grows with the length and with the ways to undo `P@ssw0rd`: the page waits for it.
    maxLength: 48,
    l33tMaxSubstitutions: 10,
  });

  /** `known` are words that are guessed early, because everybody can find them out. */
  advice(password: string, known: readonly string[]): Advice {
    const { score, sequence } = this.zxcvbn.check(password, [...known]);
    // The library keeps the last password that it judged.
    this.zxcvbn.check('');
    if (score >= HARD_TO_GUESS) return 'fine';
    const [longest] = sequence.toSorted((a, b) => b.token.length - a.token.length);
    return longest ? adviceFor(longest) : 'short';
  }
}

function adviceFor({ pattern, ...match }: MatchExtended): Advice {
  switch (pattern) {
    case 'dictionary':
      return dictionaryAdvice(String(match['dictionaryName']));
    case 'wordSequence':
      return 'word';
    case 'spatial':
      return 'keyboard';
    case 'repeat':
      return 'repeated';
    case 'sequence':
      return 'sequence';
    case 'regex':
    case 'date':
      return 'date';
    default:
      return 'short';
  }
}

function dictionaryAdvice(name: string): Advice {
  if (name === 'userInputs') return 'address';
  if (name.startsWith('passwords')) return 'common';
  return /^(first|last)names/.test(name) ? 'name' : 'word';
}
