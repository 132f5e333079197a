import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fetchmailrc } from '../../electron/formats/fetchmailrc.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { server: 'imap.example.org', user: 'jane' };

/** The rule in words: in double quotes; what they cannot hold by its number, a backslash twice. */
function spell(password: string): Buffer | undefined {
  if (password === '' || /[\n\r\0]/.test(password)) return undefined;
  const spelled = [...password].map((c) => {
    if (c === '\\') return '\\\\';
    const code = c.charCodeAt(0);
    return c === '"' || code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : c;
  });
  return Buffer.from(`"${spelled.join('')}"`);
}

const templates = fc
  .record({
    eol: fc.constantFrom('\n', '\r\n'),
    head: fc.constantFrom(
      '',
      '# caf\xe9 password "no"EOL',
      'set daemon 300EOL',
      'defaults proto imapEOLpoll other user \'jane\' password "\xe9"EOL',
      'skip "imap.example.org" user joe password noEOL',
    ),
    name: fc.constantFrom('imap.example.org', '"imap.example.org"', 'imap.example.org via x'),
    user: fc.constantFrom(
      'user jane ',
      'username "jane" there, with ',
      'user local here is jane there EOL\t',
      'user a password b user jane ',
    ),
    keyword: fc.constantFrom('password ', 'pass EOL', 'password, '),
    tail: fc.constantFrom(
      '',
      ' ',
      'EOL',
      ',keep',
      ' # commentEOL',
      ' user x password "\xe9"EOLpoll z user jane password zEOL',
    ),
  })
  .map(({ eol, head, name, user, keyword, tail }) => {
    const bytes = (text: string): Buffer => Buffer.from(text.replaceAll('EOL', eol), 'latin1');
    return { before: bytes(`${head}poll ${name} proto imap ${user}${keyword}`), after: bytes(tail) };
  });

const SERVER = 'poll imap.example.org proto imap ';

function written(file: string, password = 'n"w'): string {
  const result = put(fetchmailrc, Buffer.from(file), slot, password);
  return result.ok ? result.value.toString() : result.problem.kind;
}

describe('fetchmailrc lens', () => {
  lensLaws({ lens: fetchmailrc, slot, templates, spell });

  test.each([
    ['bare', 'bare'],
    ['1234', '1234'],
    ['keep', 'keep'],
    ['a#b', 'a#b'],
    ['a"b"c', 'a"b"c'],
    ['"a"b', '"a"b'],
    ['"a\\"b"', '"a"b"'],
    ['#comment\nvalue', 'value'],
    ['"\\x4a\\x4\\112\\0112\\\\\\q"', 'J\x04p\t2\\q'],
    ['""', undefined],
    ['"a b"c', 'unsupported'],
    ['"a b"keep', 'unsupported'],
    ['= x', 'unsupported'],
  ])('reads password %s as %j', (spelled, expected) => {
    expect(get(fetchmailrc, Buffer.from(`${SERVER}user jane password ${spelled}\n`), slot)).toBe(expected);
  });

  test('adds a password behind the name', () => {
    expect(written(`${SERVER}user jane is x here\n`)).toBe(
      `${SERVER}user jane password "n\\x22w" is x here\n`,
    );
    expect(written(`${SERVER}user jane there with keep`)).toBe(
      `${SERVER}user jane there password "n\\x22w" with keep`,
    );
  });

  test('refuses what it cannot find or read', () => {
    expect(written(`${SERVER}user joe password x`)).toBe('changed');
    expect(written(`${SERVER}user jane password`)).toBe('unsupported');
    expect(written(`${SERVER}user jane passwordfd 4`)).toBe('unsupported');
  });
});
