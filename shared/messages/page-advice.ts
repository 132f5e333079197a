/** A short list of steps under a heading. */
export interface Guide {
  readonly title: string;
  readonly steps: readonly string[];
}

/** Longer advice of the app: guides, other devices, how programs sign in again. */
export interface PageAdvice {
  /** For somebody who has not reset the password yet: alone, and with the administrator. */
  readonly guides: readonly Guide[];
  readonly devices: readonly Readonly<Record<'name' | 'step', string>>[];
  readonly secure: Guide;
  /** What to click in a program that signs in with a token; `{program}` is its name. */
  readonly signIn: Readonly<Record<'thunderbird' | 'evolution' | 'command' | 'other', string>>;
  readonly help: Guide & { readonly version: string };
}
