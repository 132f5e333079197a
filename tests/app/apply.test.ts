import { expect, test } from 'vitest';
import { problem } from '../../shared/problem.ts';
import type { Engine } from '../../electron/engine/verbs.ts';
import { disk } from '../../electron/system/disk.ts';
import { engineOn, scratch, ScriptedLogin } from '../doubles/engine.ts';
import { ADDRESS, contents, furnish, msmtprc, netrc, NEW, OLD } from '../engine/home.ts';
import { holdRunLock } from '../system/held-lock.ts';
import { applyRequest, moveIn, rowOf, tally, Window } from './window.ts';

test('exactly the ticked places are written; the others keep the reason they were left for', async () => {
  using home = scratch();
  furnish(home);
  const window = new Window(engineOn(home));
  const plan = await window.must('plan', { account: ADDRESS });
  const { id } = rowOf(plan, '.netrc');
  const report = await window.must('apply', { ...applyRequest(plan, NEW), steps: [id] });
  const told = report.outcomes.map(({ row, outcome, reason }) => [row.program, outcome, reason?.kind]);
  expect(told).toEqual([
    ['git send-email', 'skipped', 'left-out'],
    ['msmtp', 'skipped', 'left-out'],
    [expect.any(String), 'written', undefined],
  ]);
  expect(home.read('.msmtprc')).toBe(msmtprc(OLD));
  expect(home.read('.netrc')).toBe(netrc(NEW));
});

test('a place that was not ticked at first is compared with the plan too', async () => {
  using home = scratch();
  moveIn(home, 'missing-logins');
  const window = new Window(engineOn(home));
  const { accounts } = await window.must('scan', {});
  for (const { address } of accounts) {
    const plan = await window.must('plan', { account: address });
    const added = plan.rows.find(({ ticked, tickable, state }) => !ticked && tickable && state === 'missing');
    if (!added) continue;
    home.write(added.where.slice('~/'.length), '{"nextId":1,"logins":[]}');
    const report = await window.must('apply', { ...applyRequest(plan, NEW), steps: [added.id] });
    expect(report.outcomes.find(({ row }) => row.id === added.id)?.outcome).toBe('changed');
    return;
  }
  throw new Error('the fixture has no login that could be added');
});

test.each([
  ['a line break', 'two\nlines'],
  ['a carriage return', 'two\rlines'],
  ['a NUL', 'nu\0ll'],
  ['half a surrogate pair', 'half \ud83d'],
])('a password with %s is refused before any server is asked', async (_, password) => {
  using home = scratch();
  furnish(home);
  const login = new ScriptedLogin();
  const window = new Window(engineOn(home, { login }));
  const plan = await window.must('plan', { account: ADDRESS });
  expect(await window.refused('apply', applyRequest(plan, password))).toBe('password-unusable');
  expect(login.asked).toEqual([]);
});

test('a step that is not in the plan is refused, and so is nothing at all', async () => {
  using home = scratch();
  furnish(home);
  const login = new ScriptedLogin();
  const window = new Window(engineOn(home, { login }));
  const plan = await window.must('plan', { account: ADDRESS });
  const request = applyRequest(plan, NEW);
  const unknown = { ...request, steps: [...request.steps, 'netrc-0123456789ab'] };
  expect(await window.refused('apply', unknown)).toBe('usage');
  expect(await window.refused('apply', { ...request, steps: [] })).toBe('usage');
  expect(await window.refused('apply', { ...request, planId: 'plan-other' })).toBe('changed');
  expect(await window.refused('recheck', { planId: 'plan-other' })).toBe('changed');
  expect(await window.refused('plan', { account: 'nobody@example.org' })).toBe('account-unknown');
  expect(login.asked).toEqual([]);
});

test('a place that something else changed since the plan is left alone', async () => {
  using home = scratch();
  furnish(home);
  const window = new Window(engineOn(home));
  const plan = await window.must('plan', { account: ADDRESS });
  const edited = netrc(OLD, 'edited meanwhile');
  home.write('.netrc', edited);
  expect(tally(await window.must('apply', applyRequest(plan, NEW)))).toEqual({ written: 2, changed: 1 });
  expect(home.read('.netrc')).toBe(edited);
});

test('plans beyond the last few are forgotten', async () => {
  using home = scratch();
  furnish(home);
  const window = new Window(engineOn(home));
  const first = await window.must('plan', { account: ADDRESS });
  for (let n = 0; n < 8; n += 1) await window.must('plan', { account: ADDRESS });
  expect(await window.refused('recheck', { planId: first.planId })).toBe('changed');
});

test('the login that the person spelled is the one that servers are asked with', async () => {
  using home = scratch();
  furnish(home);
  const login = new ScriptedLogin();
  const window = new Window(engineOn(home, { login }));
  const plan = await window.must('plan', { account: ADDRESS, login: String.raw`CORP\alex` });
  expect(plan.endpoints.map((endpoint) => endpoint.login)).toEqual([String.raw`CORP\alex`]);
  await window.must('apply', applyRequest(plan, NEW));
  expect(login.asked.map((endpoint) => endpoint.login)).toEqual([String.raw`CORP\alex`]);
});

test('a program that is open is named at the start, and its place waits', async () => {
  using home = scratch();
  furnish(home);
  const window = new Window(opened(engineOn(home), 'msmtp'));
  const { running } = await window.must('scan', {});
  expect(running).toEqual([{ name: 'msmtp', account: ADDRESS }]);
  const plan = await window.must('plan', { account: ADDRESS });
  expect(rowOf(plan, '.msmtprc').preconditions).toEqual([problem('client-running', 'msmtp')]);
  const report = await window.must('apply', applyRequest(plan, NEW));
  expect(tally(report)).toEqual({ written: 2, deferred: 1 });
});

const opened = (engine: Engine, program: string): Engine => ({
  ...engine,
  stores: engine.stores.map((store) =>
    store.id === program ? { ...store, busy: () => ({ name: program }) } : store,
  ),
});

test('a profile behind a primary password waits without it, and with a wrong one, and opens with it', async () => {
  using home = scratch();
  moveIn(home, 'primary-password-new-salt');
  const window = new Window(engineOn(home));
  const plan = await window.must('plan', { account: 'alice@example.org' });
  const [row] = plan.rows;
  const profile = home.path('.thunderbird/abcd1234.default-default');
  const shown = '~/.thunderbird/abcd1234.default-default';
  expect(row).toMatchObject({ state: 'locked', unlock: shown, ticked: true });
  const request = applyRequest(plan, NEW);
  const locked = await window.must('apply', request);
  expect(locked.outcomes.map(({ outcome, reason }) => [outcome, reason?.kind])).toEqual([
    ['deferred', 'primary-password-needed'],
    ['deferred', 'primary-password-needed'],
  ]);
  const wrong = await window.must('apply', { ...request, unlocks: { [profile]: 'not it' } });
  expect(wrong.outcomes[0]?.reason?.kind).toBe('primary-password-wrong');
  const open = await window.must('apply', { ...request, unlocks: { [shown]: 'Über geheim' } });
  expect(tally(open)).toEqual({ written: 2 });
  expect(open.outcomes.every(({ verified }) => verified)).toBe(true);
});

test('a password that another program keeps is shown, and no tick could change it', async () => {
  using home = scratch();
  furnish(home);
  home.write(
    '.mbsyncrc',
    'IMAPAccount work\nHost mail.example.org\nUser alex@example.org\nPassCmd "pass mail"\n',
  );
  const window = new Window(engineOn(home));
  const plan = await window.must('plan', { account: ADDRESS });
  const command = plan.rows.find(({ program }) => program === 'mbsync');
  expect(command).toMatchObject({ ticked: false, tickable: false });
  const steps = plan.rows.map(({ id }) => id);
  const report = await window.must('apply', { ...applyRequest(plan, NEW), steps });
  expect(tally(report)).toMatchObject({ written: 3 });
  expect(report.outcomes.find(({ row }) => row.id === command?.id)?.outcome).not.toBe('written');
});

test('a file that must not be written is shown with the reason, and no tick could change it', async () => {
  using home = scratch();
  furnish(home);
  const window = new Window(engineOn(home, { disk: { ...disk, canWrite: () => false } }));
  const plan = await window.must('plan', { account: ADDRESS });
  expect(plan.rows.map(({ tickable, ticked, reason }) => [tickable, ticked, reason?.kind])).toEqual(
    Array.from({ length: 3 }, () => [false, false, 'read-only']),
  );
});

test('an account that only signs in with tokens has places, and nothing to tick', async () => {
  using home = scratch();
  moveIn(home, 'oauth-account');
  const login = new ScriptedLogin();
  const window = new Window(opened(engineOn(home, { login }), 'thunderbird'));
  const { accounts, running } = await window.must('scan', {});
  expect(accounts).toEqual([
    { address: 'alice@example.org', places: 3, programs: ['Thunderbird'], signsInWithTokens: true },
  ]);
  expect(running).toEqual([]);
  const plan = await window.must('plan', { account: 'alice@example.org' });
  expect(plan.rows.map(({ state, ticked, tickable }) => [state, ticked, tickable])).toEqual([
    ['oauth', false, false],
    ['oauth', false, false],
    ['oauth', false, false],
  ]);
  expect(plan.endpoints).toEqual([]);
  const steps = plan.rows.map(({ id }) => id);
  expect(await window.refused('apply', { ...applyRequest(plan, NEW), steps })).toBe('usage');
  expect(login.asked).toEqual([]);
});

test('another Rekey on this computer keeps this one from writing, not from looking', async () => {
  using home = scratch();
  furnish(home);
  const window = new Window(engineOn(home));
  const plan = await window.must('plan', { account: ADDRESS });
  const before = contents(home);
  const other = await holdRunLock(home.state);
  expect(await window.refused('apply', applyRequest(plan, NEW))).toBe('run-active');
  expect(await window.refused('recover', { direction: 'forward' })).toBe('run-active');
  expect(await window.refused('forget', { run: '20260102-030405-010101' })).toBe('run-active');
  expect(await window.must('history', {})).toEqual({ runs: [] });
  await other.kill();
  expect(contents(home)).toEqual(before);
  expect(tally(await window.must('apply', applyRequest(plan, NEW)))).toEqual({ written: 3 });
});
