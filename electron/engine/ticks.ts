import type { Step } from '../../shared/model.ts';
import { problem, type Problem } from '../../shared/problem.ts';
import type { Candidate } from './steps.ts';
import type { PlanRequest } from './verbs.ts';

/** The step with its tick and, where it stays out, the reason. */
export function tick(step: Step, candidate: Candidate, request: PlanRequest): Step {
  const impossible = cannot(step, candidate);
  if (impossible) return { ...step, ticked: false, reason: impossible };
  if (request.except?.includes(step.id)) return { ...step, ticked: false, reason: problem('left-out') };
  if (request.only) {
    return request.only.includes(step.id)
      ? { ...step, ticked: true }
      : { ...step, ticked: false, reason: problem('left-out') };
  }
  const doubt = doubtful(step, candidate, request);
  return doubt ? { ...step, ticked: false, reason: doubt } : { ...step, ticked: true };
}

/** What no tick can change. */
function cannot(step: Step, { look, entries }: Candidate): Problem | undefined {
  const [entry] = entries;
  if (step.effect === 'remove' && look.blocked) return look.blocked;
  if (step.state === 'oauth') return problem('oauth', entry.client);
  if (entry.problem) return entry.problem;
  if (look.blocked) return look.blocked;
  if (isMissing(step) && !entry.addable) return problem('missing-not-added', step.where);
  return undefined;
}

/** A locked keyring hides what state a place is in, but not that the store would have to add it. */
const isMissing = ({ state, effect }: Step): boolean => state === 'missing' || effect === 'add';

/** What a person may overrule by naming the step. */
function doubtful(step: Step, { look, others }: Candidate, request: PlanRequest): Problem | undefined {
  if (step.certainty !== 'certain') return problem('probable-only', step.login);
  if (others.length > 0) return problem('shared-slot', others.map(({ login }) => login).join(', '));
  if (look.outsideHome) return problem('outside-home', step.where);
  if (!step.verifiable) return problem('cannot-verify', step.where);
  if (isMissing(step) && !request.addMissing) return problem('missing-not-added', step.where);
  return undefined;
}
