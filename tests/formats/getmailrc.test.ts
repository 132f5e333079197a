import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getmailrc } from '../../electron/formats/getmailrc.ts';
import { pythonStrings } from '../../electron/formats/python-tuple.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { section: 'retriever' };

/** The rule in words: as it is; Python takes off the blanks around it, U+0085 among them. */
function spell(password: string): Buffer | undefined {
  const stripped = password.trim() !== password || password.startsWith('\x85') || password.endsWith('\x85');
  return password === '' || /[\n\r\0]/.test(password) || stripped ? undefined : Buffer.from(password);
}

const templates = fc
  .record({
    eol: fc.constantFrom('\n', '\r\n'),
    head: fc.constantFrom(
      '',
      '# password = noEOL',
      '[options]EOLpassword = noEOL',
      '[DEFAULT]EOLpassword = noEOL',
    ),
    before: fc.constantFrom('', 'type = SimplePOP3RetrieverEOL', '# password = noEOL;password = noEOL'),
    option: fc.constantFrom('password = ', 'PASSWORD:', 'password\t=\t', 'password  ='),
    tail: fc.constantFrom('', 'EOL', 'EOL # commentEOL', 'EOL[destination]EOLpassword = no', ' \tEOL'),
  })
  .map(({ eol, head, before, option, tail }) => {
    const bytes = (text: string): Buffer => Buffer.from(text.replaceAll('EOL', eol));
    return { before: bytes(`${head}[retriever]EOL${before}${option}`), after: bytes(tail) };
  });

describe('getmailrc lens', () => {
  lensLaws({ lens: getmailrc, slot, templates, spell });

  test.each([
    ['password = "q" # x ; y', '"q" # x ; y'],
    ['password = %(x)s %%', '%(x)s %%'],
    ['password = x\n  y', 'unsupported'],
    ['password =', undefined],
    ['username = x', undefined],
    ['password = x\npassword = y', 'unsupported'],
    ['password', 'unsupported'],
  ])('reads %j as %j', (lines, expected) => {
    expect(get(getmailrc, Buffer.from(`[retriever]\n${lines}\n`), slot)).toBe(expected);
  });

  test('adds a line behind the last one of the section, or a value behind its name', () => {
    const added = (file: string): string => {
      const result = put(getmailrc, Buffer.from(file), slot, 'n%w');
      return result.ok ? result.value.toString() : result.problem.kind;
    };
    expect(added('[retriever]\r\nserver = h\r\n\r\n[destination]\r\n')).toBe(
      '[retriever]\r\nserver = h\r\npassword = n%w\r\n\r\n[destination]\r\n',
    );
    expect(added('[retriever]\npassword =\n')).toBe('[retriever]\npassword = n%w\n');
    expect(added('[destination]\n')).toBe('changed');
  });
});

test.each([
  ['("pass", "show", "mail")', ['pass', 'show', 'mail']],
  ["('cat',)", ['cat']],
  [`(\n"a b" ,'c"d'\n)`, ['a b', 'c"d']],
  ['("cat")', undefined],
  ['"cat",', undefined],
  ['("a\\n", "b")', undefined],
  ['(f"a", "b")', undefined],
  ['("a" "b", "c")', undefined],
  ['(__import__("os"),)', undefined],
  ['(,)', undefined],
])('reads the tuple %j', (tuple, expected) => {
  expect(pythonStrings(tuple)).toEqual(expected);
});
