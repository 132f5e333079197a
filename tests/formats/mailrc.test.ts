import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mailrc } from '../../electron/formats/mailrc.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const NAME = 'password-jané@mail.example.org';
const slot = { variable: NAME };
const inUrl = { variable: 'mta', account: 'wörk', url: true };

const holds = (password: string): boolean => password !== '' && !/[\n\r\0]/.test(password);

const escaped = (password: string, special: string): string =>
  [...password].map((character) => (special.includes(character) ? `\\${character}` : character)).join('');

/** The rule in words: between `$'` and `'`, backslashes and single quotes behind a backslash. */
const spell = (password: string): Buffer | undefined =>
  holds(password) ? Buffer.from(`$'${escaped(password, "\\'")}'`) : undefined;

/** The old rule: no quotes, but a backslash before blanks, quotes and backslashes. */
const spellOld = (password: string): Buffer | undefined =>
  holds(password) ? Buffer.from(escaped(password, ' \t\\"\'')) : undefined;

const spellInUrl = (password: string): Buffer | undefined =>
  holds(password)
    ? Buffer.from(
        encodeURIComponent(password).replace(
          /[!'()*]/g,
          (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
        ),
      )
    : undefined;

const template = (before: string, after: string): { before: Buffer; after: Buffer } => ({
  before: Buffer.from(before),
  after: Buffer.from(after),
});

const heads = fc.constantFrom(
  '',
  `# set ${NAME}=no\n`,
  `# continued \\\nset ${NAME}=no\n`,
  `set ${NAME}=first\n`,
  `account other {\n set ${NAME}=no\n}\n`,
  `define macro {\n set ${NAME}=no\n}\n`,
  `if terminal\n set crt\nendif\n`,
);

const templates = fc
  .record({
    head: heads,
    keyword: fc.constantFrom('set ', ' \tse ', 'set hold ', 'set \\\n  hold ', 'set hold; set '),
    tail: fc.constantFrom('', '\n', ' # no\nset hold\n', ` \\\n  folder=x\n`, '; echo x\n'),
  })
  .map(({ head, keyword, tail }) => template(`set v15-compat=y\n${head}${keyword}${NAME}=`, tail));

const oldTemplates = fc
  .record({ head: heads, tail: fc.constantFrom('', '\n', ' hold\n', '\nset x="y\n') })
  .map(({ head, tail }) => template(`set v15-compat\n${head}set ${NAME}=`, tail));

const urlTemplates = fc
  .record({
    open: fc.constantFrom('set mta=', 'set mta="', "set from=a@b mta='"),
    tail: fc.constantFrom('\n}\n', '\n set hold\n}\nset mta=x\n'),
  })
  .map(({ open, tail }) => {
    const quote = /["']$/.exec(open)?.[0] ?? '';
    return template(`set v15-compat=y\naccount wörk {\n ${open}smtps://jan%C3%A9:`, `@h:465${quote}${tail}`);
  });

describe('mailrc lens', () => lensLaws({ lens: mailrc, slot, templates, spell }));

describe('mailrc lens, old quoting', () =>
  lensLaws({ lens: mailrc, slot, templates: oldTemplates, spell: spellOld }));

describe('mailrc lens in a URL', () =>
  lensLaws({ lens: mailrc, slot: inUrl, templates: urlTemplates, spell: spellInUrl }));

const password = { variable: 'password' };
const read = (lines: string): string | undefined => get(mailrc, Buffer.from(`${lines}\n`), password);

test.each([
  ["set password='a b' # x", 'a b'],
  ['set password="a\\"b\\\\c\\d"', 'a"b\\c\\d'],
  ["set password=$'a\\'b\\\\\\t'", "a'b\\\t"],
  ['set password=a\\ b\\#c#d', 'a b#c#d'],
  ['set password=a"b c"\'d e\'', 'ab cd e'],
  ['set password=a;set password=b', 'b'],
  ['set password=a\\\n  b', 'ab'],
  ['set password=', undefined],
  ['set password', undefined],
  ['set password=a nopassword', 'changed'],
  ['set password=a\nunset password', 'changed'],
  ['set password=$HOME', 'unsupported'],
  ['set password="a`b`"', 'unsupported'],
  ["set password=$'\\x41'", 'unsupported'],
  ['set password="open', 'unsupported'],
  ['set password=a|b', 'unsupported'],
  ['set password=a\r', 'unsupported'],
  ['if terminal\nset password=a\nelse\nset password=b\nendif', 'unsupported'],
  ['if terminal\nset password=a\nendif', 'a'],
  ['set "password=a b"', 'unsupported'],
  ['set password=a\0', 'unsupported'],
])('reads %j as %j', (lines, expected) => {
  expect(read(`set v15-compat=y\n${lines}`)).toBe(expected);
});

test.each([
  ['set password="a\\"b\\\\c"', 'a"b\\\\c'],
  ["set password='a\\'b'", "a'b"],
  ['set password=a\\ b\\\\c', 'a b\\c'],
  ['set password=$HOME#;', '$HOME#;'],
  ["wysh set password=$'a b'", 'a b'],
  ["set password=$'a b'", '$a b'],
  ['set password=#b', '#b'],
])('reads %j under the old rules as %j', (lines, expected) => {
  expect(read(lines)).toBe(expected);
});

const written = (file: string, where: Record<string, string>): string => {
  const result = put(mailrc, Buffer.from(file), where, "n'w");
  return result.ok ? result.value.toString() : result.problem.kind;
};

test('gives a value to a name alone', () => {
  expect(written('set v15-compat=y\nset password hold', password)).toBe(
    "set v15-compat=y\nset password=$'n\\'w' hold",
  );
});

test('adds a variable behind the one that needs it, in its block', () => {
  const file = 'account a {\n\tset mta=x \\\n\t  hold\n}\nset mta=y v15-compat=y\n';
  const where = { account: 'a', variable: 'password-u@h', after: 'mta' };
  expect(written(file, where)).toBe(
    "account a {\n\tset mta=x \\\n\t  hold\n\tset password-u@h=$'n\\'w'\n}\nset mta=y v15-compat=y\n",
  );
});
