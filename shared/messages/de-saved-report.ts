import type { SavedReportTexts } from './saved-report.ts';

export const deSavedReport: SavedReportTexts = {
  title: 'Rekey-Bericht',
  made: 'Gespeichert am {date} mit Rekey {version}.',
  account: 'Konto',
  run: 'Lauf',
  result: 'Ergebnis',
  logins: 'Anmeldungen',
  server: 'Server',
  login: 'Anmeldename',
  answer: 'Antwort',
  places: 'Stellen auf diesem Computer',
  program: 'Programm',
  use: 'Verwendung',
  where: 'Wo',
  outcome: 'Ausgang',
  readBack: 'zurückgelesen und verglichen',
  notes: 'Hinweise',
  noPassword: 'Dieser Bericht enthält kein Passwort und nichts, woraus sich eines erschließen ließe.',
};
