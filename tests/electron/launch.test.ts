import { expect, test } from 'vitest';
import { launchOptions } from '../../electron/launch.ts';

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
