import type { Outcome } from '../../shared/model.ts';
import { problem, type Problem } from '../../shared/problem.ts';
import type { Secret } from './secret.ts';

/** A warning for each client that now holds the password and cannot log in with it. */
export function unsendable(outcomes: readonly Outcome[], password: Secret): readonly Problem[] {
  if (password.use((bytes) => bytes.every((byte) => byte < 0x80))) return [];
  const holding = outcomes.filter(({ outcome }) => outcome === 'written' || outcome === 'unchanged');
  const clients = holding
    .flatMap(({ step }) => step.entries)
    .filter(({ asciiOnly }) => asciiOnly)
    .map(({ client }) => client);
  return [...new Set(clients)].map((client) => problem('client-cannot-send', client));
}
