import type { OutcomeKind, Protocol } from '../model.ts';
import type { ProblemKind } from '../problem.ts';
import type { PageAdvice } from './page-advice.ts';
import type { SignInTexts } from './page-sign-in.ts';
import type { Plural } from './plural.ts';

export type StepName = 'account' | 'places' | 'password' | 'result';

/** What the app's frame and its small parts say on every screen. */
export interface FrameTexts {
  readonly steps: Readonly<Record<StepName, string>>;
  readonly stepsLabel: string;
  readonly stepDone: string;
  readonly stepSkipped: string;
  readonly history: string;
  readonly help: string;
  readonly appearance: Readonly<Record<'system' | 'light' | 'dark', string>>;
  readonly back: string;
  readonly close: string;
  readonly cancel: string;
  readonly details: string;
  /** `{name}` is the row's own name. */
  readonly detailsOf: string;
  readonly notes: Plural;
  readonly loginLine: string;
  readonly serverLine: string;
  readonly whereLine: string;
  readonly alsoIn: string;
  readonly places: Plural;
  readonly programs: Plural;
  /** Stands after “in” or a colon: `{programs}` are the first names, `{n}` how many more there are. */
  readonly andMore: Plural;
  /** The same where the programs were counted just before. */
  readonly andOthers: Plural;
}

export interface AccountTexts {
  readonly heading: string;
  readonly help: string;
  readonly looking: string;
  readonly emptyHeading: string;
  readonly emptyHelp: string;
  readonly looked: string;
  readonly lookedHelp: string;
  readonly choices: string;
  /** `{places}` and `{programs}` are counts; the names follow on their own line. */
  readonly card: string;
  readonly cardTokens: string;
  readonly another: string;
  readonly address: string;
  readonly addressHint: string;
  readonly show: string;
  readonly openNow: Plural;
  readonly openNowHelp: string;
  readonly open: string;
  readonly closed: string;
  readonly noneOpen: string;
  readonly noneOpenHelp: string;
  readonly unfinished: string;
  readonly unfinishedHelp: string;
  readonly unfinishedRemoval: string;
  readonly finish: string;
  readonly takeBack: string;
  readonly finished: Plural;
  readonly finishedRemoval: Plural;
  readonly takenBack: Plural;
  readonly conflicts: Plural;
  readonly notYet: string;
}

export interface PlacesTexts {
  readonly heading: Plural;
  readonly headingNone: string;
  readonly help: string;
  readonly maybe: Plural;
  readonly choose: string;
  readonly missing: Plural;
  readonly missingHelp: string;
  readonly also: string;
  readonly alsoHelp: string;
  readonly howTo: string;
  readonly devices: string;
  readonly devicesHelp: string;
  readonly troubles: string;
  readonly continue: Plural;
  readonly chooseFirst: string;
  readonly states: Readonly<
    Record<
      | 'change'
      | 'add'
      | 'close'
      | 'keyring'
      | 'session'
      | 'primary'
      | 'first'
      | 'oauth'
      | 'oauthOld'
      | 'cannot'
      | 'left'
      | 'current',
      string
    >
  >;
}

export interface PasswordTexts {
  readonly heading: string;
  readonly label: string;
  readonly trust: string;
  readonly trustMany: string;
  readonly trustNone: string;
  readonly show: string;
  readonly hide: string;
  readonly capsLock: string;
  readonly blankStart: string;
  readonly blankEnd: string;
  readonly empty: string;
  readonly advice: Readonly<
    Record<
      | 'short'
      | 'common'
      | 'word'
      | 'name'
      | 'keyboard'
      | 'repeated'
      | 'sequence'
      | 'date'
      | 'address'
      | 'fine',
      string
    >
  >;
  readonly alreadyStored: Plural;
  readonly alreadyStoredHelp: string;
  readonly checkAnyway: string;
  readonly sameAsOld: string;
  readonly old: string;
  readonly oldLabel: string;
  readonly oldHelp: string;
  readonly unlock: string;
  readonly unlockHelp: string;
  readonly unlockLabel: string;
  readonly submit: Plural;
  readonly submitCheck: string;
  readonly waiting: Plural;
  readonly nothingChanged: string;
  readonly triesLeft: Plural;
  readonly noTries: string;
}

export interface ProgressTexts {
  readonly checking: string;
  readonly updating: Plural;
  readonly help: string;
  readonly server: string;
  readonly checks: Readonly<Record<'waiting' | 'checking' | 'accepted' | 'refused', string>>;
  readonly waiting: string;
  readonly writing: string;
  readonly seconds: string;
  readonly cancelBefore: string;
  readonly cancelDuring: string;
  readonly stopping: string;
}

export interface ResultTexts {
  readonly works: Readonly<Record<'both' | 'reading' | 'sending' | 'other', string>>;
  readonly restored: Plural;
  readonly unchanged: string;
  readonly nothingYet: string;
  /** `{n}` is how many of them do, `{places}` how many there are. */
  readonly holdNew: Plural;
  readonly waiting: Plural;
  readonly notDone: Plural;
  readonly left: Plural;
  readonly waitingTitle: string;
  readonly changedTitle: string;
  readonly notDoneTitle: string;
  readonly leftTitle: string;
  readonly restoredTitle: string;
  readonly manualTitle: string;
  readonly checksTitle: string;
  readonly accepted: string;
  readonly acceptedAfter: string;
  readonly refused: string;
  readonly cancelled: string;
  readonly elseTitle: string;
  readonly outcomes: Readonly<Record<OutcomeKind | 'unverified' | 'restored' | 'already', string>>;
  readonly undo: string;
  readonly undoOf: string;
  readonly undoAll: Plural;
  readonly undoUntil: string;
  readonly undoAsk: Plural;
  readonly undoWarning: string;
  readonly finishRest: Plural;
  readonly done: string;
  readonly report: string;
  readonly reportHelp: string;
  readonly saveHtml: string;
  readonly saveJson: string;
  readonly saved: string;
  readonly ticket: string;
  readonly ticketHelp: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyByHand: string;
}

export interface HistoryTexts {
  readonly heading: string;
  readonly help: string;
  readonly none: string;
  readonly states: Readonly<Record<'prepared' | 'committed' | 'rolling-back' | 'rolled-back', string>>;
  readonly changed: Plural;
  readonly removed: Plural;
  readonly waiting: Plural;
  readonly until: string;
  readonly forget: string;
  /** `{run}` is the run's date. */
  readonly undoOf: string;
  readonly forgetOf: string;
  readonly forgetAsk: string;
  readonly forgetWarning: string;
}

/** What the sentences of a ticket for the IT department are made of; it never holds a secret. */
export interface TicketTexts {
  readonly title: string;
  readonly server: string;
  readonly place: string;
  readonly run: string;
}

/** What only the app says. */
export interface PageTexts {
  readonly frame: FrameTexts;
  readonly account: AccountTexts;
  readonly places: PlacesTexts;
  readonly password: PasswordTexts;
  readonly progress: ProgressTexts;
  readonly result: ResultTexts;
  readonly signIn: SignInTexts;
  readonly history: HistoryTexts;
  readonly ticket: TicketTexts;
  readonly advice: PageAdvice;
  /** Short words for what a place is used for. */
  readonly uses: Readonly<Record<Protocol, string>>;
  /** Next steps that differ from the command line's. */
  readonly next: Readonly<Partial<Record<ProblemKind, string>>>;
  /** Next steps on the Result screen, where they differ again. */
  readonly nextAfter: Readonly<Partial<Record<ProblemKind, string>>>;
}
