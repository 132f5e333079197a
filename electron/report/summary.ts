import type { Outcome, OutcomeKind, Report } from '../../shared/model.ts';
import type { Plural } from '../../shared/messages/plural.ts';
import { count, explain, fill } from '../../shared/messages/explain.ts';
import type { Messages } from '../../shared/messages/messages.ts';

/** What became of the places of an apply, with exact numbers; what waits names its next step. */
export function applySummary(report: Report, messages: Messages): readonly string[] {
  const texts = messages.commandLine;
  const counted = report.outcomes.filter(wasMeant);
  const holding = number(counted, 'written') + number(counted, 'unchanged');
  if (counted.length === 0) return [texts.nothingToChange];
  if (report.stopped && number(counted, 'written') === 0) return [texts.nothingChanged];
  const others = rest(report.outcomes.filter(takesPassword), messages);
  if (number(counted, 'unchanged') === counted.length)
    return [count(texts.alreadyCurrent, counted.length), ...others];
  const places = count(texts.places, counted.length);
  return [fill(count(texts.holdNew, holding), { places }), ...others];
}

/** What became of a run that went forward: places with the new password, or without an old one. */
export function forwardSummary(report: Report, messages: Messages): readonly string[] {
  const { outcomes } = report;
  const removes = outcomes.length > 0 && outcomes.every(({ step }) => step.effect === 'remove');
  return removes ? removeSummary(report, messages) : applySummary(report, messages);
}

function removeSummary({ outcomes }: Report, messages: Messages): readonly string[] {
  const texts = messages.commandLine;
  const gone = number(outcomes, 'written') + number(outcomes, 'unchanged');
  const passwords = count(texts.oldPasswords, outcomes.length);
  return [fill(texts.removedOf, { n: gone, passwords }), ...rest(outcomes, messages)];
}

/** Whether a report tells of a run that went forward: one that went back does not know what was there. */
export const wentForward = ({ outcomes }: Report): boolean =>
  outcomes.some(({ state }) => state === 'current' || state === 'missing');

/** What became of the places of an undo or a recovery that went back. */
export function undoSummary(report: Report, messages: Messages): readonly string[] {
  const texts = messages.commandLine;
  const restored = number(report.outcomes, 'written') + number(report.outcomes, 'unchanged');
  const places = count(texts.places, report.outcomes.length);
  return [fill(count(texts.restored, restored), { places }), ...rest(report.outcomes, messages)];
}

/** Places that never take a password from Rekey are told apart, not counted as a shortfall. */
const takesPassword = ({ state, outcome }: Outcome): boolean => state !== 'oauth' && outcome !== 'manual';

/** Neither are those that nobody ticked. */
const wasMeant = (each: Outcome): boolean =>
  takesPassword(each) && (each.outcome !== 'skipped' || each.step.ticked);

function rest(outcomes: readonly Outcome[], messages: Messages): readonly string[] {
  const texts = messages.commandLine;
  const kinds: readonly [OutcomeKind, Plural][] = [
    ['deferred', texts.waits],
    ['failed', texts.failed],
    ['changed', texts.meanwhile],
    ['skipped', texts.left],
    ['manual', texts.manual],
  ];
  return kinds.flatMap(([kind, plural]) => {
    const some = outcomes.filter(({ outcome }) => outcome === kind);
    if (some.length === 0) return [];
    return [count(plural, some.length), ...(kind === 'deferred' ? nextStep(some, messages) : [])];
  });
}

/** The next step, where the same one helps all of them. */
function nextStep(outcomes: readonly Outcome[], messages: Messages): readonly string[] {
  const steps = new Set(outcomes.map(({ reason }) => reason && explain(messages, reason).next));
  const [only] = steps;
  return steps.size === 1 && only !== undefined ? [only] : [messages.commandLine.seeRows];
}

const number = (outcomes: readonly Outcome[], kind: OutcomeKind): number =>
  outcomes.filter(({ outcome }) => outcome === kind).length;
