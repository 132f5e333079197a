import type {
  Entry,
  Outcome,
  OutcomeKind,
  PlaceKind,
  Protocol,
  Step,
  ValueState,
} from '../../shared/model.ts';
import { guideOf, isManual, type GuideId } from '../../shared/guides.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import type { Problem } from '../../shared/problem.ts';
import { stepId, whereOf } from '../engine/place.ts';
import { firstEntry } from '../engine/values.ts';
import { isPending } from './exit-code.ts';
import { titleOf } from './title.ts';

/** The shape that goes with a row's word, so that no state is told by colour alone. */
export type Mark = 'done' | 'apart' | 'waiting' | 'failed' | 'yours';

/** One place as the outputs show it. */
export interface Row {
  readonly id: string;
  readonly stores: readonly string[];
  readonly clients: readonly string[];
  readonly kind: PlaceKind;
  readonly where: string;
  readonly protocols: readonly Protocol[];
  readonly login: string;
  readonly host: string;
  readonly state: ValueState;
  readonly certainty: Step['certainty'];
  readonly outcome?: OutcomeKind;
  readonly reason?: Problem;
  readonly verified?: boolean;
  /** How a person changes the place, where Rekey cannot. */
  readonly guide?: GuideId;
  /** The program alone, as the guide names it. */
  readonly program: string;
  readonly mark: Mark;
  readonly word: string;
}

const MARKS: Readonly<Record<OutcomeKind, Mark>> = {
  written: 'done',
  unchanged: 'done',
  skipped: 'apart',
  deferred: 'waiting',
  failed: 'failed',
  changed: 'failed',
  manual: 'yours',
};

/** What became of a place. */
export function rowOfOutcome(each: Outcome, messages: Messages): Row {
  const { outcome, state, reason, verified } = each;
  return {
    ...factsOf(each.step),
    state,
    outcome,
    ...(reason ? { reason } : {}),
    ...(verified === undefined ? {} : { verified }),
    mark: MARKS[outcome],
    word: wordOf(each, messages),
  };
}

/** An old password is removed, not changed. */
function wordOf({ step, outcome }: Outcome, { outcomes, commandLine }: Messages): string {
  if (step.effect !== 'remove') return outcomes[outcome];
  if (outcome === 'written') return commandLine.removed;
  return outcome === 'unchanged' ? commandLine.goneBefore : outcomes[outcome];
}

/** What would become of a place. */
export function rowOfStep(step: Step, messages: Messages): Row {
  const { commandLine, states } = messages;
  const [first] = step.preconditions;
  const facts = { ...factsOf(step), state: step.state };
  if (!step.ticked) {
    const yours = isManual(step.reason?.kind);
    const word = yours ? messages.outcomes.manual : commandLine.leftAlone;
    return { ...facts, ...reasonOf(step.reason), mark: yours ? 'yours' : 'apart', word };
  }
  if (!isPending(step)) return { ...facts, mark: 'done', word: states.current };
  if (first) return { ...facts, reason: first, mark: 'waiting', word: commandLine.first };
  const word = step.effect === 'add' ? commandLine.willAdd : commandLine.willChange;
  return { ...facts, ...reasonOf(step.reason), mark: 'done', word };
}

/** What is stored in a place, before any account is chosen; clients of one slot are one row. */
export function rowOfEntries(entries: readonly [Entry, ...Entry[]], messages: Messages): Row {
  const [entry] = entries;
  const state = stateOf(entry);
  return {
    id: stepId(entry.store, entry.place, entry.slot),
    ...clientsOf(entries),
    kind: entry.place.kind,
    where: whereOf(entry.place),
    protocols: [...new Set(entries.flatMap(({ protocols }) => protocols))],
    login: entry.login,
    host: entry.host,
    state,
    certainty: 'certain',
    ...reasonOf(entry.problem),
    ...guideFor(entry),
    mark: entry.problem ? 'yours' : state === 'unknown' ? 'done' : 'apart',
    word: messages.states[state],
  };
}

function stateOf({ auth, problem, stored }: Entry): ValueState {
  if (auth === 'oauth') return 'oauth';
  return problem ? 'unsupported' : (stored ?? 'unknown');
}

const reasonOf = (reason: Problem | undefined): { reason?: Problem } => (reason ? { reason } : {});

const factsOf = (step: Step) => ({
  id: step.id,
  ...clientsOf(step.entries),
  kind: step.place.kind,
  where: step.where,
  protocols: step.protocols,
  login: step.login,
  host: step.host,
  certainty: step.certainty,
  ...guideFor(firstEntry(step), step.ticked),
});

/** What Rekey changes itself needs no steps. */
function guideFor(entry: Entry, ticked = false): Pick<Row, 'guide' | 'program'> {
  const guide = ticked ? undefined : guideOf(entry);
  return { ...(guide === undefined ? {} : { guide }), program: titleOf(entry).program };
}

const clientsOf = (entries: readonly Entry[]) => ({
  stores: [...new Set(entries.map(({ store }) => store))],
  clients: [...new Set(entries.map(({ client }) => client))],
});
