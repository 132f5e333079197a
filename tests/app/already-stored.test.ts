import { expect, test } from 'vitest';
import { problem } from '../../shared/problem.ts';
import { engineOn, scratch, ScriptedLogin } from '../doubles/engine.ts';
import { ADDRESS, contents, furnish, msmtprc, NEW, OLD } from '../engine/home.ts';
import { applyRequest, moveIn, rowOf, tally, Window } from './window.ts';

test('the password that is stored everywhere is not sent, unless the person says so', async () => {
  using home = scratch();
  furnish(home);
  const login = new ScriptedLogin();
  const window = new Window(engineOn(home, { login }));
  const before = contents(home);
  const plan = await window.must('plan', { account: ADDRESS });
  const request = applyRequest(plan, OLD);
  expect(await window.ask('apply', request)).toEqual({
    ok: false,
    problem: problem('already-stored', undefined, '3'),
  });
  expect(login.asked).toEqual([]);
  expect(contents(home)).toEqual(before);
  const anyway = await window.must('apply', { ...request, evenIfStored: true });
  expect(tally(anyway)).toEqual({ unchanged: 3 });
  expect(login.asked).not.toEqual([]);
});

test('one place that holds another password is reason enough to ask the server', async () => {
  using home = scratch();
  furnish(home);
  home.write('.msmtprc', msmtprc(NEW));
  const window = new Window(engineOn(home));
  expect(tally(await window.apply(ADDRESS, OLD))).toMatchObject({ unchanged: 2 });
});

test('only the ticked places count', async () => {
  using home = scratch();
  furnish(home);
  home.write('.msmtprc', msmtprc(NEW));
  const window = new Window(engineOn(home));
  const plan = await window.must('plan', { account: ADDRESS });
  const { id } = rowOf(plan, '.msmtprc');
  const request = { ...applyRequest(plan, NEW), steps: [id] };
  expect(await window.ask('apply', request)).toEqual({
    ok: false,
    problem: problem('already-stored', undefined, '1'),
  });
});

test('a locked place does not count, and opens for the comparison with its primary password', async () => {
  using home = scratch();
  moveIn(home, 'primary-password-new-salt');
  const window = new Window(engineOn(home));
  const plan = await window.must('plan', { account: 'alice@example.org' });
  const profile = home.path('.thunderbird/abcd1234.default-default');
  const unlocks = { [profile]: 'Über geheim' };
  await window.must('apply', { ...applyRequest(plan, NEW), unlocks });
  const again = await window.must('plan', { account: 'alice@example.org' });
  expect(tally(await window.must('apply', applyRequest(again, NEW)))).toEqual({ deferred: 2 });
  expect(await window.refused('apply', { ...applyRequest(again, NEW), unlocks })).toBe('already-stored');
});
