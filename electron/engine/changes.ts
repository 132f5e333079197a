import type { Outcome, OutcomeKind, Place, Step, ValueState } from '../../shared/model.ts';
import { isManual } from '../../shared/guides.ts';
import { fail, ok, problem, type Problem, type ProblemKind, type Result } from '../../shared/problem.ts';
import type { PlannedChange } from './journal.ts';
import { placeKey } from './place.ts';
import type { Bytes, Door, PutContext, StoreKey } from './ports.ts';
import type { Secret } from './secret.ts';
import { firstEntry, lensOf, storeOf, valueIn, type Keys } from './values.ts';
import type { Engine, Plan, Secrets } from './verbs.ts';

/** What is to be written, and what was already decided without writing. */
export interface Changes {
  readonly planned: readonly PlannedChange[];
  readonly decided: readonly Outcome[];
}

/** What a run works with while it decides. */
export interface Deciding {
  readonly engine: Engine;
  readonly plan: Plan;
  /** Unset where a run only removes. */
  readonly secrets?: Secrets;
  readonly keys: Keys;
  /** Steps that no server vouched for. */
  readonly withheld: ReadonlyMap<string, Problem>;
}

/** Re-reads every ticked place, compares it with the plan and folds all new values of a place into its new bytes. */
export async function changes(deciding: Deciding): Promise<Changes> {
  const { ticked, decided } = sortOut(deciding);
  const all = await Promise.all([...byPlace(ticked)].map((steps) => open(deciding, steps)));
  const old = deciding.secrets && (deciding.secrets.old ?? inferred(all, deciding.keys));
  const planned: PlannedChange[] = [];
  for (const each of all) {
    const { change, outcomes } = await fold(deciding, each, old);
    decided.push(...outcomes);
    if (change) planned.push(change);
  }
  return { planned, decided };
}

function sortOut({ engine, plan, withheld }: Deciding): { ticked: Step[]; decided: Outcome[] } {
  const ticked: Step[] = [];
  const decided: Outcome[] = [];
  for (const step of plan.steps) {
    const unchecked = withheld.get(step.id);
    if (!step.ticked) decided.push(notTicked(step, engine.system.machine.confined));
    else if (unchecked) decided.push(outcome(step, 'failed', unchecked));
    else ticked.push(step);
  }
  return { ticked, decided };
}

/** Under `--home` a keyring is nobody's business; elsewhere a missing one leaves the account's place waiting. */
function notTicked(step: Step, confined: boolean): Outcome {
  const kind = step.reason?.kind;
  if (isManual(kind)) return outcome(step, 'manual', step.reason);
  if (step.certainty !== 'certain' || kind === undefined) return outcome(step, 'skipped', step.reason);
  if (kind === 'keyring-missing') return outcome(step, confined ? 'skipped' : 'deferred', step.reason);
  return outcome(step, CANNOT_BE_WRITTEN.has(kind) ? 'failed' : 'skipped', step.reason);
}

const CANNOT_BE_WRITTEN: ReadonlySet<ProblemKind> = new Set([
  'unsupported',
  'access-denied',
  'read-only',
  'write-failed',
]);

export function outcome(
  step: Step,
  kind: OutcomeKind,
  reason?: Problem,
  state: ValueState = step.state,
): Outcome {
  return { step, outcome: kind, state, ...(reason ? { reason } : {}) };
}

function byPlace(steps: readonly Step[]): Iterable<readonly Step[]> {
  return Map.groupBy(steps, ({ place }) => placeKey(place)).values();
}

/** One place of the run: its raw bytes (what is journalled) and its plain ones (what lenses read). */
interface Opened {
  readonly place: Place;
  readonly steps: readonly Step[];
  readonly raw: Bytes | undefined;
  readonly plain: Bytes | undefined;
  readonly trouble?: Problem;
}

async function open({ engine, plan }: Deciding, steps: readonly Step[]): Promise<Opened> {
  const place = placeOf(steps);
  const door = engine.system.doors[place.kind];
  const shut = (trouble: Problem): Opened => ({ place, steps, raw: undefined, plain: undefined, trouble });
  const running = busy(engine, steps);
  if (running) return shut(running);
  const keyring = await opened(door, place, steps);
  if (!keyring.ok) return shut(keyring.problem);
  const raw = await door.readRaw(place);
  if (!raw.ok) return shut(raw.problem);
  if (!plan.fingerprints.matches(placeKey(place), raw.value))
    return shut(problem('changed', steps[0]?.where));
  const plain = await door.read(place);
  return plain.ok ? { place, steps, raw: raw.value, plain: plain.value } : shut(plain.problem);
}

/** A keyring that was locked when the run was planned; its owner may be asked now. */
async function opened(door: Door, place: Place, steps: readonly Step[]): Promise<Result<void>> {
  const shut = steps.flatMap(({ preconditions }) => preconditions).find(isKeyring);
  if (!shut) return ok(undefined);
  return shut.kind === 'keyring-locked' && door.unlock ? door.unlock(place) : { ok: false, problem: shut };
}

const isKeyring = ({ kind }: Problem): boolean => kind === 'keyring-locked' || kind === 'keyring-missing';

function placeOf(steps: readonly Step[]): Place {
  const place = steps[0]?.place;
  if (!place) throw new Error('a place without steps');
  return place;
}

/** The program that would overwrite one of these steps' place. */
export function busy(engine: Engine, steps: readonly Step[]): Problem | undefined {
  for (const { entries, place } of steps) {
    for (const { store } of entries) {
      const program = storeOf(engine, store)?.busy?.(engine.system.machine, place);
      if (program) return problem('client-running', program.name);
    }
  }
  return undefined;
}

/** The old password, if every certain place that can be read holds the same one. */
function inferred(opened: readonly Opened[], keys: Keys): Secret | undefined {
  const stored = opened.flatMap(({ steps, plain }) =>
    steps.filter(isWitness).flatMap((step) => {
      const value = valueIn(step, plain, keys);
      return value.ok && value.value ? [value.value] : [];
    }),
  );
  const [first, ...rest] = stored;
  return first && rest.every((value) => value.equals(first)) ? first : undefined;
}

const isWitness = (step: Step): boolean => step.certainty === 'certain' && !firstEntry(step).backup;

async function fold(
  deciding: Deciding,
  opened: Opened,
  old: Secret | undefined,
): Promise<{ change?: PlannedChange; outcomes: Outcome[] }> {
  const { place, steps, raw, plain, trouble } = opened;
  if (trouble) return { outcomes: steps.map((step) => outcome(step, kindFor(trouble), trouble)) };
  const outcomes: Outcome[] = [];
  const written: Step[] = [];
  let bytes = plain;
  for (const step of steps) {
    const put = decide(deciding, step, bytes, old);
    if ('outcome' in put) outcomes.push(put);
    else {
      bytes = put.bytes;
      written.push(step);
    }
  }
  const [first] = written;
  if (!first) return { outcomes };
  const sealed = await sealedBytes(deciding, place, bytes);
  if (!sealed.ok)
    return { outcomes: [...outcomes, ...written.map((step) => outcome(step, 'failed', sealed.problem))] };
  return {
    outcomes,
    change: { place, method: first.method, steps: written, before: raw, after: sealed.value },
  };
}

/** What is written for these plain bytes; without any the place itself goes. */
const sealedBytes = async (
  { engine }: Deciding,
  place: Place,
  bytes: Bytes | undefined,
): Promise<Result<Bytes | undefined>> =>
  bytes === undefined ? ok(undefined) : engine.system.doors[place.kind].seal(place, bytes);

/** The bytes with the new password in the step's slot, or without the old one, or why it is left as it is. */
function decide(
  deciding: Deciding,
  step: Step,
  bytes: Bytes | undefined,
  old: Secret | undefined,
): { bytes: Bytes | undefined } | Outcome {
  const { keys, secrets } = deciding;
  if ((step.effect === 'remove') !== (secrets === undefined))
    throw new Error(`${step.id} is no step of this run`);
  const key = keys.of(firstEntry(step));
  if (!key.ok) return outcome(step, kindFor(key.problem), key.problem);
  const stored = valueIn(step, bytes, keys);
  if (!stored.ok) return outcome(step, kindFor(stored.problem), stored.problem);
  if (!secrets) return takeOut(deciding, step, bytes, key.value);
  if (stored.value?.equals(secrets.password)) return outcome(step, 'unchanged', undefined, 'current');
  if (stored.value && !mayReplace(step, stored.value, secrets, old)) {
    return outcome(step, 'skipped', problem('other-password', step.where));
  }
  const put = lensOf(step.lens).put(bytes, step.slot, secrets.password, contextOf(deciding, key.value));
  return put.ok ? { bytes: put.value } : outcome(step, kindFor(put.problem), put.problem);
}

/** The bytes without the password in the step's slot; `unchanged` when none is there. */
function takeOut(
  deciding: Deciding,
  step: Step,
  bytes: Bytes | undefined,
  key: StoreKey | undefined,
): { bytes: Bytes | undefined } | Outcome {
  if (step.method === 'blocked') return outcome(step, 'failed', step.reason);
  if (bytes === undefined) return outcome(step, 'unchanged', undefined, 'missing');
  const left = lensOf(step.lens).remove?.(bytes, step.slot, contextOf(deciding, key)) ?? fail('unsupported');
  if (!left.ok) return outcome(step, kindFor(left.problem), left.problem);
  return left.value?.equals(bytes) ? outcome(step, 'unchanged', undefined, 'missing') : { bytes: left.value };
}

const contextOf = ({ engine }: Deciding, key: StoreKey | undefined): PutContext => ({
  now: engine.system.clock.now(),
  random: engine.system.random,
  ...(key ? { key } : {}),
});

/** What a place holds once its change is made. */
export const stateAfter = ({ effect }: Step): ValueState => (effect === 'remove' ? 'missing' : 'current');

/** Equal to the old password, or certain while nobody said what the old one was; a backup may lag behind. */
function mayReplace(step: Step, stored: Secret, secrets: Secrets, old: Secret | undefined): boolean {
  if (old && stored.equals(old)) return true;
  if (step.certainty !== 'certain') return false;
  return secrets.old === undefined || firstEntry(step).backup === true;
}

/** Locked and running are for later; changed was not ours to decide; the rest failed. */
export function kindFor({ kind }: Problem): OutcomeKind {
  switch (kind) {
    case 'changed':
      return 'changed';
    case 'client-running':
    case 'keyring-locked':
    case 'keyring-missing':
    case 'primary-password-needed':
    case 'primary-password-wrong':
      return 'deferred';
    default:
      return 'failed';
  }
}
