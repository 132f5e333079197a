/** A short list of steps under a heading. */
export interface Steps {
  readonly title: string;
  readonly steps: readonly string[];
}

/** The way to a reset, step by step. */
export interface Guide {
  readonly title: string;
  readonly steps: readonly GuideStep[];
}

export interface GuideStep {
  readonly text: string;
  /** What Rekey takes over of this step. */
  readonly byRekey?: string;
}

/** Longer advice of the app: guides, other devices, how programs sign in again. */
export interface PageAdvice {
  readonly guidesHelp: string;
  /** For somebody who has not reset the password yet: as the user, and as an administrator. */
  readonly guides: readonly Guide[];
  readonly devices: readonly Readonly<Record<'name' | 'step', string>>[];
  readonly secure: Steps;
  /** What to click in a program that signs in with a token; `{program}` is its name. */
  readonly signIn: Readonly<
    Record<
      | 'thunderbird'
      | 'evolution'
      | 'onlineAccounts'
      | 'kmail'
      | 'geary'
      | 'command'
      | 'other'
      | 'switchThunderbird'
      | 'switchCommand'
      | 'switchOther',
      string
    >
  >;
  readonly help: Steps & { readonly version: string };
}
