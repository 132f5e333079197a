import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../shared/messages/index.ts';
import { moveInBrowsers } from '../doubles/browsers.ts';
import { scratch, type Scratch } from '../doubles/engine.ts';
import { ADDRESS, furnish, NEW } from '../engine/home.ts';
import { call, on } from './program.ts';
import { resultSchema, type RekeyResult } from './result.ts';

/** Three places that Rekey changes, six that browsers keep, and one that a command of the user's fetches. */
function furnishAll(home: Scratch): void {
  furnish(home);
  moveInBrowsers(home);
  home.write(
    '.mbsyncrc',
    `IMAPStore work\nHost mail.example.org\nUser ${ADDRESS}\nPassCmd "fetch-password work"\n`,
  );
}

const APPLY = ['apply', '--account', ADDRESS, '--yes', '--without-check', '--password-stdin'];

const stepsFor = ({ manual }: RekeyResult, host: string): readonly string[] =>
  manual.find((each) => each.host === host)?.steps ?? [];

describe.each([
  ['plan', ['plan', '--account', ADDRESS], 1],
  ['apply', APPLY, 0],
])('%s', (_, args, code) => {
  test('tells under `manual` what it cannot change, each with its steps', async () => {
    using home = scratch();
    furnishAll(home);
    const called = await call(home, on(home, ...args, '--json'), { input: `${NEW}\n` });
    expect(called.code).toBe(code);
    const result = resultSchema.parse(JSON.parse(called.out));
    expect(result.targets).toHaveLength(3);
    expect(result.manual.map(({ reason }) => reason?.kind).toSorted()).toEqual([
      ...Array<string>(6).fill('by-hand'),
      'external-command',
    ]);
    expect(result.manual.every(({ steps }) => steps.length > 1)).toBe(true);
    expect(stepsFor(result, 'owa.example.org')[1]).toContain(
      'owa.example.org with the user name EXAMPLE\\alex',
    );
    const mbsync = result.manual.find(({ stores }) => stores.includes('mbsync'));
    expect(mbsync?.steps[0]).toBe(
      `Look in ${home.path('.mbsyncrc')} for the command from which mbsync takes the password.`,
    );
  });

  test.each(LANGUAGES.map((messages) => [messages.language, messages] as const))(
    'numbers the steps below their place for people, in %s',
    async (language, { guides, outcomes }) => {
      using home = scratch();
      furnishAll(home);
      const called = await call(home, on(home, ...args), { input: `${NEW}\n`, env: { LC_ALL: language } });
      expect(called.code).toBe(code);
      expect(called.out).toContain(`◇ ${outcomes.manual}`);
      expect(called.out).toContain(`    1. ${guides.chromium[0]?.replace('{program}', 'Brave')}\n`);
      expect(called.out).toContain(`    3. ${guides.firefox[2]}\n`);
      expect(called.out).toContain('~/.mbsyncrc');
      expect(called.out).not.toMatch(/\{\w+\}|shop\.example\.com|robin/);
      expect(called.out).not.toContain(home.home);
    },
  );
});
