import { describe, expect, test } from 'vitest';
import { messagesFor } from '../../shared/messages/index.ts';
import { problem } from '../../shared/problem.ts';
import type { Row } from '../../electron/report/row.ts';
import { plain, shortened, styleFor } from '../../electron/cli/style.ts';
import { table } from '../../electron/cli/table.ts';

const messages = messagesFor('en');

const row = (changes: Partial<Row>): Row => ({
  id: 'netrc-000000000000',
  stores: ['netrc'],
  clients: ['netrc'],
  program: 'netrc',
  kind: 'file',
  where: '/home/ada/.netrc',
  protocols: [],
  login: 'ada',
  host: 'mail.example.org',
  state: 'unknown',
  certainty: 'certain',
  mark: 'done',
  word: 'written',
  ...changes,
});

const lines = (rows: readonly Row[], width?: number) =>
  table(rows, { messages, style: styleFor(false), home: '/home/ada', width });

test('each row is a shape, a word, the program, its use and the place; why comes below', () => {
  const rows = [
    row({
      clients: ['Thunderbird (default)'],
      protocols: ['imap', 'smtp'],
      where: '/home/ada/.thunderbird/x/logins.json',
    }),
    row({ mark: 'waiting', word: 'waits', reason: problem('client-running', 'Thunderbird') }),
    row({ mark: 'apart', word: 'left alone', where: '/etc/netrc' }),
    row({ mark: 'failed', word: 'failed' }),
    row({ mark: 'yours', word: 'yours to change' }),
  ];
  expect(lines(rows)).toEqual([
    '  ● written          Thunderbird (default)  reading (IMAP), sending  ~/.thunderbird/x/logins.json',
    '  ! waits            netrc                                           ~/.netrc',
    '    Thunderbird is open and would overwrite the change. Close Thunderbird, then run Rekey again.',
    '  ○ left alone       netrc                                           /etc/netrc',
    '  ✗ failed           netrc                                           ~/.netrc',
    '  ◇ yours to change  netrc                                           ~/.netrc',
  ]);
});

test('a narrow terminal shortens the place in its middle', () => {
  const where = '/home/ada/.thunderbird/abcdefgh.default-release/logins.json';
  const [line = ''] = lines([row({ where })], 60);
  expect(line).toHaveLength(60);
  expect(line).toMatch(/~\/\.thunderbird.*….*logins\.json$/);
});

describe('text from elsewhere', () => {
  test.each([
    ['\x1b[31mred\x1b[0m', 'red'],
    ['two\nlines\r', 'two lines '],
    ['bell\x07', 'bell '],
    ['right\u202eleft', 'right left'],
  ])('%j cannot steer the terminal', (text, shown) => {
    expect(plain(text)).toBe(shown);
  });

  test('is safe inside a table, too', () => {
    expect(lines([row({ clients: ['msmtp (account \x1b]0;x\x07)'] })]).join('')).not.toMatch(/\p{Cc}/u);
  });
});

test('colours only where they were asked for', () => {
  expect(styleFor(false).marked('failed', 'failed')).toBe('✗ failed');
  expect(styleFor(true).marked('failed', 'failed')).toBe('\x1b[31m✗ failed\x1b[39m');
});

test('shortening keeps what fits', () => {
  expect(shortened('abcdef', 6)).toBe('abcdef');
  expect(shortened('abcdefgh', 5)).toBe('ab…gh');
});
