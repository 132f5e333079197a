/** What the window's frame says: its menu and its question before closing. */
export interface WindowTexts {
  readonly view: string;
  readonly cannotStart: string;
  /** What Rekey was told to use and did not find; `{subject}` is its path. */
  readonly notThere: Readonly<Record<'home' | 'authorities', string>>;
  readonly stillRunning: string;
  readonly stillRunningDetail: string;
  readonly stopAndClose: string;
  readonly keepRunning: string;
  readonly pageGone: string;
  readonly pageGoneDetail: string;
}
