/** All about a message that the account sends to itself: the letter, and what became of it. */
export interface TestMessageTexts {
  /** The letter. `{account}` is the address. */
  readonly subject: string;
  readonly text: string;
  /** The tick that asks for it. */
  readonly wish: string;
  readonly wishHelp: string;
  readonly title: string;
  readonly name: string;
  readonly states: Readonly<
    Record<'ahead' | 'sending' | 'waiting' | 'arrived' | 'sent' | 'late' | 'failed', string>
  >;
  /** `{n}` is a number of seconds. */
  readonly arrivedAfter: string;
  readonly unseen: string;
  /** The progress, when only the message is left. */
  readonly heading: string;
  readonly help: string;
  /** Below the progress, when only the message is left. */
  readonly cancel: string;
}
