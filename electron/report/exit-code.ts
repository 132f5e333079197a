import type { Outcome, Report, Step } from '../../shared/model.ts';
import { exitCodeOf } from '../../shared/problem.ts';

/** The first code of this list that applies is the exit code. */
const ORDER = [70, 12, 2, 6, 10, 8, 11, 3, 5, 9, 4, 7, 1, 0] as const;

/** The exit code of a run made of these reports (an apply may first have recovered an earlier run). */
export function exitCode(reports: readonly Report[]): number {
  return firstCode(reports.flatMap(codesOf));
}

/** The one of these codes that tells most. */
export const firstCode = (codes: readonly number[]): number =>
  ORDER.find((code) => codes.includes(code)) ?? 0;

/**
 * The exit code of a plan: 1 while any place that an apply would take still lacks the new password. Without a
 * password to compare with (`compared` is false) nothing is known to be up to date, so every place counts.
 */
export function exitCodeOfPlan(steps: readonly Step[], compared: boolean): number {
  const writable = steps.filter(({ state }) => state !== 'oauth' && state !== 'unsupported');
  if (writable.length === 0) return steps.some(({ state }) => state === 'oauth') ? 11 : 0;
  const pending = compared ? writable.some(isPending) : true;
  return pending ? 1 : 0;
}

/** True where an apply would write. */
export const isPending = ({ ticked, state }: Step): boolean => ticked && state !== 'current';

/** True for codes after which somebody has to look: not for drift, places that wait, or an account without password. */
export const isFailure = (code: number): boolean => ![0, 1, 7, 11].includes(code);

function codesOf(report: Report): readonly number[] {
  if (report.command === 'status') return statusCodes(report);
  const codes = report.outcomes.map((outcome) => codeOfOutcome(outcome, report.command));
  if (report.stopped) codes.push(exitCodeOf(report.stopped.kind));
  else if (report.command !== 'remove' && takesNoPassword(report.outcomes)) codes.push(11);
  return codes;
}

/** Copies that disagree are stale, one like the other; an interrupted run is a warning. */
function statusCodes({ outcomes, warnings, stopped }: Report): readonly number[] {
  if (stopped) return [exitCodeOf(stopped.kind)];
  const drift = outcomes.some(({ state }) => state === 'stale');
  return drift || warnings.some(({ kind }) => kind === 'unfinished-run') ? [1] : [0];
}

function codeOfOutcome({ outcome }: Outcome, command: string): number {
  if (outcome === 'deferred') return 7;
  if (outcome !== 'failed' && outcome !== 'changed') return 0;
  return command === 'undo' || command === 'recover' ? 9 : 4;
}

/** Only places that take no password from Rekey: nothing was written, nothing failed, and an account signs in otherwise. */
function takesNoPassword(outcomes: readonly Outcome[]): boolean {
  return (
    outcomes.some((each) => each.state === 'oauth' || isOwnManual(each)) &&
    outcomes.every(({ outcome }) => outcome === 'skipped' || outcome === 'manual')
  );
}

/** A copy that may be the account's says nothing about the account. */
const isOwnManual = ({ outcome, step }: Outcome): boolean =>
  outcome === 'manual' && step.certainty === 'certain';
