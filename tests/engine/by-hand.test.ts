import { expect, test } from 'vitest';
import type { Step } from '../../shared/model.ts';
import { apply } from '../../electron/engine/apply.ts';
import { doctor } from '../../electron/engine/doctor.ts';
import { plan } from '../../electron/engine/plan.ts';
import { scan } from '../../electron/engine/scan.ts';
import { exitCode, exitCodeOfPlan } from '../../electron/report/exit-code.ts';
import { moveInBrowsers } from '../doubles/browsers.ts';
import { ALL_ACCEPTED, engineOn, planOn, quietRun, scratch, secret } from '../doubles/engine.ts';
import { changedFiles, snapshot } from '../doubles/snapshot.ts';
import { ADDRESS, furnish, msmtprc, NEW } from './home.ts';

const isTold = ({ reason }: Step): boolean => reason?.kind === 'by-hand';
const nameOf = ({ entries }: Step): string => entries[0]?.client ?? '';

test('what browsers keep of the account is listed, may be its password, and is never ticked', async () => {
  using home = scratch();
  furnish(home);
  moveInBrowsers(home);
  const engine = engineOn(home);
  const { steps } = await planOn(engine, { account: ADDRESS });
  const told = steps.filter(isTold);
  expect(told.map(nameOf).toSorted()).toEqual([
    'Brave (alex on outlook.example.org, Profile 1)',
    'Chromium (EXAMPLE\\alex on owa.example.org, profile Default)',
    'Chromium (alex@example.org on intranet.example.org, profile Default)',
    'Chromium (alex@example.org on webmail.example.org, profile Default)',
    'Firefox (webmail.example.org, profile default-release)',
    'LibreWolf (mail.example.org, profile default-default)',
  ]);
  expect(steps.slice(-told.length)).toEqual(told);
  expect(told.every(({ certainty, ticked }) => certainty === 'probable' && !ticked)).toBe(true);
  const named = await planOn(engine, { account: ADDRESS, only: told.map(({ id }) => id) });
  expect(named.steps.filter(({ ticked }) => ticked)).toEqual([]);
});

test('they are left to their owner, are not opened, and change no exit code', async () => {
  using home = scratch();
  furnish(home);
  moveInBrowsers(home);
  const before = snapshot(home.home);
  const engine = engineOn(home);
  const planned = await planOn(engine, { account: ADDRESS });
  expect(exitCodeOfPlan(planned.steps, true)).toBe(1);
  const report = await apply(engine, planned, { password: secret(NEW) }, ALL_ACCEPTED, quietRun());
  const told = report.outcomes.filter(({ step }) => isTold(step));
  expect(told.map(({ outcome, state }) => [outcome, state])).toEqual(
    told.map(() => ['manual', 'unsupported']),
  );
  expect(told).toHaveLength(6);
  expect(exitCode([report])).toBe(0);
  expect(changedFiles(before, snapshot(home.home))).toEqual(['.gitconfig', '.msmtprc', '.netrc']);
});

test('an account that shares nothing with them hears nothing of them', async () => {
  using home = scratch();
  furnish(home);
  moveInBrowsers(home);
  home.write('.msmtprc', msmtprc('x').replaceAll('example.org', 'example.net'));
  const { steps } = await planOn(engineOn(home), { account: 'alex@example.net' });
  expect(steps.filter(isTold).map(nameOf)).toEqual([]);
});

test('alone they make no account', async () => {
  using home = scratch();
  moveInBrowsers(home);
  const engine = engineOn(home);
  const planned = await plan(engine, await scan(engine), { account: ADDRESS });
  expect(!planned.ok && planned.problem.kind).toBe('account-unknown');
});

test('the doctor does not count the sites of a browser', async () => {
  using home = scratch();
  moveInBrowsers(home);
  const checks = await doctor(engineOn(home));
  expect(checks.find(({ name }) => name.startsWith('Chromium'))).toMatchObject({
    result: 'works',
    places: 0,
  });
});

test('a mail program whose passwords only it can change is a home of the account like any other', async () => {
  using home = scratch();
  const settings = { imap_host: 'mail.example.org', smtp_host: 'mail.example.org' };
  const accounts = [{ provider: 'imap', emailAddress: ADDRESS, settings }];
  home.write('.config/Mailspring/config.json', JSON.stringify({ '*': { accounts } }));
  const { steps } = await planOn(engineOn(home), { account: ADDRESS });
  expect(steps.map(({ certainty, ticked, reason }) => [certainty, ticked, reason?.kind])).toEqual([
    ['certain', false, 'by-hand'],
    ['certain', false, 'by-hand'],
  ]);
});

test('a sealed file may hold the password of any account, is told, and alone makes none', async () => {
  using home = scratch();
  home.write('.authinfo.gpg', 'sealed');
  const engine = engineOn(home);
  const alone = await plan(engine, await scan(engine), { account: ADDRESS });
  expect(!alone.ok && alone.problem.kind).toBe('account-unknown');
  home.write('.msmtprc', msmtprc('x'));
  const told = (await planOn(engine, { account: ADDRESS })).steps.filter(isTold);
  expect(told.map((step) => [nameOf(step), step.certainty, step.ticked])).toEqual([
    ['Emacs authinfo (sealed)', 'probable', false],
  ]);
});
