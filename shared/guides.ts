import type { Entry } from './model.ts';
import type { ProblemKind } from './problem.ts';

/** Every list of steps with which a person changes a copy that Rekey cannot change. */
export const GUIDE_IDS = [
  'asks-again',
  'chromium',
  'firefox',
  'external-command',
  'first-start',
  'mailspring',
  'mounted-share',
  'mozilla-mail',
  'sealed-file',
  'network',
  'network-folder',
  'network-share',
  'text-file',
] as const;

export type GuideId = (typeof GUIDE_IDS)[number];

/** What the steps of a guide may name. */
export interface GuideFields {
  readonly program: string;
  readonly where: string;
  readonly host: string;
  readonly login: string;
}

/** Problems that leave a place to its owner, whichever store met them: outcome `manual`, never a failure. */
const MANUAL_KINDS: ReadonlySet<ProblemKind> = new Set(['by-hand', 'external-command', 'client-not-started']);

export const isManual = (kind: ProblemKind | undefined): boolean =>
  kind !== undefined && MANUAL_KINDS.has(kind);

/** Problems after which the same steps help in every program. */
const GUIDE_OF: Readonly<Partial<Record<ProblemKind, GuideId>>> = {
  'external-command': 'external-command',
  'client-not-started': 'first-start',
};

/** The guide that goes with an entry: the store's own, or the one that always goes with its problem. */
export function guideOf({ guide, problem }: Pick<Entry, 'guide' | 'problem'>): GuideId | undefined {
  return guide ?? (problem && GUIDE_OF[problem.kind]);
}
