import { fetchmailrc } from './fetchmailrc.ts';
import { clawsPasswordStore } from './claws-password-store.ts';
import { mbsyncrc } from './mbsyncrc.ts';
import { aercAccounts } from './aerc-accounts.ts';
import { bareLine } from './bare-line.ts';
import { muttrc } from './muttrc.ts';
import { msmtprc } from './msmtprc.ts';
import { mozillaLogins } from './mozilla-logins.ts';
import { netrc } from './netrc.ts';
import { gitCredentials } from './git-credentials.ts';
import { firstLine } from './first-line.ts';
import { gitConfig } from './git-config.ts';
import { gvariantDict } from './gvariant-dict.ts';
import { offlineimaprc } from './offlineimaprc.ts';
import { strippedLine } from './stripped-line.ts';
import { sylpheedAccountrc } from './sylpheed-accountrc.ts';
import { base64Text } from './base64-text.ts';
import { netrcLine } from './netrc-line.ts';
import { kdeObscured } from './kde-obscured.ts';
import { whole } from './whole.ts';
import { curlrc } from './curlrc.ts';
import { swaksrc } from './swaksrc.ts';
import { mailrc } from './mailrc.ts';
import { getmailrc } from './getmailrc.ts';
import { cifsCredentials } from './cifs-credentials.ts';
import { keyFileValue } from './key-file-value.ts';
import { vdirsyncerConfig } from './vdirsyncer-config.ts';
import { readBack } from './read-back.ts';
import type { Lens } from '../engine/ports.ts';

const ALL: readonly Lens[] = [
  aercAccounts,
  base64Text,
  kdeObscured,
  bareLine,
  cifsCredentials,
  curlrc,
  fetchmailrc,
  swaksrc,
  clawsPasswordStore,
  firstLine,
  getmailrc,
  gitConfig,
  gitCredentials,
  gvariantDict,
  mailrc,
  keyFileValue,
  mbsyncrc,
  mozillaLogins,
  msmtprc,
  muttrc,
  netrc,
  netrcLine,
  offlineimaprc,
  strippedLine,
  sylpheedAccountrc,
  vdirsyncerConfig,
  whole,
];

/** Every lens, by the id that entries name. */
export const LENSES: readonly Lens[] = ALL.map(readBack);
