import type { Problem } from '../../shared/problem.ts';

/** The reason that at least two rows of a group share: it is said once for all of them. */
export function commonReason(reasons: readonly (Problem | undefined)[]): Problem | undefined {
  return reasons.find(
    (reason, at) => reason && reasons.some((other, index) => index > at && isSame(reason, other)),
  );
}

/** A row's own reason, unless its group has said it already. */
export const ownReason = (reason: Problem | undefined, common: Problem | undefined): Problem | undefined =>
  isSame(reason, common) ? undefined : reason;

const isSame = (a: Problem | undefined, b: Problem | undefined): boolean =>
  a?.kind === b?.kind && a?.subject === b?.subject && a?.detail === b?.detail;
