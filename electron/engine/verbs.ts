import type { Checked, Entry, Step, Trouble } from '../../shared/model.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Anchor } from './account.ts';
import type { Fingerprints } from './fingerprint.ts';
import type { Budget, Login, Post, Store, System } from './ports.ts';
import type { Secret } from './secret.ts';

/** What every verb works with. */
export interface Engine {
  readonly system: System;
  readonly stores: readonly Store[];
  readonly login: Login;
  readonly post: Post;
  readonly budget: Budget;
}

/** Everything found on the machine, before any account is chosen. */
export interface Scan {
  readonly entries: readonly Entry[];
  readonly troubles: readonly Trouble[];
}

/** What the user asked to change. `only` and `except` hold step ids. */
export interface PlanRequest {
  readonly account: string;
  /** A further spelling of the login that counts as this account's. */
  readonly login?: string;
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  readonly addMissing?: boolean;
}

export interface Plan {
  readonly account: string;
  readonly anchor: Anchor;
  readonly steps: readonly Step[];
  readonly troubles: readonly Trouble[];
  /** What every readable place looked like when it was planned. */
  readonly fingerprints: Fingerprints;
}

/** The passwords of one run; the caller disposes them. `unlocks` maps a profile or file path to its primary password. */
export interface Secrets {
  readonly password: Secret;
  readonly old?: Secret;
  readonly unlocks?: ReadonlyMap<string, Secret>;
}

/** What the servers said, and which steps that leaves out. */
export interface Verdict {
  readonly checks: readonly Checked[];
  /** Ends the run: nothing may be written. */
  readonly stopped?: Problem;
  /** Steps whose own server did not vouch for the password, by step id. */
  readonly withheld: ReadonlyMap<string, Problem>;
  readonly warnings: readonly Problem[];
}
