import type { Plural } from './plural.ts';

export type CommandName =
  'scan' | 'plan' | 'check' | 'apply' | 'status' | 'undo' | 'history' | 'recover' | 'doctor';

export type OptionName =
  | 'account'
  | 'login'
  | 'only'
  | 'except'
  | 'add-missing'
  | 'test-message'
  | 'yes'
  | 'password-stdin'
  | 'password-fd'
  | 'old-password-fd'
  | 'unlock'
  | 'manifest'
  | 'imap'
  | 'smtp'
  | 'ca'
  | 'without-check'
  | 'forget'
  | 'back'
  | 'home'
  | 'state'
  | 'json'
  | 'quiet'
  | 'no-color'
  | 'version'
  | 'help';

/** Every way to call Rekey wrongly. The texts never hold what was typed: it could be a password. */
export type UsageFault =
  | 'command-missing'
  | 'command-unknown'
  | 'option-unknown'
  | 'option-misplaced'
  | 'option-repeated'
  | 'value-missing'
  | 'value-not-taken'
  | 'argument-unexpected'
  | 'account-missing'
  | 'account-differs'
  | 'password-in-arguments'
  | 'password-in-environment'
  | 'password-twice'
  | 'password-missing'
  | 'manifest-not-stdin'
  | 'descriptor-invalid'
  | 'descriptor-unreadable'
  | 'server-invalid'
  | 'file-unreadable'
  | 'home-missing'
  | 'state-unusable'
  | 'id-unknown'
  | 'leftover-only-removed'
  | 'yes-needed';

export type OptionGroup = 'choosing' | 'password' | 'server' | 'other' | 'common';

/** What only the command line says. */
export interface CommandLineTexts {
  readonly tagline: string;
  readonly usageHeading: string;
  readonly commandsHeading: string;
  readonly helpHint: string;
  readonly exitCodes: string;
  readonly commands: Readonly<Record<CommandName, string>>;
  readonly options: Readonly<Record<OptionName, string>>;
  readonly groups: Readonly<Record<OptionGroup, string>>;
  /** `{subject}` is an option's own name, never its value. */
  readonly usage: Readonly<Record<UsageFault, string>>;

  readonly askPassword: string;
  readonly askUnlock: string;
  readonly askUpdate: Plural;
  /** The keys that mean yes, lower case. */
  readonly yesKeys: string;
  readonly yesNo: string;

  readonly willChange: string;
  readonly willAdd: string;
  readonly first: string;
  readonly leftAlone: string;
  readonly accepted: string;
  readonly details: string;
  readonly checking: string;
  readonly checked: string;
  readonly updating: string;
  readonly recovering: string;
  readonly stopping: string;
  readonly writingNow: string;

  readonly places: Plural;
  readonly programs: Plural;
  /** `{places}` and `{programs}` are the two above. */
  readonly accountLine: string;
  readonly noAccounts: string;
  readonly differs: string;
  readonly agrees: string;

  /** `{n}` is how many of them do, `{places}` how many there are. */
  readonly holdNew: Plural;
  readonly restored: Plural;
  readonly putBack: string;
  readonly removed: string;
  readonly goneBefore: string;
  /** `{passwords}` is the count below. */
  readonly removedOf: string;
  readonly oldPasswords: Plural;
  readonly waits: Plural;
  readonly failed: Plural;
  readonly meanwhile: Plural;
  readonly left: Plural;
  readonly manual: Plural;
  readonly seeRows: string;
  readonly nothingToChange: string;
  readonly nothingChanged: string;
  readonly alreadyCurrent: Plural;
  readonly planned: Plural;
  readonly nothingPlanned: string;
  readonly checkPassed: string;
  readonly inStep: string;
  readonly disagree: Plural;
  readonly unfinished: string;
  readonly undoHint: string;
  readonly restartHint: string;
  readonly noRuns: string;
  readonly forgotten: string;
  readonly nothingToRecover: string;
  readonly runStates: Readonly<Record<'prepared' | 'committed' | 'rolling-back' | 'rolled-back', string>>;
  readonly runChanged: Plural;
  /** The same for old passwords that nothing reads any more. */
  readonly runRemoved: Plural;
  readonly runWaits: Plural;
  readonly undoable: string;
  readonly works: string;
  readonly doctorFine: string;
  readonly doctorFaults: Plural;
  readonly warning: string;
  readonly bug: string;
}
