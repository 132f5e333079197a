import * as fc from 'fast-check';

const TROUBLE = [...' \t"\'\\#$%&;:@/?=!`<>|{}()[]*~^,.+-_\v\f\b'];
const FOREIGN = ['é', 'ß', '€', '漢', '😀', '\u00a0', '\u0085', '\u2028'];
const BREAKING = ['\n', '\r', '\0'];

const letters = fc.constantFrom(...'abcnrtxyzABC0129');

/** Passwords full of characters that some format gives a meaning; never a line break or NUL. */
export const nastyPassword = fc
  .array(fc.oneof(letters, fc.constantFrom(...TROUBLE), fc.constantFrom(...FOREIGN)), {
    minLength: 1,
    maxLength: 24,
  })
  .map((characters) => characters.join(''));

/** As above, and now and then with what no line-based file can hold. */
export const anyPassword = fc.oneof(
  { weight: 9, arbitrary: nastyPassword },
  {
    weight: 1,
    arbitrary: fc
      .tuple(nastyPassword, fc.constantFrom(...BREAKING), nastyPassword)
      .map((parts) => parts.join('')),
  },
);

/** The same passwords in every run, for real programs as judges. */
export const samplePasswords = (count: number): readonly string[] =>
  fc.sample(nastyPassword, { numRuns: count, seed: 20260102 });
