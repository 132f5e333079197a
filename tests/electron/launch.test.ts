import { expect, test } from 'vitest';
import { launchOptions, whyNotStarted } from '../../electron/launch.ts';
import { messagesFor } from '../../shared/messages/index.ts';
import { problem, type Problem } from '../../shared/problem.ts';

const own = { home: '/home/alex', confined: false };

test.each([
  [['electron', '.'], own],
  [['rekey'], own],
  [['electron', '--no-sandbox', '--user-data-dir=/tmp/x', '--lang=de', '.'], own],
  [['electron', '.', '--home', '/tmp/home'], { home: '/tmp/home', confined: true }],
  [['electron', '.', '--home=/tmp/home', '--lang', 'de'], { home: '/tmp/home', confined: true }],
  [
    ['electron', '.', '--state=/tmp/state', '--ca=/tmp/ca.pem'],
    { ...own, state: '/tmp/state', ca: '/tmp/ca.pem' },
  ],
  [['electron', '.', '--home='], own],
])('%j', (argv, options) => {
  expect(launchOptions(argv, '/home/alex')).toEqual(options);
});

test.each<[Problem, string]>([
  [
    problem('usage', '/home/nobody', 'home-missing'),
    'The home folder /home/nobody is not there. Start Rekey without naming one, or name another.',
  ],
  [
    problem('usage', '/tmp/ca.pem', 'file-unreadable'),
    'The certificates in /tmp/ca.pem cannot be read. Start Rekey without this file, or name another.',
  ],
  [
    problem('access-denied', '/home/alex/.local/state/rekey'),
    '/home/alex/.local/state/rekey cannot be opened with your rights. Check who owns it, then start again.',
  ],
])('a start that fails is told without the command line: %j', (why, sentence) => {
  const said = whyNotStarted(messagesFor('en'), why);
  expect(said).toBe(`Rekey cannot start.\n\n${sentence}`);
  expect(whyNotStarted(messagesFor('de'), why)).not.toMatch(/Befehlszeile|command line/i);
});
