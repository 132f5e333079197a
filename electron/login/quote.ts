import type { Secret } from '../engine/secret.ts';

/** Turns a server's words into text that may be shown and stored, or nothing where they may not be repeated. */
export type Quote = (line: string) => string | undefined;

const LONGEST = 300;

/**
 * Quotes a server's line: control characters become blanks, at most 300 characters. A line that repeats the
 * password in any common encoding is dropped whole, because masking a part of it would tell where and what it was.
 */
export function quoteWithout(password: Secret, login: string): Quote {
  const spellings = password.use((bytes) => spellingsOf(bytes, login));
  return (line) => {
    if (repeats(line, spellings)) return undefined;
    const clean = line.replace(/[\p{C}\s]+/gu, ' ').trim();
    return clean === '' ? undefined : [...clean].slice(0, LONGEST).join('');
  };
}

/** Compares without blanks and case, so that a folded or wrapped echo is found too. */
function repeats(line: string, spellings: readonly string[]): boolean {
  const packed = pack(line);
  // Octets that a library decoded one by one (latin1) are compared as the UTF-8 they were, too.
  const decoded = pack(Buffer.from(line, 'latin1').toString('utf8'));
  return spellings.some((spelling) => packed.includes(spelling) || decoded.includes(spelling));
}

const pack = (text: string): string => text.replace(/[\p{C}\s]+/gu, '').toLowerCase();

function spellingsOf(password: Buffer, login: string): readonly string[] {
  const text = password.toString('utf8');
  const plain = Buffer.concat([Buffer.from(`\0${login}\0`), password]);
  const spellings = [
    text,
    text.replace(/["\\]/g, (special) => `\\${special}`),
    encodeURIComponent(text),
    password.toString('hex'),
    ...[password, plain].flatMap((bytes) => [bytes.toString('base64'), bytes.toString('base64url')]),
    ...base64Inside(password),
  ];
  return [...new Set(spellings.map(pack))].filter((spelling) => spelling !== '');
}

/** What base64 makes of the password inside a longer text, at each of the three possible offsets. */
function base64Inside(password: Buffer): readonly string[] {
  const cores = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), password]).toString('base64url');
    const lastWhole = Math.floor(((offset + password.length) * 8) / 6);
    return encoded.slice(Math.ceil((offset * 8) / 6), lastWhole);
  });
  // Shorter ones would be found in ordinary words.
  return cores
    .filter((core) => core.length >= 6)
    .flatMap((core) => [core, core.replaceAll('-', '+').replaceAll('_', '/')]);
}
