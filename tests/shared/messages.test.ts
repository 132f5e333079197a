import { describe, expect, test } from 'vitest';
import { PROBLEM_KINDS, problem } from '../../shared/problem.ts';
import { count, explain, fill } from '../../shared/messages/explain.ts';
import { explainOnPage } from '../../shared/messages/explain-on-page.ts';
import { LANGUAGES, localeOf, messagesFor } from '../../shared/messages/index.ts';
import type { Messages } from '../../shared/messages/messages.ts';

const english = messagesFor('en');

/** Every text of a language by its path: `problems.rejected.next`. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => texts(each, path === '' ? name : `${path}.${name}`));
}

const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe.each(LANGUAGES.map((messages): [string, Messages] => [messages.language, messages]))(
  'messages in %s',
  (_, messages) => {
    test('say everything that English says, with the same placeholders', () => {
      const shape = ([path, text]: [string, string]) => [path, placeholders(text)];
      expect(texts(messages).map(shape).sort()).toEqual(texts(english).map(shape).sort());
    });

    test('have a sentence for every Problem', () => {
      expect(Object.keys(messages.problems).sort()).toEqual([...PROBLEM_KINDS].sort());
    });

    test('are calm: no exclamation, no pleading, no blame', () => {
      const loud = texts(messages).filter(([, text]) =>
        /!|\b(please|oops|sorry|bitte|ups|leider|invalid user)\b/i.test(text),
      );
      expect(loud).toEqual([]);
    });

    test('sentences and next steps are whole sentences', () => {
      for (const kind of PROBLEM_KINDS) {
        const { sentence, next } = explain(messages, problem(kind));
        for (const text of [sentence, ...(next === undefined ? [] : [next])]) {
          expect(text).toMatch(/^(\p{Lu}|rekey ).*\.$/u);
          expect(text).not.toMatch(/\{|\}|undefined| {2}|\.\./);
        }
      }
    });
  },
);

test('a Problem speaks with its subject, and quotes its detail apart', () => {
  const rejected = explain(english, problem('unreachable', 'mail.example.org:993', 'ECONNREFUSED'));
  expect(rejected.sentence).toBe('No mail server answers at mail.example.org:993.');
  expect(rejected.details).toBe('ECONNREFUSED');
});

test('a detail that the sentence uses is not quoted again', () => {
  const wait = explain(english, problem('attempts-used-up', undefined, '700'));
  expect(wait.next).toBe('Run Rekey again in 12 minutes.');
  expect(wait.details).toBeUndefined();
});

test.each([
  ['en', '1', 'Try again in 1 second.'],
  ['en', '90', 'Try again in 90 seconds.'],
  ['de', '91', 'Versuchen Sie es in 2 Minuten noch einmal.'],
  ['de', '1800', 'Versuchen Sie es in 30 Minuten noch einmal.'],
])('each language words how long to wait: %s %s', (language, detail, next) => {
  const wait = explainOnPage(messagesFor(language), problem('attempts-used-up', undefined, detail), 'before');
  expect([wait.next, wait.details]).toEqual([next, undefined]);
});

test('values are put in as they are, whatever they look like', () => {
  expect(fill('a {subject} b', { subject: '$& {detail} $1', detail: 'x' })).toBe('a $& {detail} $1 b');
});

test('counting uses the form for the number', () => {
  expect(count(english.commandLine.askUpdate, 1)).toBe('Check and update 1 place?');
  expect(count(english.commandLine.askUpdate, 7)).toBe('Check and update 7 places?');
});

test.each([
  [{ LC_ALL: 'de_AT.UTF-8', LANG: 'en_US.UTF-8' }, 'de'],
  [{ LC_ALL: '', LANG: 'de_DE' }, 'de'],
  [{ LANG: 'C.UTF-8' }, 'en'],
  [{ LANG: 'fr_FR' }, 'en'],
  [{}, 'en'],
])('%o is spoken to in %s', (environment, language) => {
  expect(messagesFor(localeOf(environment)).language).toBe(language);
});
