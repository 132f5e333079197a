import type { Certainty, Entry, Place, Step, ValueState } from '../../shared/model.ts';
import { problem, type Problem } from '../../shared/problem.ts';
import { certaintyOf, type Anchor } from './account.ts';
import { isToldOnly } from './certainty.ts';
import { slotKey, stepId, whereOf } from './place.ts';
import type { Look } from './ports.ts';
import { storeOf } from './values.ts';
import type { Engine } from './verbs.ts';

/** One slot with every entry that reads it, seen from one account. */
export interface Candidate {
  readonly place: Place;
  readonly look: Look;
  /** The account's own entries, the most certain first. */
  readonly entries: readonly [Entry, ...Entry[]];
  readonly certainty: Certainty;
  /** Clients of other accounts that read the same slot. */
  readonly others: readonly Entry[];
}

const RELATED: readonly Certainty[] = ['certain', 'probable'];
const RANK: readonly Certainty[] = [...RELATED, 'unrelated'];

/** Groups all found entries by real place and slot, and keeps the groups that concern the account. */
export async function candidates(
  engine: Engine,
  entries: readonly Entry[],
  anchor: Anchor,
): Promise<readonly Candidate[]> {
  const groups = new Map<string, { place: Place; look: Look; members: Entry[] }>();
  for (const entry of entries.filter((each) => !isToldOnly(each) || certaintyOf(each, anchor))) {
    const look = await lookAt(engine, entry.place);
    const place = resolved(entry.place, look);
    const key = slotKey(place, entry.slot);
    const group = groups.get(key) ?? { place, look, members: [] };
    group.members.push(entry);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => candidate(group, anchor) ?? []);
}

function candidate(
  group: { place: Place; look: Look; members: readonly Entry[] },
  anchor: Anchor,
): Candidate | undefined {
  const rated = Map.groupBy(group.members, (entry) => certaintyOf(entry, anchor));
  const certainty = RANK.find((each) => rated.has(each));
  if (!certainty) return undefined;
  const own = certainty === 'unrelated' ? RANK : RELATED;
  const [first, ...rest] = own.flatMap((each) => (rated.get(each) ?? []).toSorted(passwordFirst));
  if (!first) return undefined;
  const entries: [Entry, ...Entry[]] = [first, ...rest];
  return {
    place: group.place,
    look: group.look,
    entries,
    certainty,
    others: group.members.filter((entry) => !entries.includes(entry)),
  };
}

/** What one client reads as a password is one, even where another signs in with a token. */
const passwordFirst = (a: Entry, b: Entry): number => Number(a.auth === 'oauth') - Number(b.auth === 'oauth');

async function lookAt(engine: Engine, place: Place): Promise<Look> {
  const look = await engine.system.doors[place.kind].look(place);
  if (look.ok) return look.value;
  return {
    exists: false,
    method: 'blocked',
    reads: 'freely',
    preconditions: [],
    warnings: [],
    blocked: look.problem,
  };
}

/** Two links to one file are one place: the file behind them is what is written and counted. */
function resolved(place: Place, look: Look): Place {
  return place.kind === 'file' && look.resolved !== undefined ? { ...place, path: look.resolved } : place;
}

/** The candidate as a step, not yet ticked. */
export function toStep(engine: Engine, candidate: Candidate): Step {
  const { entries, look, place, certainty } = candidate;
  const [first] = entries;
  const preconditions = [
    ...look.preconditions,
    ...busy(engine, place, entries),
    ...locked(engine, candidate),
  ];
  return {
    id: stepId(first.store, place, first.slot),
    place,
    slot: first.slot,
    lens: first.lens,
    entries,
    where: whereOf(place),
    protocols: [...new Set(entries.flatMap((entry) => entry.protocols))],
    login: first.login,
    host: first.host,
    effect: effectOf(candidate),
    state: stateOf(first, look, preconditions),
    certainty,
    ticked: false,
    preconditions,
    warnings: isToldOnly(first) ? [] : look.warnings,
    method: look.method,
    verifiable: look.reads !== 'never',
  };
}

/** A password is of no use any more when every client that reads its slot signs in with a token. */
function effectOf({ entries, others }: Candidate): Step['effect'] {
  const [first] = entries;
  const unread = [...entries, ...others].every(({ auth }) => auth === 'oauth');
  if (first.leftover && unread) return 'remove';
  return first.stored === 'missing' ? 'add' : 'write';
}

function stateOf(entry: Entry, look: Look, preconditions: readonly Problem[]): ValueState {
  if (entry.auth === 'oauth') return 'oauth';
  if (entry.problem) return 'unsupported';
  if (preconditions.some(({ kind }) => kind === 'keyring-locked' || kind === 'primary-password-needed'))
    return 'locked';
  return entry.stored === 'missing' || !look.exists ? 'missing' : 'unknown';
}

function busy(engine: Engine, place: Place, entries: readonly Entry[]): readonly Problem[] {
  return [...new Set(entries.map((entry) => entry.store))].flatMap((id) => {
    const program = storeOf(engine, id)?.busy?.(engine.system.machine, place);
    return program ? [problem('client-running', program.name)] : [];
  });
}

/** A place whose key needs a primary password; asked only where a value could be written or removed at all. */
function locked(engine: Engine, candidate: Candidate): readonly Problem[] {
  const [entry] = candidate.entries;
  if ((entry.auth === 'oauth' && effectOf(candidate) !== 'remove') || entry.problem) return [];
  const store = storeOf(engine, entry.store);
  const key = store?.key?.(engine.system.machine, entry.place);
  if (!key) return [];
  if (!key.ok) return [key.problem];
  key.value?.dispose();
  return [];
}
