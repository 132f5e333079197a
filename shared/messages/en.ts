import { enCommandLine } from './en-command-line.ts';
import { enGuides } from './en-guides.ts';
import { enPage } from './en-page.ts';
import { enProblems } from './en-problems.ts';
import { enSavedReport } from './en-saved-report.ts';
import { enTestMessage } from './en-test-message.ts';
import { enWindow } from './en-window.ts';
import type { Messages } from './messages.ts';

export const en: Messages = {
  language: 'en',
  problems: enProblems,
  outcomes: {
    written: 'written',
    unchanged: 'up to date',
    skipped: 'left alone',
    deferred: 'waits',
    failed: 'failed',
    changed: 'changed elsewhere',
    manual: 'yours to change',
  },
  states: {
    current: 'up to date',
    stale: 'old password',
    missing: 'no password',
    unknown: 'password stored',
    locked: 'locked',
    oauth: 'signs in without',
    unsupported: 'not supported',
  },
  protocols: {
    imap: 'reading (IMAP)',
    pop3: 'reading (POP3)',
    smtp: 'sending',
    ews: 'Exchange',
    activesync: 'ActiveSync',
    dav: 'calendar, contacts',
    git: 'Git',
    other: 'other',
  },
  durations: {
    seconds: { one: '{n} second', other: '{n} seconds' },
    minutes: { one: '{n} minute', other: '{n} minutes' },
  },
  guides: enGuides,
  commandLine: enCommandLine,
  page: enPage,
  savedReport: enSavedReport,
  testMessage: enTestMessage,
  window: enWindow,
};
