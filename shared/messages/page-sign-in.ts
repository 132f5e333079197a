import type { Plural } from './plural.ts';

/** The ending for accounts that take no password, and the old passwords that nothing reads any more. */
export interface SignInTexts {
  readonly heading: string;
  readonly asks: Plural;
  readonly switches: Plural;
  readonly help: string;
  readonly helpSaid: string;
  readonly also: string;
  /** Whether a program asks for the new sign-in by itself. */
  readonly asking: Readonly<Record<'yes' | 'no' | 'perhaps' | 'switch', string>>;
  readonly programs: string;
  readonly old: string;
  readonly oldHelp: string;
  readonly copy: string;
  readonly states: Readonly<
    Record<
      'there' | 'locked' | 'close' | 'keyring' | 'removing' | 'removed' | 'gone' | 'failed' | 'cannot',
      string
    >
  >;
  readonly lockedHelp: string;
  readonly unlockHelp: string;
  readonly remove: string;
  readonly removeOf: string;
  readonly removeAll: Plural;
  readonly removeAsk: Plural;
  readonly removeWarning: string;
  readonly removedSoFar: Plural;
  readonly undoUntil: string;
  readonly undoAll: Plural;
  readonly undoAsk: Plural;
  readonly undoWarning: string;
  /** Where more goes back than was asked for. */
  readonly undoTogether: string;
}
