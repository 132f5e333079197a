import { expect, test } from 'vitest';
import { problem } from '../../shared/problem.ts';
import { homely, homelyProblem, wholePath } from '../../electron/report/homely.ts';

const HOME = '/home/ada';

test.each([
  ['/home/ada/.netrc', '~/.netrc'],
  ['Open /home/ada/.netrc, then /home/ada/.msmtprc.', 'Open ~/.netrc, then ~/.msmtprc.'],
  ['“/home/ada/a b”', '“~/a b”'],
  ['/home/ada', '/home/ada'],
  ['/home/adam/.netrc', '/home/adam/.netrc'],
  ['/backup/home/ada/.netrc', '/backup/home/ada/.netrc'],
  ['msmtp for smtp.example.org', 'msmtp for smtp.example.org'],
])('%s is shown as %s', (text, shown) => expect(homely(text, HOME)).toBe(shown));

test('what was shown is found again', () => {
  expect(wholePath(homely('/home/ada/.thunderbird/x', HOME), HOME)).toBe('/home/ada/.thunderbird/x');
  expect(wholePath('/srv/x', HOME)).toBe('/srv/x');
});

test('of a Problem only the subject is a path', () => {
  expect(homelyProblem(problem('read-only', '/home/ada/x', '/home/ada/x'), HOME)).toEqual(
    problem('read-only', '~/x', '/home/ada/x'),
  );
  expect(homelyProblem(problem('by-hand'), HOME)).toEqual(problem('by-hand'));
});
