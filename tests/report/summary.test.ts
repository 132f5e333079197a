import { expect, test } from 'vitest';
import { applySummary } from '../../electron/report/summary.ts';
import { messagesFor } from '../../shared/messages/index.ts';
import type { Outcome, OutcomeKind, Step, ValueState } from '../../shared/model.ts';
import { NETRC_STEP } from './step.ts';

const english = messagesFor('en');

const step = (ticked: boolean, state: ValueState): Step => ({ ...NETRC_STEP, ticked, state });

const outcome = (kind: OutcomeKind, ticked = true, state: ValueState = 'current'): Outcome => ({
  step: step(ticked, state),
  outcome: kind,
  state,
});

const said = (...outcomes: readonly Outcome[]): string =>
  applySummary({ command: 'apply', checks: [], outcomes, warnings: [] }, english).join(' ');

test('what nobody ticked is told apart, not counted as a shortfall', () => {
  expect(said(outcome('written'), outcome('written'), outcome('skipped', false, 'missing'))).toBe(
    '2 of 2 places hold the new password. 1 was left alone.',
  );
});

test('a ticked place that was left alone is a shortfall', () => {
  expect(said(outcome('written'), outcome('skipped'))).toBe(
    '1 of 2 places holds the new password. 1 was left alone.',
  );
});

test('what takes no password is neither', () => {
  expect(said(outcome('written'), outcome('skipped', false, 'oauth'))).toBe(
    '1 of 1 place holds the new password.',
  );
});

test('places that held it already are counted with what was left beside them', () => {
  expect(said(outcome('unchanged'), outcome('unchanged'), outcome('skipped', false))).toBe(
    'All 2 already hold the new password. 1 was left alone.',
  );
});
