import type { PlaceRow, PlanView } from '../../shared/contract.ts';
import { isTicked } from '../wizard.ts';
import type { Wizard } from '../wizard-state.ts';
import { waitsOutside } from './place-state.ts';

/** What a run started now would be about. */
export interface Readiness {
  /** Every ticked row, also those that still wait. */
  readonly steps: readonly string[];
  /** How many of them can be written now. */
  readonly ready: number;
  /** The programs to close first. */
  readonly waitsFor: readonly string[];
  /** Profiles and files of ticked rows whose primary password can be given. */
  readonly locks: readonly string[];
}

/** Looks at the ticked rows of a plan before the password is sent. */
export function readiness(wizard: Pick<Wizard, 'ticks'>, plan: PlanView): Readiness {
  const ticked = plan.rows.filter((row) => isTicked(wizard, row));
  const waiting = ticked.filter(waitsOutside);
  return {
    steps: ticked.map(({ id }) => id),
    ready: ticked.length - waiting.length,
    waitsFor: [...new Set(waiting.flatMap(toClose))],
    locks: [...new Set(ticked.flatMap(lockOf))],
  };
}

const toClose = ({ preconditions }: PlaceRow): readonly string[] =>
  preconditions.flatMap(({ kind, subject }) =>
    kind === 'client-running' && subject !== undefined ? [subject] : [],
  );

const lockOf = ({ state, unlock }: PlaceRow): readonly string[] =>
  state === 'locked' && unlock !== undefined ? [unlock] : [];
