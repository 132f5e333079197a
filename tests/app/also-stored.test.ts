import fs from 'node:fs';
import { expect, test } from 'vitest';
import { guideSteps } from '../../shared/messages/guide-steps.ts';
import { LANGUAGES, messagesFor } from '../../shared/messages/index.ts';
import { moveInBrowsers } from '../doubles/browsers.ts';
import { engineOn, scratch, type Scratch } from '../doubles/engine.ts';
import { resultSchema } from '../cli/result.ts';
import { ADDRESS, furnish, NEW } from '../engine/home.ts';
import { tally, Window } from './window.ts';

function furnished(): Scratch {
  const home = scratch();
  furnish(home);
  moveInBrowsers(home);
  return home;
}

test('rows of browsers carry their guide and what its steps name, and cannot be ticked', async () => {
  using home = furnished();
  const { rows } = await new Window(engineOn(home)).must('plan', { account: ADDRESS });
  const told = rows.filter(({ reason }) => reason?.kind === 'by-hand');
  expect(told.map(({ program, guide, tickable, ticked }) => [program, guide, tickable, ticked])).toEqual([
    ['Chromium', 'chromium', false, false],
    ['Chromium', 'chromium', false, false],
    ['Chromium', 'chromium', false, false],
    ['Brave', 'chromium', false, false],
    ['LibreWolf', 'firefox', false, false],
    ['Firefox', 'firefox', false, false],
  ]);
  expect(told.at(-1)).toMatchObject({
    name: 'webmail.example.org, profile default-release',
    where: '~/.mozilla/firefox/abcd1234.default-release/logins.json',
    login: '',
    host: 'webmail.example.org',
  });
});

test('paths below the home folder are short for people, in rows and in what is said of them', async () => {
  using home = furnished();
  fs.chmodSync(home.path('.netrc'), 0o644);
  home.write('.config/opera/Login Data', 'not a database, but long enough to have a header of its own');
  const window = new Window(engineOn(home));
  const plan = await window.must('plan', { account: ADDRESS });
  await window.apply(ADDRESS, NEW);
  expect(plan.troubles).toMatchObject([{ subject: '~/.config/opera/Login Data' }]);
  expect(plan.rows.flatMap(({ warnings }) => warnings)).toEqual([
    { kind: 'readable-by-others', subject: '~/.netrc' },
  ]);
  expect(window.said.join('\n')).not.toContain(home.home);
});

test.each(LANGUAGES.map(({ language }) => language))(
  'a saved report in %s holds the steps',
  async (language) => {
    using home = furnished();
    const window = new Window(engineOn(home));
    expect(tally(await window.apply(ADDRESS, NEW))).toEqual({ written: 3, manual: 6 });
    await window.must('saveReport', { format: 'html', language });
    const page = window.saved.get('rekey-2026-01-02.html') ?? '';
    const fields = { program: 'LibreWolf', where: '', host: 'mail.example.org', login: '' };
    for (const step of guideSteps(messagesFor(language), 'firefox', fields))
      expect(page).toContain(`<li>${step.replaceAll('"', '&#34;')}</li>`);
    expect(page).not.toContain(home.home);
    await window.must('saveReport', { format: 'json', language });
    const result = resultSchema.parse(JSON.parse(window.saved.get('rekey-2026-01-02.json') ?? ''));
    expect(result).toMatchObject({ exitCode: 0, failed: false });
    expect(result.manual.map(({ steps }) => steps.length)).toEqual([3, 3, 3, 3, 3, 3]);
    expect(result.manual.every(({ where }) => where.startsWith(home.home))).toBe(true);
  },
);
