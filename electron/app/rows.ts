import type { OutcomeRow, PlaceRow } from '../../shared/contract.ts';
import type { Entry, Outcome, Step } from '../../shared/model.ts';
import { firstEntry, storeOf } from '../engine/values.ts';
import type { Engine } from '../engine/verbs.ts';

/** A step as the page shows it. */
export function rowOfStep(engine: Engine, step: Step): PlaceRow {
  const { program, name } = titleOf(firstEntry(step));
  const unlock = unlockOf(engine, step);
  return {
    id: step.id,
    program,
    name,
    protocols: [...step.protocols],
    where: step.where,
    login: step.login,
    host: step.host,
    alsoIn: [...new Set(step.entries.map(({ client }) => client))].slice(1),
    state: step.state,
    certainty: step.certainty,
    effect: step.effect,
    ticked: step.ticked,
    tickable: isTickable(step),
    ...(step.reason ? { reason: step.reason } : {}),
    preconditions: [...step.preconditions],
    warnings: [...step.warnings],
    ...(unlock === undefined ? {} : { unlock }),
    verifiable: step.verifiable,
  };
}

/** What became of a step. */
export const rowOfOutcome = (engine: Engine, each: Outcome): OutcomeRow => ({
  row: { ...rowOfStep(engine, each.step), state: each.state },
  outcome: each.outcome,
  ...(each.reason ? { reason: each.reason } : {}),
  ...(each.verified === undefined ? {} : { verified: each.verified }),
});

/** False where a tick could not change anything: the same cases that no `--only` overrules. */
export function isTickable(step: Step): boolean {
  const entry = firstEntry(step);
  if (step.state === 'oauth' || entry.problem || step.method === 'blocked') return false;
  return step.state !== 'missing' || entry.addable === true;
}

/** `Thunderbird (alex@example.org, profile default)` is the program and what it calls the account. */
export function titleOf({ client, login }: Entry): { readonly program: string; readonly name: string } {
  const [, program, name] = /^(.+?) \((.+)\)$/s.exec(client) ?? [];
  return { program: program ?? client, name: name ?? login };
}

function unlockOf(engine: Engine, step: Step): string | undefined {
  if (!step.preconditions.some(({ kind }) => kind === 'primary-password-needed')) return undefined;
  return storeOf(engine, firstEntry(step).store)?.unlockedBy?.(step.place);
}
