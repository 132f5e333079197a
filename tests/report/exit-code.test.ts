import { describe, expect, test } from 'vitest';
import type { Outcome, OutcomeKind, Report, Step, ValueState } from '../../shared/model.ts';
import { problem, type ProblemKind } from '../../shared/problem.ts';
import { exitCode, exitCodeOfPlan, isFailure } from '../../electron/report/exit-code.ts';
import { NETRC_STEP } from './step.ts';

const step = (state: ValueState = 'unknown', ticked = true): Step => ({ ...NETRC_STEP, state, ticked });

const outcome = (kind: OutcomeKind, state: ValueState = 'unknown'): Outcome => ({
  step: step(state),
  outcome: kind,
  state,
});

const report = (command: string, outcomes: readonly Outcome[], stopped?: ProblemKind): Report => ({
  command,
  checks: [],
  outcomes,
  warnings: [],
  ...(stopped ? { stopped: problem(stopped) } : {}),
});

const apply = (...kinds: OutcomeKind[]): Report =>
  report(
    'apply',
    kinds.map((kind) => outcome(kind)),
  );
/** With a copy that a browser keeps. */
const beside = (own: Outcome): Report => {
  const told = outcome('manual', 'unsupported');
  return report('apply', [own, { ...told, step: { ...told.step, certainty: 'probable' } }]);
};
const stopped = (kind: ProblemKind): Report => report('apply', [], kind);

test.each<[code: number, what: string, reports: Report[]]>([
  [0, 'all written', [apply('written', 'written')]],
  [0, 'nothing to do', [apply('unchanged')]],
  [0, 'no place at all', [apply()]],
  [0, 'left alone for good reasons', [apply('written', 'skipped', 'manual')]],
  [0, 'only places that the user left out', [apply('skipped')]],
  [
    0,
    'one account place written beside one that signs in otherwise',
    [report('apply', [outcome('written'), outcome('skipped', 'oauth')])],
  ],
  [2, 'usage', [stopped('usage')]],
  [2, 'unusable password', [stopped('password-unusable')]],
  [2, 'manifest', [stopped('manifest-invalid')]],
  [3, 'refused', [stopped('rejected')]],
  [3, 'expired', [stopped('expired')]],
  [4, 'one failed', [apply('written', 'failed')]],
  [4, 'one changed meanwhile', [apply('written', 'changed')]],
  [4, 'failed before waiting', [apply('deferred', 'failed')]],
  [4, 'the journal could not be written', [stopped('write-failed')]],
  [5, 'not reached', [stopped('unreachable')]],
  [5, 'busy', [stopped('server-busy')]],
  [6, 'foreign home', [stopped('foreign-home')]],
  [7, 'one waits though others were written', [apply('written', 'deferred')]],
  [8, 'tries used up', [stopped('attempts-used-up')]],
  [8, 'blocked', [stopped('account-blocked')]],
  [9, 'undo met a conflict', [report('undo', [outcome('written'), outcome('changed')])]],
  [9, 'recovery failed', [report('recover', [outcome('failed')])]],
  [9, 'apply after a recovery with a conflict', [report('recover', [outcome('changed')]), apply('failed')]],
  [10, 'cancelled', [stopped('cancelled')]],
  [10, 'cancelled after the first write', [report('apply', [outcome('written')], 'cancelled')]],
  [11, 'no password taken', [stopped('basic-auth-disabled')]],
  [11, 'only accounts that sign in otherwise', [report('apply', [outcome('skipped', 'oauth')])]],
  [11, 'only places for the user to change', [apply('manual')]],
  [0, "a copy that may be the account's beside places that were left out", [beside(outcome('skipped'))]],
  [11, 'such a copy beside an account that signs in otherwise', [beside(outcome('skipped', 'oauth'))]],
  [12, 'another run', [stopped('run-active')]],
  [70, 'a bug', [stopped('internal')]],
])('%i: %s', (code, _, reports) => {
  expect(exitCode(reports)).toBe(code);
});

test('the first that applies is the code', () => {
  const kinds: ProblemKind[] = [
    'internal',
    'run-active',
    'usage',
    'foreign-home',
    'cancelled',
    'account-blocked',
    'oauth',
    'rejected',
    'unreachable',
  ];
  const codes = kinds.map((_, index) =>
    exitCode([
      apply('deferred', 'failed'),
      report('undo', [outcome('changed')]),
      ...kinds.slice(index).map(stopped),
    ]),
  );
  expect(codes).toEqual([70, 12, 2, 6, 10, 8, 11, 3, 5]);
});

describe('plan', () => {
  test.each<[code: number, what: string, steps: Step[], compared: boolean]>([
    [0, 'all up to date', [step('current')], true],
    [0, 'only what an apply would leave alone', [step('current'), step('stale', false)], true],
    [1, 'one is old', [step('current'), step('stale')], true],
    [1, 'one is locked', [step('locked')], true],
    [1, 'any place, when nothing could be compared', [step('unknown', false)], false],
    [11, 'only accounts that sign in otherwise', [step('oauth', false)], true],
    [0, 'nothing that Rekey could write', [step('unsupported', false)], false],
  ])('%i: %s', (code, _, steps, compared) => {
    expect(exitCodeOfPlan(steps, compared)).toBe(code);
  });
});

describe('status', () => {
  test('1 when copies disagree or a run is unfinished, else 0', () => {
    expect(exitCode([report('status', [outcome('unchanged', 'stale')])])).toBe(1);
    expect(exitCode([{ ...report('status', []), warnings: [problem('unfinished-run')] }])).toBe(1);
    expect(exitCode([report('status', [outcome('unchanged', 'unknown')])])).toBe(0);
    expect(exitCode([report('status', [], 'account-unknown')])).toBe(2);
  });
});

test('drift, waiting places and accounts without passwords are no failure', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 70].filter(isFailure)).toEqual([
    2, 3, 4, 5, 6, 8, 9, 10, 12, 70,
  ]);
});
