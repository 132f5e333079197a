import { deCommandLine } from './de-command-line.ts';
import { deGuides } from './de-guides.ts';
import { dePage } from './de-page.ts';
import { deProblems } from './de-problems.ts';
import { deSavedReport } from './de-saved-report.ts';
import { deTestMessage } from './de-test-message.ts';
import { deWindow } from './de-window.ts';
import type { Messages } from './messages.ts';

export const de: Messages = {
  language: 'de',
  problems: deProblems,
  outcomes: {
    written: 'geschrieben',
    unchanged: 'schon aktuell',
    skipped: 'blieb',
    deferred: 'wartet',
    failed: 'fehlgeschlagen',
    changed: 'anderswo geändert',
    manual: 'von Hand zu ändern',
  },
  states: {
    current: 'aktuell',
    stale: 'altes Passwort',
    missing: 'kein Passwort',
    unknown: 'Passwort vorhanden',
    locked: 'gesperrt',
    oauth: 'ohne Passwort',
    unsupported: 'nicht unterstützt',
  },
  protocols: {
    imap: 'Lesen (IMAP)',
    pop3: 'Lesen (POP3)',
    smtp: 'Senden',
    ews: 'Exchange',
    activesync: 'ActiveSync',
    dav: 'Kalender, Kontakte',
    git: 'Git',
    other: 'Sonstiges',
  },
  durations: {
    seconds: { one: '{n} Sekunde', other: '{n} Sekunden' },
    minutes: { one: '{n} Minute', other: '{n} Minuten' },
  },
  guides: deGuides,
  commandLine: deCommandLine,
  page: dePage,
  savedReport: deSavedReport,
  testMessage: deTestMessage,
  window: deWindow,
};
