import type { PlaceRow } from '../../shared/contract.ts';
import { knownFirst, readingFirst } from './program-order.ts';

export interface Group {
  readonly program: string;
  readonly rows: readonly PlaceRow[];
}

/** The rows of a plan as the Places screen shows them. */
export interface Sections {
  /** Places that hold a password (or sign in without one), by program. */
  readonly holding: readonly Group[];
  /** Set up, but nothing is stored yet. */
  readonly missing: readonly Group[];
  /** Nothing that Rekey could change. */
  readonly beyond: readonly Group[];
}

/** Sorts rows into the sections of the Places screen, each grouped by program in the order of the plan. */
export function sectionsOf(rows: readonly PlaceRow[]): Sections {
  const by = (section: keyof Sections): readonly Group[] =>
    byProgram(rows.filter((row) => !isCopyOfOld(row) && sectionOf(row) === section));
  return { holding: by('holding'), missing: by('missing'), beyond: by('beyond') };
}

/** Groups anything that belongs to a program, in the order in which the programs first appear; known mail programs lead. */
export function byProgram(rows: readonly PlaceRow[]): readonly Group[] {
  const groups = [...Map.groupBy(rows, ({ program }) => program)].map(([program, rows]) => ({
    program,
    rows: rows.toSorted(readingFirst),
  }));
  return knownFirst(groups, ({ program }) => program);
}

function sectionOf(row: PlaceRow): keyof Sections {
  if (row.state === 'oauth') return 'holding';
  if (!row.tickable) return 'beyond';
  return row.state === 'missing' ? 'missing' : 'holding';
}

/** The copy of an old password stands with the old passwords, not beside what a program uses. */
const isCopyOfOld = ({ effect, backup }: PlaceRow): boolean => effect === 'remove' && backup === true;

/** Places that certainly hold this account's password, and those that may. */
export function counted(rows: readonly PlaceRow[]): { readonly certain: number; readonly maybe: number } {
  const holding = rows.filter((row) => row.tickable && row.state !== 'missing' && row.state !== 'oauth');
  const certain = holding.filter(({ certainty }) => certainty === 'certain').length;
  return { certain, maybe: holding.length - certain };
}

/** A copy outside of the mail programs: it says nothing about how they sign in. */
export const isTold = ({ reason }: PlaceRow): boolean => reason?.kind === 'by-hand';
