import * as fc from 'fast-check';

const NASTY = [...' \t"\'\\#$%&;:,=@!?*`~^|/<>(){}[]+-_.éß€😀', ...'abcXYZ0129'];

/** One line of text with everything that some format treats specially: quotes, escapes, comments, blanks, UTF-8. */
export const nastyPassword = (maxLength = 40): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...NASTY), minLength: 1, maxLength });

/** The same passwords on every run, for tests that start a real program for each. */
export const nastySample = (count: number, maxLength?: number): readonly string[] =>
  fc.sample(nastyPassword(maxLength), { seed: 20260102, numRuns: count });
