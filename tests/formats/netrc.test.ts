import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { netrc } from '../../electron/formats/netrc.ts';
import { netrcLogins } from '../../electron/formats/netrc-logins.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { machine: 'imap.example.org', login: 'anna' };

/** The rule in words: bare, else in double quotes, never with an escape. */
function spell(password: string): Buffer | undefined {
  if (password === '' || /["\\\n\r\0]/.test(password) || password.startsWith('gpg:')) return undefined;
  return Buffer.from(/[ \t\v\f'#]/.test(password) ? `"${password}"` : password);
}

const templates = fc
  .record({
    bom: fc.constantFrom('', '\xef\xbb\xbf'),
    eol: fc.constantFrom('\n', '\r\n'),
    gap: fc.constantFrom(' ', '\t', '  ', 'EOL\t', 'EOL # note "EOL '),
    head: fc.constantFrom(
      '',
      '# caf\xe9 "machine imap.example.org login anna password noEOL',
      'machine other.example.org login anna password "o t"EOL',
      'macdef mEOLmachine imap.example.org login anna password noEOLEOL',
      'machine imap.example.org login bert password #xEOL',
      "machine x login o'neill password \xe9'EOL",
    ),
    tail: fc.constantFrom('', 'EOL', ' # noteEOL', 'EOLmachine z login anna password z', '\tport 993EOL'),
  })
  .filter(({ tail }) => !tail.startsWith('\tport'))
  .map(({ bom, eol, gap, head, tail }) => {
    const bytes = (text: string): Buffer => Buffer.from(text.replaceAll('EOL', eol), 'latin1');
    const words = ['machine', 'imap.example.org', 'login', 'anna', 'password', ''];
    // A comment between a keyword and its value is read by curl alone.
    const gaps = words.map((word, at) => word + (gap.includes('#') && at % 2 === 0 ? ' ' : gap));
    return { before: bytes(bom + head + gaps.slice(0, -1).join('')), after: bytes(tail) };
  });

describe('netrc lens', () => {
  lensLaws({ lens: netrc, slot, templates, spell });

  const read = (value: string): string | undefined =>
    get(netrc, Buffer.from(`machine imap.example.org login anna password ${value}\n`), slot);

  test.each([
    ['bare', 'bare'],
    ['"two words"', 'two words'],
    ["'two words'", 'two words'],
    ['"a\\"b\\\\c\\t"', 'a"b\\c\t'],
    ['"ends in \\"', 'ends in \\'],
    ['a"b', 'a"b'],
    ["it's", "it's"],
    ['#hash', '#hash'],
    ['"', 'unsupported'],
    ['"open end', 'unsupported'],
    ['gpg:jA0E', 'unsupported'],
    ['one password two', 'unsupported'],
    ['', undefined],
    ['\nmachine b login c', 'unsupported'],
  ])('reads %j as %j', (value, expected) => {
    expect(read(value)).toBe(expected ?? 'unsupported');
  });

  test('a value that readers end differently is replaced as a whole', () => {
    for (const value of ['"a"b', '"a b"c', "'a b'", '"a\\" b"', '"a\\"']) {
      const before = Buffer.from(`machine imap.example.org login anna password ${value} port 1\n`);
      const written = put(netrc, before, { ...slot, port: '1' }, 'new');
      expect(written.ok && written.value.toString()).toBe(
        'machine imap.example.org login anna password new port 1\n',
      );
    }
  });

  test('duplicates are slots of their own', () => {
    const line = 'machine imap.example.org login anna password ';
    const bytes = Buffer.from(`${line}one\n${line}two\n`);
    expect([slot, { ...slot, nth: 2 }, { ...slot, nth: 3 }].map((each) => get(netrc, bytes, each))).toEqual([
      'one',
      'two',
      undefined,
    ]);
    expect(put(netrc, bytes, { ...slot, nth: 3 }, 'x')).toMatchObject({ problem: { kind: 'changed' } });
  });

  test('what Emacs would decrypt is never written', () => {
    const bytes = Buffer.from('machine imap.example.org login anna password x\n');
    expect(put(netrc, bytes, slot, 'gpg:x')).toMatchObject({ problem: { kind: 'format-cannot-hold' } });
  });

  test('keywords are found in any case, over lines, and not in macros or comments', () => {
    const text =
      'MACHINE a Login u PASSWORD p\nmacdef m\nmachine m login m password m\n\n# machine c login c\ndefault\n login d\n';
    expect(netrcLogins(Buffer.from(text)).map(({ machine, login }) => [machine, login])).toEqual([
      ['a', 'u'],
      ['', 'd'],
    ]);
  });
});
