import { expect, test } from 'vitest';
import { Strength } from '../../renderer/strength.ts';
import { hintsFor, partsOf } from '../../renderer/view/advice.ts';

const ADDRESS = 'alex.moreau@contoso.com';
const strength = new Strength();

test.each([
  ['P@ssw0rd', 'common'],
  ['kitchen12', 'word'],
  ['qwertzuiop', 'keyboard'],
  ['aaaaaaaa', 'repeated'],
  ['abcdefgh1', 'sequence'],
  ['19.12.1987', 'date'],
  ['moreau87', 'address'],
  ['contoso!!1', 'address'],
  ['x7Q', 'short'],
  ['Xq9#vR2!mK', 'fine'],
  ['correct horse battery staple', 'fine'],
])('%j: %s', (password, advice) => {
  expect(strength.advice(password, partsOf(ADDRESS))).toBe(advice);
});

test('a password that was judged is not kept', () => {
  strength.advice('Qu4rry-V3lvet-x71k Qu4rry', partsOf(ADDRESS));
  const held = textsIn(strength);
  expect(held.length).toBeGreaterThan(100);
  expect(held.filter((text) => /Qu4rry|V3lvet|x71k/i.test(text))).toEqual([]);
});

/** Every text that can be reached from here, dictionaries included. */
function textsIn(root: object): readonly string[] {
  const reached = new Set<unknown>([root]);
  for (const value of reached) {
    if (typeof value !== 'object' || value === null) continue;
    for (const each of value instanceof Map ? [...value].flat() : Object.values(value)) reached.add(each);
  }
  return [...reached].filter((each) => typeof each === 'string');
}

test('what is guessed early is the address and the parts of it that are words', () => {
  expect(partsOf(ADDRESS)).toEqual([ADDRESS, 'alex', 'moreau', 'contoso', 'com']);
  expect(partsOf('a.b@xy.de')).toEqual(['a.b@xy.de']);
});

test.each([
  ['', { empty: true, blankStart: false, blankEnd: false, advice: 'short' }],
  [' x', { empty: false, blankStart: true, blankEnd: false, advice: 'short' }],
  ['x\t', { empty: false, blankStart: false, blankEnd: true, advice: 'short' }],
  ['twelve chars', { empty: false, blankStart: false, blankEnd: false }],
])('%j is told at once: %o', (password, hints) => {
  expect(hintsFor(password)).toEqual(hints);
});
