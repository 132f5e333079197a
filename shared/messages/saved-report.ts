/** What only the saved report says; outcomes, protocols and Problems have their words already. */
export interface SavedReportTexts {
  readonly title: string;
  /** `{date}` is the moment of saving, `{version}` Rekey's own. */
  readonly made: string;
  readonly account: string;
  readonly run: string;
  readonly result: string;
  readonly logins: string;
  readonly server: string;
  readonly login: string;
  readonly answer: string;
  readonly places: string;
  readonly program: string;
  readonly use: string;
  readonly where: string;
  readonly outcome: string;
  readonly readBack: string;
  readonly notes: string;
  readonly noPassword: string;
}
