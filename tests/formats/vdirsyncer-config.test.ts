import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { vdirsyncerConfig } from '../../electron/formats/vdirsyncer-config.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { section: 'storage work' };

/** The rule in words: a JSON string (RFC 8259 §7). */
function spell(password: string): Buffer | undefined {
  if (password === '' || /[\n\r\0]/.test(password)) return undefined;
  const named: Readonly<Record<string, string>> = { '\t': '\\t', '\b': '\\b', '\f': '\\f' };
  const spelled = [...password].map((character) => {
    if ('"\\'.includes(character)) return `\\${character}`;
    if (character >= ' ') return character;
    return named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return Buffer.from(`"${spelled.join('')}"`);
}

const templates = fc
  .record({
    eol: fc.constantFrom('\n', '\r\n'),
    head: fc.constantFrom(
      '',
      '# password = "no"EOL',
      '[general]EOLpassword = "no"EOL',
      '[storage other]EOLpassword = "no"EOL',
      '[DEFAULT]EOLpassword = "no"EOL',
    ),
    before: fc.constantFrom(
      '',
      'type = "caldav"EOL',
      'collections = [EOL  "a",EOL  "b"]EOL',
      '#password =EOL',
    ),
    option: fc.constantFrom('password = ', 'PASSWORD:', 'password\t=\t'),
    tail: fc.constantFrom('', 'EOL', ' \tEOL # commentEOL', 'EOL[storage z]EOLpassword = "no"'),
  })
  .map(({ eol, head, before, option, tail }) => {
    const bytes = (text: string): Buffer => Buffer.from(text.replaceAll('EOL', eol));
    return { before: bytes(`${head}[storage work]EOL${before}${option}`), after: bytes(tail) };
  });

describe('vdirsyncer-config lens', () => {
  lensLaws({ lens: vdirsyncerConfig, slot, templates, spell });

  test.each([
    ['password = "\\u00e9\\/%(x)s"', 'é/%(x)s'],
    ['password = ""', undefined],
    ['password =', undefined],
    ['username = "x"', undefined],
    ['password = old', 'unsupported'],
    ['password = 123', 'unsupported'],
    ['password = null', 'unsupported'],
    ['password = "old" # comment', 'unsupported'],
    ["password = 'old'", 'unsupported'],
    ['password = "old\n  two"', 'unsupported'],
    ['password = "a"\npassword = "b"', 'unsupported'],
  ])('reads %j as %j', (lines, expected) => {
    expect(get(vdirsyncerConfig, Buffer.from(`[storage work]\n${lines}\n`), slot)).toBe(expected);
  });

  test('adds a line behind the last one of the section', () => {
    const written = put(
      vdirsyncerConfig,
      Buffer.from('[storage work]\nurl = "x"\n\n[pair y]\n'),
      slot,
      'n"w',
    );
    expect(written.ok && written.value.toString()).toBe(
      '[storage work]\nurl = "x"\npassword = "n\\"w"\n\n[pair y]\n',
    );
  });
});
