/** What one expected failure means for the exit code; `place` failures depend on the outcome they lead to. */
type Weight =
  | 'usage'
  | 'context'
  | 'rejected'
  | 'unjudged'
  | 'budget'
  | 'no-password'
  | 'busy-run'
  | 'cancelled'
  | 'place'
  | 'bug';

const WEIGHTS = {
  // what the caller asked for
  usage: 'usage',
  'password-unusable': 'usage',
  'manifest-invalid': 'usage',
  'account-unknown': 'usage',
  'run-unknown': 'usage',
  'no-terminal': 'usage',
  'already-stored': 'usage',
  'foreign-home': 'context',
  'saving-forbidden': 'context',
  'run-active': 'busy-run',
  cancelled: 'cancelled',

  // what the server said
  rejected: 'rejected',
  'rejected-no-reason': 'rejected',
  expired: 'rejected',
  'must-change': 'rejected',
  'sending-refused': 'rejected',
  'account-blocked': 'budget',
  'attempts-used-up': 'budget',
  'basic-auth-disabled': 'no-password',
  'smtp-auth-disabled': 'no-password',
  'app-password-required': 'no-password',
  'web-login-required': 'no-password',
  'protocol-disabled': 'no-password',
  'no-mechanism': 'no-password',
  oauth: 'no-password',
  'server-busy': 'unjudged',
  'mailbox-unavailable': 'unjudged',
  unreachable: 'unjudged',
  'not-a-mail-server': 'unjudged',
  'untrusted-certificate': 'unjudged',
  'tls-missing': 'unjudged',
  'not-proven': 'unjudged',
  'outcome-unknown': 'unjudged',
  'no-server-known': 'unjudged',

  // what became of a test message: told, and never the end of a run
  'message-not-possible': 'place',
  'message-refused': 'place',
  'message-too-large': 'place',
  'mailbox-full': 'place',
  'message-late': 'place',
  'message-cancelled': 'place',

  // what happened to one place
  'format-cannot-hold': 'place',
  unsupported: 'place',
  changed: 'place',
  mismatch: 'place',
  'client-running': 'place',
  'keyring-locked': 'place',
  'keyring-missing': 'place',
  'primary-password-needed': 'place',
  'primary-password-wrong': 'place',
  'access-denied': 'place',
  'read-only': 'place',
  'disk-full': 'place',
  'write-failed': 'place',
  'outside-home': 'place',
  'not-checked': 'place',
  'other-password': 'place',
  'probable-only': 'place',
  'shared-slot': 'place',
  'missing-not-added': 'place',
  'left-out': 'place',
  'external-command': 'place',
  'by-hand': 'place',
  'client-not-started': 'place',
  'cannot-verify': 'place',
  'client-cannot-send': 'place',
  'readable-by-others': 'place',
  'hard-linked': 'place',
  'tracked-by-git': 'place',
  'sealed-in-git': 'place',
  'refresh-failed': 'place',
  'restart-needed': 'place',
  'service-running': 'place',
  'undo-data-unprotected': 'place',
  'undo-impossible': 'place',
  'unfinished-run': 'place',
  'unlock-unused': 'place',
  unchecked: 'place',

  internal: 'bug',
} as const satisfies Record<string, Weight>;

/** The stable code of an expected failure. */
export type ProblemKind = keyof typeof WEIGHTS;

/** Every kind, for tests and for the languages to be complete against. */
export const PROBLEM_KINDS = Object.keys(WEIGHTS) as readonly ProblemKind[];

/**
 * An expected failure as a value.
 * `subject` names what it is about (a path, a host, a program), `detail` quotes the other side's words
 * (a server's line, an error code), cleaned; neither ever holds a secret.
 */
export interface Problem {
  readonly kind: ProblemKind;
  readonly subject?: string;
  readonly detail?: string;
}

/** The value asked for, or the Problem that stood in the way. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (
  kind: ProblemKind,
  subject?: string,
  detail?: string,
): { ok: false; problem: Problem } => ({
  ok: false,
  problem: problem(kind, subject, detail),
});

/** A Problem without the fields that were not given. */
export function problem(kind: ProblemKind, subject?: string, detail?: string): Problem {
  return {
    kind,
    ...(subject === undefined ? {} : { subject }),
    ...(detail === undefined ? {} : { detail }),
  };
}

export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}

/** The exit code of a run that ended with this Problem. */
export function exitCodeOf(kind: ProblemKind): number {
  const weight: Weight = WEIGHTS[kind];
  switch (weight) {
    case 'usage':
      return 2;
    case 'rejected':
      return 3;
    case 'place':
      return 4;
    case 'unjudged':
      return 5;
    case 'context':
      return 6;
    case 'budget':
      return 8;
    case 'cancelled':
      return 10;
    case 'no-password':
      return 11;
    case 'busy-run':
      return 12;
    case 'bug':
      return 70;
    default:
      return assertNever(weight);
  }
}
