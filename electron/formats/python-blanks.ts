/** What `str.isspace` calls so, in Unicode 14 and later; a byte order mark is none of them. */
const BLANK = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const AROUND = new RegExp(`^${BLANK}+|${BLANK}+$`, 'gu');

/** A text as Python's `str.strip` leaves it. */
export const strippedByPython = (text: string): string => text.replaceAll(AROUND, '');

/** True for a password that Python programs do not get back from a line, because they strip it. */
export function isStrippedByPython(password: Buffer): boolean {
  const text = password.toString('utf8');
  return strippedByPython(text) !== text;
}
