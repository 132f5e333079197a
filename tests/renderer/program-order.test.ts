import { describe, expect, test } from 'vitest';
import { fewOf, knownFirst, readingFirst } from '../../renderer/view/program-order.ts';
import { namedPrograms } from '../../renderer/view/words.ts';
import { messagesFor } from '../../shared/messages/index.ts';
import { placeRow } from '../doubles/rekey-rows.ts';

const names = ['git', 'mbsync', 'Thunderbird', 'msmtp', 'Evolution'];

test('programs that people know come first, the others as they were', () => {
  expect(knownFirst(names, (name) => name)).toEqual(['Thunderbird', 'Evolution', 'git', 'mbsync', 'msmtp']);
});

test('places are told apart by what they are for, then by name', () => {
  const rows = [
    placeRow('1', { protocols: ['other'] }),
    placeRow('2', { protocols: ['smtp'] }),
    placeRow('3', { name: 'b' }),
    placeRow('4', { name: 'a', protocols: ['pop3'] }),
  ];
  expect(rows.toSorted(readingFirst).map(({ id }) => id)).toEqual(['4', '3', '2', '1']);
});

describe('a line names three programs and counts the rest', () => {
  test.each([
    [1, 0],
    [3, 0],
    [4, 1],
    [5, 2],
  ])('of %d', (all, more) => {
    const few = fewOf(names.slice(0, all));
    expect([few.named.length, few.more]).toEqual([Math.min(all, 3), more]);
  });

  test.each([
    ['de', 3, 'Thunderbird, git und mbsync'],
    ['en', 4, 'Thunderbird, git, mbsync and 1 more program'],
    ['en', 5, 'Thunderbird, Evolution, git and 2 more programs'],
    ['de', 5, 'Thunderbird, Evolution, git und 2 weiteren Programmen'],
  ])('in %s, %d', (language, all, line) => {
    expect(namedPrograms(messagesFor(language), names.slice(0, all))).toBe(line);
  });
});
