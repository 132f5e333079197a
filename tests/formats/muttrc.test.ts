import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bareLine } from '../../electron/formats/bare-line.ts';
import { muttrc } from '../../electron/formats/muttrc.ts';
import { get, lensLaws, put, type Template } from './lens-laws.ts';

const holds = (password: string): boolean =>
  password !== '' && !/[\n\r\0]/.test(password) && Buffer.byteLength(password) <= 255;

const behindBackslash = (text: string, special: string): string =>
  [...text].map((c) => (special.includes(c) ? `\\${c}` : c)).join('');

/** The rule in words: in double quotes, with a backslash before what mutt would expand or end at. */
const inDouble = (password: string): string => `"${behindBackslash(password, '\\"$`')}"`;

const spellWith =
  (around: (text: string) => string) =>
  (password: string): Buffer | undefined =>
    holds(password) ? Buffer.from(around(inDouble(password))) : undefined;

const template = (before: string, after: string): fc.Arbitrary<Template> =>
  fc
    .record({
      eol: fc.constantFrom('\n', '\r\n'),
      head: fc.constantFrom(
        '',
        '# caf\xe9 set imap_pass=no \\EOLset imap_pass=noEOL',
        'set my_x="\xe9" ; unset imap_passEOL',
        "my_hdr X-A: it's;EOL",
        'account-hook x "set smtp_pass=no"EOL',
      ),
      tail: fc.constantFrom('', 'EOL', ' # commentEOLset imap_user=x', ' EOLset imap_pass="second"EOL'),
    })
    .map(({ eol, head, tail }) => {
      const bytes = (text: string): Buffer => Buffer.from(text.replaceAll('EOL', eol), 'latin1');
      return { before: bytes(head + before), after: bytes(after + tail) };
    });

describe('muttrc lens, a setting', () => {
  lensLaws({
    lens: muttrc,
    slot: { variable: 'pop_pass', in: 'folder-hook x' },
    templates: template("folder-hook x 'set pop_pass = ", "'"),
    spell: spellWith((text) => text.split("'").join(String.raw`'\''`)),
  });
});

describe('muttrc lens, the second setting of a name', () => {
  lensLaws({
    lens: muttrc,
    slot: { variable: 'smtp_pass', nth: 2 },
    templates: template('set smtp_pass="first" ; set  smtp_pass= ', ' beep'),
    spell: spellWith((text) => text),
  });
});

describe('muttrc lens, in a hook in double quotes', () => {
  lensLaws({
    lens: muttrc,
    slot: { variable: 'imap_pass', in: 'account-hook imaps://x.test/' },
    templates: template('account-hook imaps://x.test/ "set imap_user=u imap_pass=', ' beep"'),
    spell: spellWith((text) => behindBackslash(text, '\\"$`')),
  });
});

describe('muttrc lens, in a URL', () => {
  lensLaws({
    lens: muttrc,
    slot: { url: 'folder', login: 'u%40x', host: 'x.test' },
    templates: template('set folder="imaps://u%40x:', '@x.test:1993/INBOX"'),
    spell: (password) =>
      holds(password)
        ? Buffer.from(
            [...Buffer.from(password)]
              .map((byte) =>
                /[A-Za-z0-9._~-]/.test(String.fromCharCode(byte))
                  ? String.fromCharCode(byte)
                  : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
              )
              .join(''),
          )
        : undefined,
  });
});

const IMAP = { variable: 'imap_pass' };

const read = (line: string): string | undefined => get(muttrc, Buffer.from(line), IMAP);
const written = (file: string, password = 'n"w', slot: Readonly<Record<string, string>> = IMAP): string => {
  const result = put(muttrc, Buffer.from(file), slot, password);
  return result.ok ? result.value.toString() : result.problem.kind;
};

describe('muttrc lens', () => {
  test.each([
    ['set imap_pass=`cat x`', 'unsupported'],
    ['set imap_pass="x$HOME"', 'unsupported'],
    ['set imap_pass="${x', 'unsupported'],
    ['set imap_pass="open', 'unsupported'],
    ['set imap_pass=x\\', 'unsupported'],
    ['set imap_pass+=x', 'unsupported'],
    ['set noimap_pass=x', 'unsupported'],
    ["macro index x ':set imap_pass=x<enter>'", undefined],
    ['unset imap_pass', undefined],
    ['set imap_pass', undefined],
    ['set ?imap_pass', undefined],
  ])('reads %j as %j', (line, expected) => {
    expect(read(line)).toBe(expected);
  });

  test('leaves alone what it cannot read', () => {
    expect(written('set imap_pass=`cat x`')).toBe('unsupported');
    expect(written('set imap_pass="open')).toBe('unsupported');
    const typed = { variable: 'imap_pass', in: 'macro x' };
    expect(written("macro index x ':set imap_pass=x<enter>'", 'new', typed)).toBe('unsupported');
    expect(written('set folder=imaps://u:p@y', 'new', { url: 'folder', login: 'u', host: 'x' })).toBe(
      'changed',
    );
  });

  test('adds a line at the end', () => {
    expect(written('set imap_user=x\n')).toBe('set imap_user=x\nset imap_pass = "n\\"w"\n');
    expect(written('set imap_user=x\r\n# end')).toBe('set imap_user=x\r\n# end\r\nset imap_pass = "n\\"w"');
    expect(written('# a comment that goes on \\')).toBe('unsupported');
    expect(written('# a comment that goes on \\\n')).toBe('unsupported');
    expect(written('set x=y\n', 'new', { variable: 'imap_pass', in: 'folder-hook x' })).toBe('changed');
  });

  test('fills an empty value', () => {
    expect(written('set imap_pass=')).toBe('set imap_pass="n\\"w"');
    expect(written('set imap_pass="" x')).toBe('set imap_pass="n\\"w" x');
    const url = { url: 'folder', login: 'u', host: 'x' };
    expect(written("folder-hook . 'set folder=imap://u:@x/'", 'n w', { ...url, in: 'folder-hook .' })).toBe(
      "folder-hook . 'set folder=imap://u:n%20w@x/'",
    );
  });

  test('holds as many bytes as the programs keep', () => {
    expect(written('set imap_pass=x', 'n'.repeat(255))).toBe(`set imap_pass="${'n'.repeat(255)}"`);
    expect(written('set imap_pass=x', 'n'.repeat(256))).toBe('format-cannot-hold');
  });
});

describe('bare-line lens', () => {
  const first = { prints: 'first-line' };

  test('writes only what mutt does not take apart', () => {
    for (const password of ['a b', 'a#b', 'a;b', "a'b", 'a"b', 'a\\b', 'a$b', 'a`b', '']) {
      expect(put(bareLine, Buffer.from('old\n'), first, password)).toMatchObject({ ok: false });
    }
    expect(put(bareLine, Buffer.from('old\nuser: x\n'), first, 'n3w-é!%&~=?')).toMatchObject({
      value: Buffer.from('n3w-é!%&~=?\nuser: x\n'),
    });
    expect(put(bareLine, Buffer.from('old'), { prints: 'whole' }, 'new')).toMatchObject({
      value: Buffer.from('new'),
    });
  });
});
