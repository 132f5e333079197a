import type { PlaceRow } from '../../shared/contract.ts';
import type { PlacesTexts } from '../../shared/messages/page.ts';
import type { Problem, ProblemKind } from '../../shared/problem.ts';

export type Shape = 'hollow' | 'half' | 'filled' | 'done' | 'add' | 'alert' | 'cross';
export type Tone = 'quiet' | 'accent' | 'warning' | 'danger';

/** A state that can be told by its word, by its shape and by its colour. */
export interface Look {
  readonly shape: Shape;
  readonly tone: Tone;
}

export interface PlaceState extends Look {
  readonly word: keyof PlacesTexts['states'];
  readonly subject?: string;
}

const FIRST: Readonly<Partial<Record<ProblemKind, PlaceState>>> = {
  'client-running': { word: 'close', shape: 'half', tone: 'warning' },
  'keyring-locked': { word: 'keyring', shape: 'alert', tone: 'warning' },
  'keyring-missing': { word: 'session', shape: 'alert', tone: 'warning' },
  'primary-password-needed': { word: 'primary', shape: 'alert', tone: 'warning' },
};

const quiet = (word: PlaceState['word']): PlaceState => ({ word, shape: 'hollow', tone: 'quiet' });

/** What is going to happen to a row, before the password is known. */
export function placeState(row: PlaceRow, ticked: boolean): PlaceState {
  if (row.state === 'oauth') return quiet(row.effect === 'remove' ? 'oauthOld' : 'oauth');
  if (!row.tickable) return (row.reason && FIRST[row.reason.kind]) ?? quiet('cannot');
  if (row.state === 'current') return { word: 'current', shape: 'done', tone: 'accent' };
  if (!ticked) return quiet('left');
  const [first] = row.preconditions;
  if (first) {
    const state = FIRST[first.kind] ?? { word: 'first', shape: 'half', tone: 'warning' };
    return first.subject === undefined ? state : { ...state, subject: first.subject };
  }
  return row.effect === 'add'
    ? { word: 'add', shape: 'add', tone: 'accent' }
    : { word: 'change', shape: 'filled', tone: 'accent' };
}

/** What stands on a row's second line: what must happen first, or why it is ticked or not. */
export const reasonOf = (row: PlaceRow, ticked: boolean): Problem | undefined =>
  ticked ? (row.preconditions[0] ?? settled(row.reason)) : row.reason;

/** A tick answers what only asked for a tick. */
const settled = (reason: Problem | undefined): Problem | undefined =>
  reason && reason.kind === 'missing-not-added' ? undefined : reason;

/** Rows that wait for something the user does outside of Rekey. */
export const waitsOutside = ({ preconditions }: Pick<PlaceRow, 'preconditions'>): boolean =>
  preconditions.some(({ kind }) => kind === 'client-running' || kind.startsWith('keyring-'));
