import fs from 'node:fs';
import { expect, test } from 'vitest';
import type { Step } from '../../shared/model.ts';
import { compare } from '../../electron/engine/compare.ts';
import { plan } from '../../electron/engine/plan.ts';
import { scan } from '../../electron/engine/scan.ts';
import { status } from '../../electron/engine/status.ts';
import { engineOn, planOn, scratch, secret, type Scratch } from '../doubles/engine.ts';
import { ADDRESS, contents, furnish, msmtprc, netrc, NEW, OLD } from './home.ts';

const stepOf = (steps: readonly Step[], store: string): Step => {
  const step = steps.find(({ entries }) => entries[0]?.store === store);
  if (!step) throw new Error(`no step of ${store}`);
  return step;
};

const stepsOn = async (home: Scratch, request = {}): Promise<readonly Step[]> =>
  (await planOn(engineOn(home), { account: ADDRESS, ...request })).steps;

test('ids are the store and twelve hex digits, the same at every run', async () => {
  using home = scratch();
  furnish(home);
  const ids = (await stepsOn(home)).map(({ id }) => id);
  expect(ids.every((id) => /^[a-z-]+-[0-9a-f]{12}$/.test(id))).toBe(true);
  expect((await stepsOn(home)).map(({ id }) => id)).toEqual(ids);
});

test('an account that nothing here belongs to is said so', async () => {
  using home = scratch();
  furnish(home);
  const engine = engineOn(home);
  const planned = await plan(engine, await scan(engine), { account: 'nobody@example.org' });
  expect(!planned.ok && planned.problem.kind).toBe('account-unknown');
});

test('an id that does not exist is refused', async () => {
  using home = scratch();
  furnish(home);
  const engine = engineOn(home);
  const planned = await plan(engine, await scan(engine), { account: ADDRESS, only: ['netrc-000000000000'] });
  expect(!planned.ok && planned.problem.kind).toBe('usage');
});

test('a git token with the same login is listed and never ticked', async () => {
  using home = scratch();
  furnish(home);
  home.write('.git-credentials', `https://alex%40example.org:token-1@git.example.org\n`);
  const step = stepOf(await stepsOn(home), 'git-credentials');
  expect([step.certainty, step.ticked, step.reason?.kind]).toEqual(['probable', false, 'probable-only']);
});

test('a missing value is offered, and ticked only when adding was asked for', async () => {
  using home = scratch();
  furnish(home);
  home.write('.msmtprc', msmtprc(OLD).replace(/password.*\r\n/, ''));
  fs.rmSync(home.path('.netrc'));
  const missing = stepOf(await stepsOn(home), 'msmtp');
  expect([missing.state, missing.effect, missing.ticked]).toEqual(['missing', 'add', false]);
  expect(stepOf(await stepsOn(home, { addMissing: true }), 'msmtp').ticked).toBe(true);
});

test('OAuth entries are never ticked, not even by name', async () => {
  using home = scratch();
  furnish(home);
  home.write('.msmtprc', msmtprc(OLD).replace('auth on', 'auth xoauth2'));
  const step = stepOf(await stepsOn(home), 'msmtp');
  expect([step.state, step.ticked, step.reason?.kind]).toEqual(['oauth', false, 'oauth']);
  expect(stepOf(await stepsOn(home, { only: [step.id] }), 'msmtp').ticked).toBe(false);
});

test('a slot that another account reads too is unticked, with the other named', async () => {
  using home = scratch();
  home.write(
    '.msmtprc',
    [
      'defaults',
      'auth on',
      'tls on',
      'host mail.example.org',
      `password ${OLD}`,
      `account a\nuser ${ADDRESS}`,
      'account b\nuser sam@example.org',
      '',
    ].join('\n'),
  );
  const step = stepOf(await stepsOn(home), 'msmtp');
  expect([step.ticked, step.reason]).toEqual([false, { kind: 'shared-slot', subject: 'sam@example.org' }]);
});

test('two links to one file are one place', async () => {
  using home = scratch();
  furnish(home);
  fs.symlinkSync('.netrc', home.path('.authinfo'));
  const steps = (await stepsOn(home)).filter(({ entries }) => entries[0]?.store === 'netrc');
  expect(steps.map(({ where, entries }) => [where, entries.length])).toEqual([[home.path('.netrc'), 2]]);
});

test('a target outside the home stays out unless it is named', async () => {
  using home = scratch();
  furnish(home);
  fs.renameSync(home.path('.netrc'), `${home.root}/netrc`);
  fs.symlinkSync(`${home.root}/netrc`, home.path('.netrc'));
  const step = stepOf(await stepsOn(home), 'netrc');
  expect([step.ticked, step.reason?.kind]).toEqual([false, 'outside-home']);
  expect(stepOf(await stepsOn(home, { only: [step.id] }), 'netrc').ticked).toBe(true);
});

test('comparing by value tells current from stale and writes nothing', async () => {
  using home = scratch();
  furnish(home);
  home.write('.netrc', netrc(NEW));
  const before = contents(home);
  const engine = engineOn(home);
  const compared = await compare(engine, await planOn(engine, { account: ADDRESS }), {
    password: secret(NEW),
  });
  expect(stepOf(compared.steps, 'netrc').state).toBe('current');
  expect(stepOf(compared.steps, 'msmtp').state).toBe('stale');
  expect(contents(home)).toEqual(before);
});

test('status tells copies that disagree, without any password', async () => {
  using home = scratch();
  furnish(home);
  const states = async (): Promise<readonly string[]> => {
    const report = await status(engineOn(home), ADDRESS);
    return report.ok ? report.value.outcomes.map(({ state }) => state) : [];
  };
  expect(new Set(await states())).toEqual(new Set(['unknown']));
  home.write('.netrc', netrc('another'));
  expect(new Set(await states())).toEqual(new Set(['stale']));
});
