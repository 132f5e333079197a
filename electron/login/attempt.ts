import type { SecureContext } from 'node:tls';
import type { Endpoint } from '../../shared/model.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Secret } from '../engine/secret.ts';

/** Limits of one login in milliseconds. `login` must outlast a server that delays its answer after failures. */
export interface Timeouts {
  readonly connect: number;
  readonly greeting: number;
  readonly login: number;
  readonly all: number;
  /** How long a message to oneself is waited for. */
  readonly arrival: number;
}

export const TIMEOUTS: Timeouts = {
  connect: 10_000,
  greeting: 10_000,
  login: 45_000,
  all: 60_000,
  arrival: 60_000,
};

/** One password to try once at one endpoint. */
export interface Attempt {
  readonly endpoint: Endpoint;
  readonly password: Secret;
  readonly trust: SecureContext;
  readonly timeouts: Timeouts;
  readonly signal: AbortSignal;
}

/** What came of an attempt; `sent` is false only where the password cannot have left this machine. */
export interface Verdict {
  readonly result: 'accepted' | Problem;
  readonly sent: boolean;
}

export type Stop = 'cancelled' | 'too-late';

/**
 * What `work` gives, or why it was not waited for any longer. `work` must not reject: it may still be going on
 * when this returns, and the caller closes its connection then.
 */
export async function untilStopped<T>(work: Promise<T>, attempt: Attempt): Promise<T | Stop> {
  const stopped = Promise.withResolvers<Stop>();
  const cancel = (): void => stopped.resolve('cancelled');
  const timer = setTimeout(() => stopped.resolve('too-late'), attempt.timeouts.all);
  attempt.signal.addEventListener('abort', cancel, { once: true });
  if (attempt.signal.aborted) cancel();
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    clearTimeout(timer);
    attempt.signal.removeEventListener('abort', cancel);
  }
}
