import fs from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ReportView } from '../../shared/contract.ts';
import { apply } from '../../electron/engine/apply.ts';
import type { Login } from '../../electron/engine/ports.ts';
import { Killed, mortalDisk } from '../doubles/disks.ts';
import {
  ALL_ACCEPTED,
  engineOn,
  planOn,
  quietRun,
  scratch,
  secret,
  ScriptedLogin,
  type Scratch,
} from '../doubles/engine.ts';
import { ADDRESS, contents, furnish, NEW, OLD } from '../engine/home.ts';
import { applyRequest, tally, Window } from './window.ts';

/** A login that answers when it is told to, and gives up when it is cancelled, as the real one does. */
class WaitingLogin implements Login {
  readonly reached = Promise.withResolvers<void>();
  readonly answer = Promise.withResolvers<void>();
  readonly #script = new ScriptedLogin();

  async check(...[endpoint, , run]: Parameters<Login['check']>): ReturnType<Login['check']> {
    const cancelled = new Promise<void>((resolve) => run.signal.addEventListener('abort', () => resolve()));
    this.reached.resolve();
    await Promise.race([this.answer.promise, cancelled]);
    if (run.signal.aborted) return { endpoint, result: { kind: 'cancelled' }, ms: 1, sent: false };
    return this.#script.check(endpoint);
  }
}

/** A window in the middle of the login of a run. */
async function checking(home: Scratch) {
  furnish(home);
  const login = new WaitingLogin();
  const window = new Window(engineOn(home, { login }));
  const plan = await window.must('plan', { account: ADDRESS });
  const ended = window.must('apply', applyRequest(plan, NEW));
  await login.reached.promise;
  return { login, window, plan, ended };
}

test('a page that was loaded anew finds the run that is going on, and hears its end', async () => {
  using home = scratch();
  const { login, window, plan, ended } = await checking(home);
  expect(window.calls.busy()).toBe(true);
  expect(await window.must('current', {})).toEqual({
    id: 'run-1',
    running: true,
    command: 'apply',
    facts: [],
    plan,
  });
  const heard = new Promise<void>((resolve) => {
    window.onProgress = ({ fact }) => fact.kind === 'ended' && resolve();
  });
  login.answer.resolve();
  await heard;
  const { running, report } = await window.must('current', {});
  expect(running).toBe(false);
  expect(report).toEqual(await ended);
  expect(window.calls.busy()).toBe(false);
});

test('a second run has to wait for the first', async () => {
  using home = scratch();
  const { login, window, plan, ended } = await checking(home);
  expect(await window.refused('apply', { ...applyRequest(plan, NEW), id: 'run-2' })).toBe('run-active');
  expect(await window.refused('undo', { run: '20260102-030405-010101', only: [] })).toBe('run-active');
  expect(await window.must('current', {})).toMatchObject({ id: 'run-1', running: true });
  login.answer.resolve();
  expect(tally(await ended)).toEqual({ written: 3 });
});

test('a cancel before the first write touches nothing', async () => {
  using home = scratch();
  const { window, ended } = await checking(home);
  const before = contents(home);
  await window.must('cancel', { id: 'run-1' });
  const report = await ended;
  expect(report.stopped?.kind).toBe('cancelled');
  expect(tally(report)).toEqual({ skipped: 3 });
  expect(report.run).toBeUndefined();
  expect(contents(home)).toEqual(before);
});

test('a cancel for another run stops nothing', async () => {
  using home = scratch();
  const { login, window, ended } = await checking(home);
  await window.must('cancel', { id: 'run-0' });
  login.answer.resolve();
  expect(tally(await ended)).toEqual({ written: 3 });
});

test('a cancel that arrives during a write finishes that place and leaves the rest, and undo is there', async () => {
  using home = scratch();
  furnish(home);
  const before = contents(home);
  const window = new Window(engineOn(home));
  window.onProgress = ({ id, fact }) => {
    // a message from the page comes in a later turn of the event loop, never at once
    if (fact.kind === 'writing') void setImmediate().then(() => window.calls.cancel({ id }, NOBODY));
  };
  const report = await window.apply(ADDRESS, NEW);
  expect(report.stopped?.kind).toBe('cancelled');
  expect(tally(report)).toEqual({ written: 1, skipped: 2 });
  expect(tally(await window.must('undo', { run: report.run ?? '', only: [] }))).toEqual({
    written: 1,
    unchanged: 2,
  });
  expect(contents(home)).toEqual(before);
});

const NOBODY = { report: () => undefined };

test('closing the window in the middle of a run waits until it has stopped', async () => {
  using home = scratch();
  const { window, ended } = await checking(home);
  const before = contents(home);
  await window.calls.close();
  expect(window.calls.busy()).toBe(false);
  expect((await ended).stopped?.kind).toBe('cancelled');
  expect(contents(home)).toEqual(before);
});

test('a bug in a run frees the lock, and the page is told that the run has ended', async () => {
  using home = scratch();
  furnish(home);
  const login: Login = {
    check: async () => {
      throw new TypeError('a bug');
    },
  };
  const window = new Window(engineOn(home, { login }));
  await expect(window.apply(ADDRESS, NEW)).rejects.toThrow(TypeError);
  expect(window.calls.busy()).toBe(false);
  expect(window.events.at(-1)?.fact).toEqual({ kind: 'ended' });
  expect(await window.must('current', {})).toMatchObject({ running: false });
  expect(tally(await new Window(engineOn(home)).apply(ADDRESS, NEW))).toEqual({ written: 3 });
});

describe('a run that was cut off', () => {
  /** Dies after the journal is written and the first place is changed. */
  async function cutOff(home: Scratch): Promise<void> {
    furnish(home);
    for (let n = 20; ; n += 1) {
      furnish(home);
      fs.rmSync(`${home.state}/runs`, { recursive: true, force: true });
      fs.mkdirSync(`${home.state}/runs`);
      const { disk } = mortalDisk(n);
      const engine = engineOn(home, { disk });
      const plan = await planOn(engine, { account: ADDRESS });
      const died = apply(engine, plan, { password: secret(NEW) }, ALL_ACCEPTED, quietRun());
      await expect(died).rejects.toThrow(Killed);
      if (contents(home).some((text) => text.includes(NEW))) return;
    }
  }

  const holding = (home: Scratch, password: string): number =>
    contents(home).filter((text) => text.includes(password)).length;

  test.each([
    ['forward', NEW],
    ['back', OLD],
  ] as const)('is offered at the start, and goes %s', async (direction, password) => {
    using home = scratch();
    await cutOff(home);
    expect(holding(home, password)).toBeLessThan(3);
    const window = new Window(engineOn(home));
    const { unfinished } = await window.must('scan', {});
    expect(unfinished).toMatchObject([{ account: ADDRESS, state: 'prepared', undoable: false }]);
    const { reports } = await window.must('recover', { direction });
    expect(reports).toMatchObject([{ command: 'recover', account: ADDRESS, run: unfinished[0]?.id }]);
    expect(outcomes(reports)).toEqual(new Set(['written', 'unchanged']));
    expect(holding(home, password)).toBe(3);
    expect(window.events.every(({ id }) => id === 'recover')).toBe(true);
    expect(window.events.length).toBeGreaterThan(0);
    expect((await window.must('scan', {})).unfinished).toEqual([]);
    expect((await window.must('current', {})).report).toEqual(reports[0]);
  });

  test('is not finished by a new run behind the back of the person', async () => {
    using home = scratch();
    await cutOff(home);
    const window = new Window(engineOn(home));
    await window.apply(ADDRESS, 'third-Pass-3');
    expect((await window.must('scan', {})).unfinished).toHaveLength(1);
  });
});

const outcomes = (reports: readonly ReportView[]): ReadonlySet<string> =>
  new Set(reports.flatMap((report) => report.outcomes.map(({ outcome }) => outcome)));

test('undo data is gone when its seven days are over', async () => {
  using home = scratch();
  furnish(home);
  const day = (n: number) => () => new Date(Date.UTC(2026, 0, n));
  const report = await new Window(engineOn(home, { now: day(1) })).apply(ADDRESS, NEW);
  const kept = new Window(engineOn(home, { now: day(8) }));
  expect((await kept.must('history', {})).runs.map(({ id }) => id)).toEqual([report.run]);
  const over = new Window(engineOn(home, { now: day(9) }));
  expect(await over.must('history', {})).toEqual({ runs: [] });
});
