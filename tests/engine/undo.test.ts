import fs from 'node:fs';
import { expect, test } from 'vitest';
import type { Report } from '../../shared/model.ts';
import { apply } from '../../electron/engine/apply.ts';
import { expire, forget, history } from '../../electron/engine/history.ts';
import { undo } from '../../electron/engine/undo.ts';
import {
  ALL_ACCEPTED,
  engineOn,
  planOn,
  quietRun,
  scratch,
  secret,
  type Scratch,
} from '../doubles/engine.ts';
import { ADDRESS, contents, furnish, netrc, NEW } from './home.ts';

async function applied(home: Scratch): Promise<Report> {
  const engine = engineOn(home);
  const plan = await planOn(engine, { account: ADDRESS });
  return apply(engine, plan, { password: secret(NEW) }, ALL_ACCEPTED, quietRun());
}

const takeBack = async (home: Scratch, id?: string, only: readonly string[] = []): Promise<Report> => {
  const undone = await undo(engineOn(home), id, only, quietRun());
  if (!undone.ok) throw new Error(undone.problem.kind);
  return undone.value;
};

test('restores the exact bytes and modes, without id the last run', async () => {
  using home = scratch();
  furnish(home);
  fs.chmodSync(home.path('.netrc'), 0o640);
  const before = contents(home);
  await applied(home);
  const report = await takeBack(home);
  expect(report.outcomes.map(({ outcome }) => outcome)).toEqual(['written', 'written', 'written']);
  expect(contents(home)).toEqual(before);
  expect(fs.statSync(home.path('.netrc')).mode & 0o777).toBe(0o640);
  expect(history(engineOn(home)).map(({ state }) => state)).toEqual(['rolled-back']);
});

test('an edit made in between survives and is reported', async () => {
  using home = scratch();
  furnish(home);
  const { run } = await applied(home);
  home.write('.netrc', netrc(NEW, 'edited later'));
  const report = await takeBack(home, run);
  expect(report.outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['changed', 'written', 'written']);
  expect(home.read('.netrc')).toBe(netrc(NEW, 'edited later'));
  expect(history(engineOn(home))[0]?.undoable).toBe(true);
});

test('a place that already holds the old bytes counts as done', async () => {
  using home = scratch();
  furnish(home);
  await applied(home);
  furnish(home);
  const report = await takeBack(home);
  expect(report.outcomes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged']);
});

test('takes back a single place, then the rest', async () => {
  using home = scratch();
  furnish(home);
  const before = contents(home);
  const { run, outcomes } = await applied(home);
  const only = outcomes.find(({ step }) => step.entries[0]?.store === 'netrc')?.step.id ?? '';
  await takeBack(home, run, [only]);
  expect(home.read('.netrc')).toBe(before[1]);
  expect(home.read('.msmtprc')).not.toBe(before[0]);
  await takeBack(home, run);
  expect(contents(home)).toEqual(before);
});

test('a run is taken back with its last place, whatever the order', async () => {
  using home = scratch();
  furnish(home);
  const { run, outcomes } = await applied(home);
  const [first = '', ...others] = outcomes.map(({ step }) => step.id);
  const state = (): string | undefined => history(engineOn(home))[0]?.state;
  await takeBack(home, run, [first]);
  expect(state()).toBe('committed');
  await takeBack(home, run, others);
  expect(state()).toBe('rolled-back');
});

test('undo data holds neither password in the clear, and goes when told or after seven days', async () => {
  using home = scratch();
  furnish(home);
  const { run } = await applied(home);
  for (const name of fs.readdirSync(`${home.state}/runs/${run}`)) {
    const bytes = fs.readFileSync(`${home.state}/runs/${run}/${name}`, 'latin1');
    expect(bytes).not.toMatch(/old-Pass-1|new-Pass-2/);
  }
  expire(engineOn(home, { now: () => new Date('2026-01-08T00:00:00Z') }));
  expect(history(engineOn(home))).toHaveLength(1);
  expire(engineOn(home, { now: () => new Date('2026-01-10T00:00:00Z') }));
  expect(history(engineOn(home))).toEqual([]);
  expect(forget(engineOn(home), run ?? '').ok).toBe(false);
});

test('an unknown run is a Problem', async () => {
  using home = scratch();
  for (const id of [undefined, '20260101-000000-000000', '../../etc']) {
    const undone = await undo(engineOn(home), id, [], quietRun());
    expect(!undone.ok && undone.problem.kind).toBe('run-unknown');
  }
});
