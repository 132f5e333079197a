import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { swaksrc } from '../../electron/formats/swaksrc.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { login: 'jané' };

/** The rule in words: as it is, unless swaks takes it for an option, for nothing or for a line end. */
function spell(password: string): Buffer | undefined {
  if (['', '0', '<>'].includes(password) || /[\n\r\0]|^[-+]./s.test(password)) return undefined;
  return Buffer.from(password);
}

const templates = fc
  .record({
    head: fc.constantFrom('', '# --ap no\n', '--ap first\n', 'server h\n-tls\n', '--no-ap\n'),
    user: fc.constantFrom('--auth-user jané\n', 'au x\nau jané\n', '-auth-us=jané\n'),
    keyword: fc.constantFrom('--auth-password ', 'ap ', '-ap\t', 'auth-pass ', '-auth-password '),
    tail: fc.constantFrom('', '\n', '\n# ap no\nserver h', '\n-tls\n'),
  })
  .map(({ head, user, keyword, tail }) => ({
    before: Buffer.from(`${head}${user}${keyword}`),
    after: Buffer.from(tail),
  }));

lensLaws({ lens: swaksrc, slot, templates, spell });

const anna = { login: 'anna' };

test.each([
  ['ap  o l d ', ' o l d '],
  ['ap "old" # x', '"old" # x'],
  ['--auth-password=o=ld', 'o=ld'],
  ['ap -', '-'],
  ['ap one\nap two', 'two'],
  ['ap one\nap', undefined],
  ['ap one\nno-auth-password', undefined],
  ['ap <>', undefined],
  ['AP old', undefined],
  ['ap +', '+'],
  ['ap -old', 'unsupported'],
  ['ap +old', 'unsupported'],
  ['ap=o ld', 'unsupported'],
  ['ap old\r', 'unsupported'],
  ['\nap old', 'unsupported'],
  [' ap old', 'unsupported'],
  ['ap old\n\n', 'unsupported'],
])('reads %j as %j', (lines, expected) => {
  expect(get(swaksrc, Buffer.from(`au anna\n${lines}\n`), anna)).toBe(expected);
});

const written = (file: string): string => {
  const result = put(swaksrc, Buffer.from(file), anna, 'n w');
  return result.ok ? result.value.toString() : result.problem.kind;
};

test('adds a line behind the login, or a value behind its option', () => {
  expect(written('au anna\nserver h\n')).toBe('au anna\n--auth-password n w\nserver h\n');
  expect(written('--auth-user anna')).toBe('--auth-user anna\n--auth-password n w');
  expect(written('ap\nau anna\n')).toBe('ap n w\nau anna\n');
  expect(written('ap \nau anna\n')).toBe('ap n w\nau anna\n');
});

test('gives up the = for a value with blanks', () => {
  expect(written('au anna\n--auth-password=old\n')).toBe('au anna\n--auth-password n w\n');
});

test('finds nothing for another login', () => {
  expect(written('au bert\nap old\n')).toBe('changed');
});
