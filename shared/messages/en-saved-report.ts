import type { SavedReportTexts } from './saved-report.ts';

export const enSavedReport: SavedReportTexts = {
  title: 'Rekey report',
  made: 'Saved on {date} by Rekey {version}.',
  account: 'Account',
  run: 'Run',
  result: 'Result',
  logins: 'Logins',
  server: 'Server',
  login: 'Login name',
  answer: 'Answer',
  places: 'Places on this computer',
  program: 'Program',
  use: 'Used for',
  where: 'Where',
  outcome: 'Outcome',
  readBack: 'read back and compared',
  notes: 'Notes',
  noPassword: 'This report holds no password, and nothing that one could be found out from.',
};
