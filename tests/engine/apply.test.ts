import fs from 'node:fs';
import { expect, test } from 'vitest';
import type { Outcome, Report } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import { apply } from '../../electron/engine/apply.ts';
import type { PlanRequest, Secrets, Verdict } from '../../electron/engine/verbs.ts';
import { CHANGING, countingDisk } from '../doubles/disks.ts';
import {
  ALL_ACCEPTED,
  engineOn,
  planOn,
  quietRun,
  scratch,
  secret,
  type Scratch,
} from '../doubles/engine.ts';
import { ADDRESS, contents, furnish, msmtprc, netrc, NEW, OLD } from './home.ts';

interface Given {
  readonly request?: Partial<PlanRequest>;
  readonly secrets?: Partial<Secrets>;
  readonly verdict?: Verdict;
  readonly between?: () => void;
}

async function applyOn(home: Scratch, given: Given = {}): Promise<Report> {
  const engine = engineOn(home);
  const plan = await planOn(engine, { account: ADDRESS, ...given.request });
  given.between?.();
  return apply(
    engine,
    plan,
    { password: secret(NEW), ...given.secrets },
    given.verdict ?? ALL_ACCEPTED,
    quietRun(),
  );
}

const byStore = (report: Report): Record<string, Outcome['outcome']> =>
  Object.fromEntries(report.outcomes.map(({ step, outcome }) => [step.entries[0]?.store ?? '', outcome]));

const reasons = (report: Report): readonly (string | undefined)[] =>
  report.outcomes.map(({ reason }) => reason?.kind);

test('writes every place of the account, verified, and nothing else', async () => {
  using home = scratch();
  furnish(home);
  const report = await applyOn(home);
  expect(byStore(report)).toEqual({ msmtp: 'written', netrc: 'written', 'git-send-email': 'written' });
  expect(report.outcomes.every(({ verified, state }) => verified === true && state === 'current')).toBe(true);
  expect(home.read('.msmtprc')).toContain(`password "${NEW}"\r\n`);
  expect(home.read('.netrc')).toBe(netrc(NEW));
  expect(fs.readdirSync(home.home)).toEqual(['.gitconfig', '.msmtprc', '.netrc']);
});

test('a second apply writes nothing and leaves no run', async () => {
  using home = scratch();
  furnish(home);
  const first = await applyOn(home);
  const before = ['.msmtprc', '.netrc', '.gitconfig'].map(
    (name) => fs.statSync(home.path(name), { bigint: true }).ctimeNs,
  );
  const second = await applyOn(home);
  expect(first.run).toBeDefined();
  expect(second.run).toBeUndefined();
  expect(byStore(second)).toEqual({ msmtp: 'unchanged', netrc: 'unchanged', 'git-send-email': 'unchanged' });
  expect(
    ['.msmtprc', '.netrc', '.gitconfig'].map(
      (name) => fs.statSync(home.path(name), { bigint: true }).ctimeNs,
    ),
  ).toEqual(before);
  expect(fs.readdirSync(`${home.state}/runs`)).toEqual([first.run]);
});

test('a second apply asks the disk to change nothing at all', async () => {
  using home = scratch();
  furnish(home);
  await applyOn(home);
  const { disk, count } = countingDisk();
  const engine = engineOn(home, { disk });
  const plan = await planOn(engine, { account: ADDRESS });
  await apply(engine, plan, { password: secret(NEW) }, ALL_ACCEPTED, quietRun());
  const changing = CHANGING.filter((call) => call !== 'open');
  expect(changing.map((call) => [call, count(call)])).toEqual(changing.map((call) => [call, 0]));
});

test('a stopped check touches nothing', async () => {
  using home = scratch();
  furnish(home);
  const before = contents(home);
  const report = await applyOn(home, {
    verdict: { ...ALL_ACCEPTED, stopped: problem('rejected', 'mail.example.org') },
  });
  expect(report.stopped?.kind).toBe('rejected');
  expect(report.run).toBeUndefined();
  expect(contents(home)).toEqual(before);
});

test('a place that changed since the plan is left alone, the others are written', async () => {
  using home = scratch();
  furnish(home);
  const edited = netrc(OLD, 'edited meanwhile');
  const report = await applyOn(home, { between: () => home.write('.netrc', edited) });
  expect(byStore(report)).toEqual({ msmtp: 'written', netrc: 'changed', 'git-send-email': 'written' });
  expect(home.read('.netrc')).toBe(edited);
});

test('a password that a format cannot hold fails that place only, byte for byte as before', async () => {
  using home = scratch();
  furnish(home);
  const report = await applyOn(home, { secrets: { password: secret('with "quote" and \\') } });
  expect(byStore(report)).toEqual({ msmtp: 'written', netrc: 'failed', 'git-send-email': 'written' });
  expect(reasons(report)).toContain('format-cannot-hold');
  expect(home.read('.netrc')).toBe(netrc(OLD));
});

test('with the old password given, a place that holds another one is skipped', async () => {
  using home = scratch();
  furnish(home);
  home.write('.netrc', netrc('something-else'));
  const report = await applyOn(home, { secrets: { old: secret(OLD) } });
  expect(byStore(report)).toEqual({ msmtp: 'written', netrc: 'skipped', 'git-send-email': 'written' });
  expect(reasons(report)).toContain('other-password');
});

test('without the old password, a certain place that holds another one is written too', async () => {
  using home = scratch();
  furnish(home);
  home.write('.netrc', netrc('something-else'));
  expect(byStore(await applyOn(home))).toEqual({
    msmtp: 'written',
    netrc: 'written',
    'git-send-email': 'written',
  });
});

test('steps that no server vouched for are failed, with the reason', async () => {
  using home = scratch();
  furnish(home);
  const engine = engineOn(home);
  const plan = await planOn(engine, { account: ADDRESS });
  const sending = plan.steps.find(({ entries }) => entries[0]?.store === 'msmtp');
  const withheld = new Map([[sending?.id ?? '', problem('smtp-auth-disabled', 'mail.example.org')]]);
  const report = await apply(
    engine,
    plan,
    { password: secret(NEW) },
    { ...ALL_ACCEPTED, withheld },
    quietRun(),
  );
  expect(byStore(report)).toEqual({ msmtp: 'failed', netrc: 'written', 'git-send-email': 'written' });
  expect(home.read('.msmtprc')).toBe(msmtprc(OLD));
});

test('cancelled before the first write touches nothing', async () => {
  using home = scratch();
  furnish(home);
  const before = contents(home);
  const engine = engineOn(home);
  const plan = await planOn(engine, { account: ADDRESS });
  const cancelled = new AbortController();
  cancelled.abort();
  const report = await apply(
    engine,
    plan,
    { password: secret(NEW) },
    ALL_ACCEPTED,
    quietRun(cancelled.signal),
  );
  expect(report.stopped?.kind).toBe('cancelled');
  expect(contents(home)).toEqual(before);
});

test('cancelled after a write finishes that place, skips the rest and can be undone', async () => {
  using home = scratch();
  furnish(home);
  const engine = engineOn(home);
  const plan = await planOn(engine, { account: ADDRESS });
  const cancel = new AbortController();
  const run = {
    signal: cancel.signal,
    report: ({ kind }: { kind: string }) => kind === 'writing' && cancel.abort(),
  };
  const report = await apply(engine, plan, { password: secret(NEW) }, ALL_ACCEPTED, {
    ...run,
    report: (p) => void run.report(p),
  });
  expect(report.outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['skipped', 'skipped', 'written']);
  expect(report.run).toBeDefined();
  expect(fs.readdirSync(home.home)).toEqual(['.gitconfig', '.msmtprc', '.netrc']);
});

test('--only and --except tick exactly what they name', async () => {
  using home = scratch();
  furnish(home);
  const plan = await planOn(engineOn(home), { account: ADDRESS });
  const id = plan.steps.find(({ entries }) => entries[0]?.store === 'netrc')?.id ?? '';
  expect(byStore(await applyOn(home, { request: { only: [id] } }))).toEqual({
    msmtp: 'skipped',
    netrc: 'written',
    'git-send-email': 'skipped',
  });
  expect(
    byStore(await applyOn(home, { request: { except: [id] }, secrets: { password: secret('third-Pass') } })),
  ).toEqual({
    msmtp: 'written',
    netrc: 'skipped',
    'git-send-email': 'written',
  });
});
