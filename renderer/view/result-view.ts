import type { OutcomeRow, ReportView } from '../../shared/contract.ts';
import type { ResultTexts } from '../../shared/messages/page.ts';
import type { Protocol } from '../../shared/model.ts';
import type { Look } from './place-state.ts';

export type ResultWord = keyof ResultTexts['outcomes'];

/** One line of the Result screen. */
export interface Line extends OutcomeRow {
  readonly word: ResultWord;
  /** An undo went over this place; `reason` is its own where it left the place alone. */
  readonly undone: boolean;
}

/** The report as its screen shows it, in the order of what the user has to know. */
export interface ResultView {
  readonly waiting: readonly Line[];
  readonly notDone: readonly Line[];
  readonly changed: readonly Line[];
  readonly restored: readonly Line[];
  readonly manual: readonly Line[];
  readonly left: readonly Line[];
  /** How many places were to get the password: the ticked ones that take one from Rekey. */
  readonly meant: number;
  /** Rows whose change can be undone now. */
  readonly undoable: readonly Line[];
}

/** Sorts a report's outcomes into what waits, what works, what was not done; undo reports lie over them. */
export function resultView(report: ReportView, undone: readonly ReportView[]): ResultView {
  const own = undone.filter(({ run }) => run === report.run);
  const lines = report.outcomes.map((outcome) => lineOf(outcome, own));
  const of = (...words: readonly ResultWord[]): readonly Line[] =>
    lines.filter(({ word }) => words.includes(word));
  return {
    waiting: of('deferred'),
    notDone: of('failed', 'changed'),
    changed: of('written', 'unverified', 'unchanged'),
    restored: of('restored', 'already'),
    manual: of('manual'),
    left: of('skipped'),
    meant: lines.filter(({ word, row }) => word !== 'manual' && (word !== 'skipped' || row.ticked)).length,
    undoable: of('written').filter(({ row }) => row.verifiable),
  };
}

function lineOf(outcome: OutcomeRow, undone: readonly ReportView[]): Line {
  const back = undone.flatMap(({ outcomes }) => outcomes).findLast(({ row }) => row.id === outcome.row.id);
  if (!back) return { ...outcome, word: wordOf(outcome), undone: false };
  const { reason } = back;
  if (back.outcome === 'written') return { ...outcome, word: 'restored', undone: true };
  if (back.outcome === 'unchanged') return { ...outcome, word: 'already', undone: true };
  const word = back.outcome === 'changed' ? 'changed' : wordOf(outcome);
  return { ...outcome, word, undone: true, ...(reason ? { reason } : {}) };
}

const wordOf = ({ outcome, verified }: OutcomeRow): ResultWord =>
  outcome === 'written' && verified === false ? 'unverified' : outcome;

/** Whether reading and sending work again, and in which programs; unset when no place holds the new password. */
export function worksAgain(
  report: ReportView,
  changed: readonly Line[],
): { readonly what: keyof ResultTexts['works']; readonly programs: readonly string[] } | undefined {
  if (changed.length === 0) return undefined;
  const accepted = report.checks.filter((check) => check.accepted).map(({ endpoint }) => endpoint.protocol);
  const used = changed.flatMap(({ row }) => row.protocols);
  const reading = [accepted, used].every((each) => each.some(isReading));
  const sending = [accepted, used].every((each) => each.includes('smtp'));
  const what = reading && sending ? 'both' : reading ? 'reading' : sending ? 'sending' : 'other';
  const fits = (protocol: Protocol): boolean =>
    what === 'other' || (reading && isReading(protocol)) || (sending && protocol === 'smtp');
  const programs = changed.filter(({ row }) => row.protocols.some(fits)).map(({ row }) => row.program);
  return { what, programs: [...new Set(programs)] };
}

const isReading = (protocol: Protocol): boolean => protocol === 'imap' || protocol === 'pop3';

/** How each word of a result looks. */
export const RESULT_LOOKS: Readonly<Record<ResultWord, Look>> = {
  written: { shape: 'done', tone: 'accent' },
  unverified: { shape: 'filled', tone: 'accent' },
  unchanged: { shape: 'done', tone: 'accent' },
  skipped: { shape: 'hollow', tone: 'quiet' },
  deferred: { shape: 'half', tone: 'warning' },
  failed: { shape: 'cross', tone: 'danger' },
  changed: { shape: 'alert', tone: 'warning' },
  manual: { shape: 'hollow', tone: 'quiet' },
  restored: { shape: 'hollow', tone: 'accent' },
  already: { shape: 'hollow', tone: 'accent' },
};
