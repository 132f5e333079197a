import type { OutcomeRow, PlaceRow } from '../../shared/contract.ts';
import type { Outcome, Step } from '../../shared/model.ts';
import { guideOf } from '../../shared/guides.ts';
import { firstEntry, storeOf } from '../engine/values.ts';
import type { Engine } from '../engine/verbs.ts';
import { homely, homelyProblem } from '../report/homely.ts';
import { titleOf } from '../report/title.ts';

/** A step as the page shows it. */
export function rowOfStep(engine: Engine, step: Step): PlaceRow {
  const { home } = engine.system.machine;
  const entry = firstEntry(step);
  const { program, name } = titleOf(entry);
  const guide = step.ticked ? undefined : guideOf(entry);
  const unlock = unlockOf(engine, step);
  return {
    id: step.id,
    program,
    name,
    protocols: [...step.protocols],
    where: homely(step.where, home),
    login: step.login,
    host: step.host,
    alsoIn: [...new Set(step.entries.map(({ client }) => client))].slice(1),
    state: step.state,
    certainty: step.certainty,
    effect: step.effect,
    ...(firstEntry(step).backup ? { backup: true } : {}),
    ticked: step.ticked,
    tickable: isTickable(step),
    ...(step.reason ? { reason: homelyProblem(step.reason, home) } : {}),
    ...(guide === undefined ? {} : { guide }),
    preconditions: step.preconditions.map((each) => homelyProblem(each, home)),
    warnings: step.warnings.map((each) => homelyProblem(each, home)),
    ...(unlock === undefined ? {} : { unlock: homely(unlock, home) }),
    verifiable: step.verifiable,
  };
}

/** What became of a step. */
export const rowOfOutcome = (engine: Engine, each: Outcome): OutcomeRow => ({
  row: { ...rowOfStep(engine, each.step), state: each.state },
  outcome: each.outcome,
  ...(each.reason ? { reason: homelyProblem(each.reason, engine.system.machine.home) } : {}),
  ...(each.verified === undefined ? {} : { verified: each.verified }),
});

/** False where a tick could not change anything: the same cases that no `--only` overrules. */
export function isTickable(step: Step): boolean {
  const entry = firstEntry(step);
  if (step.state === 'oauth' || entry.problem || step.method === 'blocked') return false;
  return step.state !== 'missing' || entry.addable === true;
}

function unlockOf(engine: Engine, step: Step): string | undefined {
  if (!step.preconditions.some(({ kind }) => kind === 'primary-password-needed')) return undefined;
  return storeOf(engine, firstEntry(step).store)?.unlockedBy?.(step.place);
}
