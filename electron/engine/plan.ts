import type { Certainty, Entry, Step } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { anchor } from './account.ts';
import { Fingerprints } from './fingerprint.ts';
import { placeKey } from './place.ts';
import { candidates, toStep } from './steps.ts';
import { tick } from './ticks.ts';
import type { Engine, Plan, PlanRequest, Scan } from './verbs.ts';

/**
 * What would change for one account, and why; needs no password.
 * Problems: `account-unknown` when nothing on this machine belongs to it, `usage` for a step id that does not exist
 * or that no password is ever written to.
 */
export async function plan(engine: Engine, found: Scan, request: PlanRequest): Promise<Result<Plan>> {
  const anchored = anchor(found.entries, request.account, request.login);
  const all = await candidates(engine, found.entries, anchored);
  const steps = all.map((each) => tick(toStep(engine, each), each, request)).sort(byPlace(engine));
  if (!steps.some(({ certainty }) => certainty === 'certain'))
    return fail('account-unknown', request.account);
  const unknown = [...(request.only ?? []), ...(request.except ?? [])].find(
    (id) => !steps.some((step) => step.id === id),
  );
  if (unknown !== undefined) return fail('usage', unknown, 'no place has this id');
  const leftover = steps.find(({ id, effect }) => effect === 'remove' && request.only?.includes(id));
  if (leftover) return fail('usage', leftover.id, 'leftover-only-removed');
  return ok({
    account: request.account,
    anchor: anchored,
    steps,
    troubles: found.troubles,
    fingerprints: await fingerprints(engine, steps),
  });
}

/** The entries whose servers are asked, the most certain first: those of every step that could be written. */
export const inScope = (plan: Plan): readonly Entry[] =>
  RANK.flatMap((certainty) =>
    plan.steps.filter((step) => step.ticked && step.certainty === certainty),
  ).flatMap(({ entries }) => entries);

const RANK: readonly Certainty[] = ['certain', 'probable'];

async function fingerprints(engine: Engine, steps: readonly Step[]): Promise<Fingerprints> {
  const noted = new Fingerprints(engine.system.random(32));
  const places = new Map(steps.filter(readable).map(({ place }) => [placeKey(place), place]));
  for (const [key, place] of places) {
    const bytes = await engine.system.doors[place.kind].readRaw(place);
    if (bytes.ok) noted.note(key, bytes.value);
  }
  return noted;
}

const readable = ({ ticked, effect, verifiable, state }: Step): boolean =>
  (ticked || effect === 'remove') && verifiable && state !== 'locked';

function byPlace(engine: Engine): (a: Step, b: Step) => number {
  const rank = (step: Step): number => engine.stores.findIndex(({ id }) => id === step.entries[0]?.store);
  return (a, b) =>
    rank(a) - rank(b) || (a.where < b.where ? -1 : a.where > b.where ? 1 : a.id < b.id ? -1 : 1);
}
