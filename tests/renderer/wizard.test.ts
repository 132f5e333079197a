import { describe, expect, test } from 'vitest';
import type { Fact, ReportView } from '../../shared/contract.ts';
import { isTicked, wizard } from '../../renderer/wizard.ts';
import { BEGINNING, type Action, type Wizard } from '../../renderer/wizard-state.ts';
import { examplePlan, placeRow, tokenPlan } from '../doubles/rekey-rows.ts';

const after = (...actions: readonly Action[]): Wizard => actions.reduce(wizard, BEGINNING);

const plan = examplePlan();
const planned: Action = { type: 'planned', plan };
const started: Action = { type: 'started', id: 'run', steps: ['mbsync-1', 'msmtp-1'] };
const told = (fact: Fact, id = 'run'): Action => ({ type: 'progressed', event: { id, fact } });
const endpoint = { protocol: 'imap', host: 'mail.contoso.com', port: 993, login: 'alex' } as const;

const report = (own: Partial<ReportView> = {}): ReportView => ({
  command: 'apply',
  account: 'alex@contoso.com',
  checks: [],
  outcomes: [],
  warnings: [],
  triesLeft: 2,
  ...own,
});
const written = report({ run: 'r', outcomes: [{ row: placeRow('mbsync-1'), outcome: 'written' }] });

describe('what follows what', () => {
  test('a chosen account leads to its places', () => {
    expect(after(planned)).toMatchObject({ screen: 'places', plan, busy: false });
  });

  test('an account that only signs in with tokens has nothing to type', () => {
    expect(after({ type: 'planned', plan: tokenPlan() }).screen).toBe('sign-in');
    const copy = placeRow('firefox-1', { tickable: false, reason: { kind: 'by-hand' } });
    const beside = { ...tokenPlan(), rows: [...tokenPlan().rows, copy] };
    expect(after({ type: 'planned', plan: beside }).screen).toBe('sign-in');
    expect(after({ type: 'planned', plan: { ...beside, rows: [copy] } }).screen).toBe('places');
  });

  test('a run that wrote leads to its result', () => {
    const state = after(planned, started, { type: 'reported', report: written });
    expect(state).toMatchObject({ screen: 'result', report: written });
    expect(state.run).toBeUndefined();
  });

  test('a rejection leads back to the field, with the tries that are left', () => {
    const problem = { kind: 'rejected' } as const;
    const state = after(planned, started, { type: 'reported', report: report({ stopped: problem }) });
    expect(state).toMatchObject({
      screen: 'password',
      refusal: { problem, nothingChanged: true, triesLeft: 2 },
    });
  });

  test('a run that was cancelled after a write is a result, not a rejection', () => {
    const cancelled = { ...written, stopped: { kind: 'cancelled' as const } };
    expect(after(planned, started, { type: 'reported', report: cancelled }).screen).toBe('result');
  });

  test('a server that takes no passwords leads to the other ending', () => {
    const stopped = { kind: 'basic-auth-disabled' } as const;
    expect(after(planned, started, { type: 'reported', report: report({ stopped }) }).screen).toBe('sign-in');
  });

  test('a call that failed does not claim that nothing was changed', () => {
    const state = after(planned, started, { type: 'refused', problem: { kind: 'internal' } });
    expect(state).toMatchObject({ screen: 'password', refusal: { nothingChanged: false } });
  });

  test('a failed run of a page without a plan ends at the beginning, with its reason', () => {
    const state = after(started, { type: 'refused', problem: { kind: 'run-active' } });
    expect(state).toMatchObject({ screen: 'account', trouble: { kind: 'run-active' } });
  });

  test('the history leads back to where it was opened', () => {
    const state = after(planned, { type: 'went', screen: 'history' }, { type: 'went', screen: 'history' });
    expect(state).toMatchObject({ screen: 'history', before: 'places' });
  });

  test('a new plan forgets the last result and its ticks', () => {
    const ticked: Action = { type: 'ticked', row: 'git-1', on: true };
    const state = after(planned, ticked, started, { type: 'reported', report: written }, planned);
    expect(state.report).toBeUndefined();
    expect(state.ticks).toEqual({});
  });
});

describe('ticks', () => {
  const row = (id: string) => plan.rows.find((each) => each.id === id) ?? placeRow(id);

  test('are proposed by the plan', () => {
    expect(isTicked(after(planned), row('mbsync-1'))).toBe(true);
    expect(isTicked(after(planned), row('git-1'))).toBe(false);
  });

  test('of the user outlive a later look', () => {
    const state = after(
      planned,
      { type: 'ticked', row: 'mbsync-1', on: false },
      { type: 'looked-again', plan: examplePlan() },
    );
    expect(isTicked(state, row('mbsync-1'))).toBe(false);
  });

  test('cannot be set where nothing can be changed', () => {
    const state = after(planned, { type: 'ticked', row: 'mutt-1', on: true });
    expect(isTicked(state, row('mutt-1'))).toBe(false);
  });
});

test('a look at another plan is dropped', () => {
  const state = after(planned, { type: 'looked-again', plan: { ...plan, planId: 'old', rows: [] } });
  expect(state.plan).toBe(plan);
});

describe('progress', () => {
  test('fills in the logins and the places', () => {
    const check = { endpoint, accepted: true, ms: 9 };
    const state = after(
      planned,
      started,
      told({ kind: 'checking', endpoint }),
      told({ kind: 'checked', check }),
      told({ kind: 'writing', step: 'mbsync-1' }),
      told({ kind: 'finished', step: 'mbsync-1', outcome: 'written' }),
      told({ kind: 'writing', step: 'msmtp-1' }),
    );
    expect(state.run?.logins).toEqual([{ endpoint, state: 'accepted' }]);
    expect(state.run?.places).toEqual({ 'mbsync-1': 'written', 'msmtp-1': 'writing' });
  });

  test('of another run is not mixed in', () => {
    const state = after(planned, started, told({ kind: 'writing', step: 'mbsync-1' }, 'other'));
    expect(state.run?.places).toEqual({});
  });

  test('a reloaded page has what the run has told so far', () => {
    const state = after({
      type: 'resumed',
      id: 'run',
      plan,
      facts: [
        { kind: 'checking', endpoint },
        { kind: 'writing', step: 'mbsync-1' },
      ],
    });
    expect(state).toMatchObject({ screen: 'progress', plan, run: { steps: ['mbsync-1'] } });
  });
});

test('a program that was closed is remembered as seen', () => {
  const scan = { accounts: [], running: [{ name: 'Thunderbird' }], unfinished: [], looked: [] };
  const state = after({ type: 'scanned', scan }, { type: 'scanned', scan: { ...scan, running: [] } });
  expect(state.seen).toEqual([{ name: 'Thunderbird' }]);
});
