import type { OutcomeRow, PlaceRow, PlanView, ReportView } from '../../shared/contract.ts';
import type { SignInTexts } from '../../shared/messages/page-sign-in.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Wizard } from '../wizard-state.ts';
import type { Look } from './place-state.ts';
import { waitsOutside } from './place-state.ts';

export type OldWord = keyof SignInTexts['states'];

/** One old password that nothing reads any more, or that was removed a moment ago. */
export interface OldLine {
  readonly row: PlaceRow;
  readonly word: OldWord;
  /** The program to close, where that is what it waits for. */
  readonly subject?: string;
  readonly reason?: Problem;
  /** It can be removed now. */
  readonly removable: boolean;
  /** The run that removed it, while it is gone. */
  readonly run?: string;
}

type Told = Pick<Wizard, 'run' | 'removed' | 'undone'>;

/** The old passwords of a plan with what became of them, in an order that a removal does not change. */
export function oldPasswords(wizard: Told, { rows }: Pick<PlanView, 'rows'>): readonly OldLine[] {
  const there = rows.filter(({ effect }) => effect === 'remove');
  const told = wizard.removed.flatMap(({ outcomes }) => outcomes.map(({ row }) => row));
  const known = new Map([...told, ...there].map((row) => [row.id, row]));
  return [...known.values()]
    .map((row) => lineOf(wizard, row, there.includes(row)))
    .toSorted((a, b) => compare(orderOf(a.row), orderOf(b.row)));
}

const orderOf = ({ program, name, protocols, backup, where }: PlaceRow): string =>
  JSON.stringify([program, protocols.includes('smtp'), backup === true, name, where]);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function lineOf({ run, removed, undone }: Told, row: PlaceRow, isThere: boolean): OldLine {
  const places = run?.places ?? {};
  if (run && (run.steps.includes(row.id) || places[row.id] !== undefined))
    return { row, word: 'removing', removable: false };
  const said = lastSaid(removed, row.id);
  if (said?.outcome === 'written') {
    const back = lastSaid(
      undone.filter((report) => report.run === said.run),
      row.id,
    );
    if (!isBack(back))
      return { row, word: 'removed', removable: false, ...of(said.run), ...why(back?.reason) };
  }
  if (said?.outcome === 'unchanged' && !isThere) return { row, word: 'gone', removable: false };
  return standing(row, said);
}

/** What keeps a password that is still there, now. */
function standing(row: PlaceRow, said: Said | undefined): OldLine {
  if (row.reason && row.reason.kind !== 'oauth')
    return { row, word: 'cannot', reason: row.reason, removable: false };
  const waits = row.preconditions.find((each) => waitsOutside({ preconditions: [each] }));
  if (waits)
    return {
      row,
      word: waits.kind === 'client-running' ? 'close' : 'keyring',
      ...(waits.subject === undefined ? {} : { subject: waits.subject }),
      removable: false,
    };
  const failed = said?.outcome === 'failed' || said?.outcome === 'changed';
  if (failed) return { row, word: 'failed', ...why(said.reason), removable: true };
  const wrong = said?.reason?.kind === 'primary-password-wrong' ? why(said.reason) : {};
  return { row, word: row.unlock === undefined ? 'there' : 'locked', ...wrong, removable: true };
}

type Said = OutcomeRow & { readonly run?: string };

const lastSaid = (reports: readonly ReportView[], id: string): Said | undefined =>
  reports
    .flatMap(({ run, outcomes }) => outcomes.map((each) => ({ ...each, ...of(run) })))
    .findLast(({ row }) => row.id === id);

const isBack = (said: Said | undefined): boolean =>
  said?.outcome === 'written' || said?.outcome === 'unchanged';

const of = (run: string | undefined): Pick<OldLine, 'run'> => (run === undefined ? {} : { run });

const why = (reason: Problem | undefined): Pick<OldLine, 'reason'> => (reason ? { reason } : {});

/** What goes back together, the latest run first. */
export interface Way {
  readonly runs: readonly { readonly run: string; readonly rows: readonly string[] }[];
  readonly count: number;
}

/**
 * What has to go back with these rows: a file goes back as a whole, and only as it was before the last run that
 * changed it, so whatever was removed from it since goes first.
 */
export function wayBack(wizard: Told, lines: readonly OldLine[], wanted: readonly OldLine[]): Way {
  const order = wizard.removed.flatMap(({ run }) => run ?? []);
  const age = ({ run }: OldLine): number => (run === undefined ? -1 : order.indexOf(run));
  const along = lines.filter(
    (line) =>
      line.run !== undefined &&
      wanted.some((each) => each.row.where === line.row.where && age(each) <= age(line)),
  );
  const runs = order.toReversed().flatMap((run) => {
    const rows = along.filter((line) => line.run === run).map(({ row }) => row.id);
    return rows.length === 0 ? [] : [{ run, rows }];
  });
  return { runs, count: along.length };
}

/** How each word looks. */
export const OLD_LOOKS: Readonly<Record<OldWord, Look>> = {
  there: { shape: 'filled', tone: 'quiet' },
  locked: { shape: 'alert', tone: 'warning' },
  close: { shape: 'half', tone: 'warning' },
  keyring: { shape: 'alert', tone: 'warning' },
  removing: { shape: 'half', tone: 'accent' },
  removed: { shape: 'done', tone: 'accent' },
  gone: { shape: 'hollow', tone: 'accent' },
  failed: { shape: 'cross', tone: 'danger' },
  cannot: { shape: 'hollow', tone: 'quiet' },
};
