/** What `str.strip` takes off beyond what `trim` does. */
const ALSO = new Set(['\x1c', '\x1d', '\x1e', '\x1f', '\x85']);

/** True for a password that Python programs do not get back from a line, because they strip it. */
export function isStrippedByPython(password: Buffer): boolean {
  const text = password.toString('utf8');
  return text.trim() !== text || ALSO.has(text[0] ?? '') || ALSO.has(text.at(-1) ?? '');
}
