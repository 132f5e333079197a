import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mbsyncrc } from '../../electron/formats/mbsyncrc.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { account: 'work', section: 'IMAPAccount' };

/** The rule in words: in double quotes, quotes and backslashes behind a backslash. */
function spell(password: string): Buffer | undefined {
  if (password === '' || /[\n\r\0]/.test(password)) return undefined;
  const spelled = [...password].map((character) =>
    '"\\'.includes(character) ? `\\${character}` : character,
  );
  return Buffer.from(`"${spelled.join('')}"`);
}

const templates = fc
  .record({
    bom: fc.constantFrom('', '\xef\xbb\xbf'),
    eol: fc.constantFrom('\n', '\r\n'),
    indent: fc.constantFrom('', '  ', '\t'),
    head: fc.constantFrom(
      '',
      '# caf\xe9 Pass "no"EOL',
      'SyncState *EOL',
      'IMAPAccount otherEOLHost hEOLPass "\xe9"EOLEOL',
      'IMAPStore workEOLHost hEOLPass "store"EOL \tEOL',
      'Group work a bEOLChannel cEOLEOL',
    ),
    twice: fc.constantFrom('', 'Pass firstEOL', ' # Pass noEOL'),
    keyword: fc.constantFrom('Pass', 'PASS', '"pa"ss'),
    tail: fc.constantFrom(
      '',
      ' \t',
      'EOL',
      ' # Pass "no"EOLUser jane',
      'EOL# still hereEOLHost hEOLEOLIMAPAccount workEOLPass secondEOL',
    ),
  })
  .map(({ bom, eol, indent, head, twice, keyword, tail }) => {
    const bytes = (text: string): Buffer => Buffer.from(text.replaceAll('EOL', eol), 'latin1');
    const before = `${bom}${head}IMAPAccount workEOL${twice}${indent}${keyword}${indent || ' '}`;
    return { before: bytes(before), after: bytes(tail) };
  });

const ACCOUNT = 'IMAPAccount work\nHost imap.example.org\nUser jane\n';

function added(file: string): string {
  const written = put(mbsyncrc, Buffer.from(file), slot, 'n"w');
  return written.ok ? written.value.toString() : written.problem.kind;
}

describe('mbsyncrc lens', () => {
  lensLaws({ lens: mbsyncrc, slot, templates, spell });

  test.each([
    [' bare', 'bare'],
    [' "two words" # comment', 'two words'],
    [' two\\ words', 'two words'],
    [' a"b c"d', 'ab cd'],
    [' "a\\"b\\\\c"', 'a"b\\c'],
    [' a#b', 'a#b'],
    [' \\#', '#'],
    [' "\\éx"', 'éx'],
    [' ""', undefined],
    [' # comment', undefined],
    ['', undefined],
    [' two words', 'unsupported'],
    [' "open', 'unsupported'],
    [' open\\', 'unsupported'],
  ])('reads Pass%s as %j', (argument, expected) => {
    expect(get(mbsyncrc, Buffer.from(`${ACCOUNT}Pass${argument}\n`), slot)).toBe(expected);
  });

  test('leaves alone what mbsync would not read', () => {
    expect(added(`${ACCOUNT}Pass two words\n`)).toBe('unsupported');
    expect(added(`${ACCOUNT}Pass "open\n`)).toBe('unsupported');
    expect(added(`${ACCOUNT}IMAPStore inside\n`)).toBe('unsupported');
    expect(added(`${'#'.repeat(1022)}\n\n${ACCOUNT}`)).toBe('unsupported');
  });

  test('adds a line after the last setting of the section, like that setting', () => {
    expect(added(ACCOUNT)).toBe(`${ACCOUNT}Pass "n\\"w"\n`);
    expect(added('IMAPAccount work\r\n\t Host h\r\n# end\r\n\r\nIMAPStore x\r\n')).toBe(
      'IMAPAccount work\r\n\t Host h\r\n\t Pass "n\\"w"\r\n# end\r\n\r\nIMAPStore x\r\n',
    );
    expect(added('IMAPAccount work\r\nHost h')).toBe('IMAPAccount work\r\nHost h\r\nPass "n\\"w"');
  });

  test('fills a line without argument', () => {
    expect(added(`${ACCOUNT} Pass # to do\n`)).toBe(`${ACCOUNT} Pass "n\\"w" # to do\n`);
    expect(added(`${ACCOUNT}Pass ""\n`)).toBe(`${ACCOUNT}Pass "n\\"w"\n`);
  });

  test('finds no section of the other kind', () => {
    expect(added(ACCOUNT.replace('IMAPAccount', 'IMAPStore'))).toBe('changed');
  });
});
