import type { ScratchHome } from '../lab/home.ts';
import type { Lab } from '../lab/lab.ts';
import { curlLogsIn } from './curl.ts';
import { gitCredentialWorks, gitSendEmailWorks } from './git.ts';
import { mbsyncLogsIn } from './mbsync.ts';
import { mpopLogsIn } from './mpop.ts';
import { msmtpSends } from './msmtp.ts';
import { thunderbirdLogsIn } from './thunderbird.ts';

/** Which clients of a home get in (or their message out) with what it holds now. */
export async function workingIn(
  home: ScratchHome,
  lab: Lab,
  login: string,
): Promise<Record<string, boolean>> {
  const { imap, smtp } = await thunderbirdLogsIn(home, lab, login);
  return {
    'Thunderbird reading': imap,
    'Thunderbird sending': smtp,
    'mbsync -l': await mbsyncLogsIn(home),
    'msmtp, a message sent': await msmtpSends(home, lab, login),
    'mpop --auth-only': await mpopLogsIn(home),
    'git credential fill': await gitCredentialWorks(home, lab, login),
    'git sendemail.smtpPass': await gitSendEmailWorks(home, lab, login),
    'curl --netrc': await curlLogsIn(home, lab),
    'curl with authinfo': await curlLogsIn(home, lab, '.authinfo'),
  };
}

export const CLIENTS = [
  'Thunderbird reading',
  'Thunderbird sending',
  'mbsync -l',
  'msmtp, a message sent',
  'mpop --auth-only',
  'git credential fill',
  'git sendemail.smtpPass',
];
export const NETRC_CLIENTS = ['curl --netrc', 'curl with authinfo'];

export const all = (names: readonly string[], value: boolean): Record<string, boolean> =>
  Object.fromEntries(names.map((name) => [name, value]));
