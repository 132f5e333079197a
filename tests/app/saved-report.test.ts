import { expect, test } from 'vitest';
import { LANGUAGES, messagesFor } from '../../shared/messages/index.ts';
import { fail, problem } from '../../shared/problem.ts';
import { openCalls } from '../../electron/app/calls.ts';
import { resultSchema } from '../cli/result.ts';
import { engineOn, scratch, ScriptedLogin } from '../doubles/engine.ts';
import { ADDRESS, furnish, msmtprc, NEW, OLD } from '../engine/home.ts';
import { Window } from './window.ts';

const NOBODY = { report: () => undefined };

test('the object is the one of the command line', async () => {
  using home = scratch();
  furnish(home);
  const window = new Window(engineOn(home));
  const report = await window.apply(ADDRESS, NEW);
  expect(await window.must('saveReport', { format: 'json' })).toEqual({
    path: '/chosen/rekey-2026-01-02.json',
  });
  const result = resultSchema.parse(JSON.parse(window.saved.get('rekey-2026-01-02.json') ?? ''));
  expect(result).toMatchObject({
    command: 'apply',
    run: report.run,
    changed: true,
    failed: false,
    exitCode: 0,
  });
  expect(result.targets.map(({ outcome }) => outcome)).toEqual(['written', 'written', 'written']);
  await window.must('undo', { run: report.run ?? '', only: [] });
  await window.must('saveReport', { format: 'json' });
  const undone = resultSchema.parse(JSON.parse(window.saved.get('rekey-2026-01-02.json') ?? ''));
  expect(undone).toMatchObject({
    command: 'undo',
    summary: '3 of 3 places are as they were before the run.',
  });
});

test.each(LANGUAGES.map(({ language }) => language))(
  'the page in %s stands alone and tells all places',
  async (language) => {
    using home = scratch();
    furnish(home);
    const window = new Window(engineOn(home));
    const { run } = await window.apply(ADDRESS, NEW);
    await window.must('saveReport', { format: 'html', language: `${language}-XX` });
    const page = window.saved.get('rekey-2026-01-02.html') ?? '';
    expect(page).toContain(`<html lang="${language}">`);
    for (const text of [
      ADDRESS,
      run ?? '',
      '<td>~/.netrc</td>',
      '<td>~/.msmtprc</td>',
      'mail.example.org:587',
    ]) {
      expect(page).toContain(text);
    }
    expect(page).toContain(messagesFor(language).outcomes.written);
    await window.must('undo', { run: run ?? '', only: [] });
    await window.must('saveReport', { format: 'html', language });
    const undone = window.saved.get('rekey-2026-01-02.html') ?? '';
    expect(undone).toContain(messagesFor(language).commandLine.putBack);
    expect(page).not.toMatch(/<script|<img|<link|https?:|undefined|\[object|\{\w+\}/);
  },
);

test('what a file or a server said stays text', async () => {
  using home = scratch();
  furnish(home);
  home.write('.msmtprc', msmtprc(OLD).replace('account work', 'account <b>"w&k"</b>'));
  const login = new ScriptedLogin(() => problem('rejected', 'mail.example.org', '<script>alert(1)</script>'));
  const window = new Window(engineOn(home, { login }));
  await window.apply(ADDRESS, NEW);
  await window.must('saveReport', { format: 'html' });
  const page = window.saved.get('rekey-2026-01-02.html') ?? '';
  expect(page).not.toMatch(/<script|<b>/);
  expect(page).toContain('&#60;script&#62;');
});

test('the page names the steps of the app, not those of the command line', async () => {
  using home = scratch();
  furnish(home);
  const login = new ScriptedLogin(() => problem('unreachable', 'mail.example.org'));
  const window = new Window(engineOn(home, { login }));
  await window.apply(ADDRESS, NEW);
  await window.must('saveReport', { format: 'html' });
  const page = window.saved.get('rekey-2026-01-02.html') ?? '';
  expect(page).toContain(messagesFor('en').page.next.unreachable);
  expect(page).not.toContain(messagesFor('en').problems.unreachable.next);
});

test('a run that the server ended says that nothing was changed', async () => {
  using home = scratch();
  furnish(home);
  const login = new ScriptedLogin(() => problem('rejected', 'mail.example.org'));
  const window = new Window(engineOn(home, { login }));
  await window.apply(ADDRESS, NEW);
  await window.must('saveReport', { format: 'json' });
  const result = resultSchema.parse(JSON.parse(window.saved.get('rekey-2026-01-02.json') ?? ''));
  expect(result).toMatchObject({ changed: false, failed: true, exitCode: 3, reason: { kind: 'rejected' } });
  expect(result.summary).toMatch(/Nothing was changed\.$/);
});

test('there is nothing to save before a run, and a report that could not be written says so', async () => {
  using home = scratch();
  furnish(home);
  const window = new Window(engineOn(home));
  expect(await window.refused('saveReport', { format: 'html' })).toBe('run-unknown');
  const full = openCalls({ engine: engineOn(home), saveFile: async () => fail('disk-full', '/chosen') });
  const plan = await full.plan({ account: ADDRESS }, NOBODY);
  if (!plan.ok) throw new Error(plan.problem.kind);
  const { planId, rows } = plan.value;
  const steps = rows.map(({ id }) => id);
  await full.apply({ id: 'run', planId, steps, password: NEW, unlocks: {} }, NOBODY);
  expect(await full.saveReport({ format: 'html' }, NOBODY)).toEqual(fail('disk-full', '/chosen'));
});
