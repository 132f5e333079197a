import fs from 'node:fs';
import path from 'node:path';
import type { Lab } from './lab.ts';
import { homeEnvironment } from './program.ts';

/** A user of the lab as the clients of a home know it. */
export interface LabUser {
  readonly login: string;
  /** The password that the home is made with: letters, digits and `-` only, so that no format needs quotes. */
  readonly password: string;
}

/** A home folder and the environment in which its owner's programs run. */
export interface ScratchHome {
  readonly dir: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The Thunderbird profile that is meant, where it is not the one that every home has. */
  readonly profile?: string;
}

/** The Thunderbird profile inside a home. */
export const profileOf = ({ dir, profile = 'lab.default' }: Pick<ScratchHome, 'dir' | 'profile'>): string =>
  path.join(dir, '.thunderbird', profile);

type Contents = (lab: Lab, user: LabUser, home: string) => string;

export const msmtprc: Contents = (lab, { login, password }) => `# sending through the lab
defaults
auth on
tls on
tls_trust_file ${lab.caFile}

account lab
host ${lab.addresses.good}
port ${lab.ports.submission}
from ${login}
user ${login}
password ${password}

account default : lab
`;

const mpoprc: Contents = (lab, { login, password }, home) => `# fetching by POP3
account lab
host ${lab.addresses.good}
port ${lab.ports.pop3s}
tls on
tls_starttls off
tls_trust_file ${lab.caFile}
user ${login}
password ${password}
delivery maildir ${home}/Fetched
`;

// isync 1.4 compares names only and knows no addresses, but takes a certificate that is itself in its file
export const mbsyncrc: Contents = (lab, { login, password }, home) => `# a local copy of the mailbox
IMAPAccount lab
Host ${lab.addresses.good}
Port ${lab.ports.imap}
User ${login}
Pass ${password}
SSLType STARTTLS
CertificateFile ${lab.certificateFile}

IMAPStore lab-remote
Account lab

MaildirStore lab-local
Path ${home}/Mail/
Inbox ${home}/Mail/INBOX

Channel lab
Far :lab-remote:
Near :lab-local:
Patterns *
`;

const netrc: Contents = (lab, { login, password }) => `machine elsewhere.example login someone password else
machine ${lab.addresses.good} login ${login} password ${password}
`;

const authinfo: Contents = (lab, { login, password }) =>
  `machine ${lab.addresses.good} login ${login} port imaps password ${password}\n`;

const gitCredentials: Contents = (lab, { login, password }) =>
  `https://someone:else@elsewhere.example
smtp://${encodeURIComponent(login)}:${password}@${lab.addresses.good}%3a${lab.ports.submission}
`;

const gitconfig: Contents = (lab, { login, password }) => `[user]
\temail = ${login}
[credential]
\thelper = store
[sendemail]
\tsmtpServer = ${lab.addresses.good}
\tsmtpServerPort = ${lab.ports.submission}
\tsmtpEncryption = tls
\tsmtpUser = ${login}
\tsmtpPass = ${password}
`;

const profilesIni: Contents = () => `[Profile0]
Name=lab
IsRelative=1
Path=lab.default
Default=1

[General]
StartWithLastProfile=1
Version=2
`;

/** socketType 3 is TLS from the first byte, authMethod 3 an ordinary password (nsMsgSocketType, nsMsgAuthMethod). */
const prefs: Contents = (lab, { login }) => {
  const values: Readonly<Record<string, string | number | boolean>> = {
    'mail.accountmanager.accounts': 'account1',
    'mail.accountmanager.defaultaccount': 'account1',
    'mail.account.lastKey': 1,
    'mail.account.account1.identities': 'id1',
    'mail.account.account1.server': 'server1',
    'mail.identity.id1.useremail': login,
    'mail.identity.id1.smtpServer': 'smtp1',
    'mail.identity.id1.valid': true,
    'mail.server.server1.type': 'imap',
    'mail.server.server1.hostname': lab.addresses.good,
    'mail.server.server1.port': lab.ports.imaps,
    'mail.server.server1.userName': login,
    'mail.server.server1.name': login,
    'mail.server.server1.socketType': 3,
    'mail.server.server1.authMethod': 3,
    'mail.server.server1.login_at_startup': false,
    'mail.server.server1.check_new_mail': false,
    'mail.smtpservers': 'smtp1',
    'mail.smtp.defaultserver': 'smtp1',
    'mail.smtpserver.smtp1.type': 'smtp',
    'mail.smtpserver.smtp1.hostname': lab.addresses.good,
    'mail.smtpserver.smtp1.port': lab.ports.submissions,
    'mail.smtpserver.smtp1.username': login,
    'mail.smtpserver.smtp1.authMethod': 3,
    'mail.smtpserver.smtp1.try_ssl': 3,
    // no questions and no network of its own
    'mail.provider.suppress_dialog_on_startup': true,
    'mail.rights.version': 1,
    'mail.shell.checkDefaultClient': false,
    'mail.spotlight.firstRunDone': true,
    'mail.winsearch.firstRunDone': true,
    'mailnews.start_page.enabled': false,
    'app.donation.eoy.version.viewed': 999,
    'app.update.enabled': false,
    'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
    'toolkit.telemetry.enabled': false,
    // any free port, written to MarionetteActivePort in the profile
    'marionette.port': 0,
  };
  return Object.entries(values)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
};

const FILES: Readonly<Record<string, Contents>> = {
  '.msmtprc': msmtprc,
  '.mpoprc': mpoprc,
  '.mbsyncrc': mbsyncrc,
  '.netrc': netrc,
  '.authinfo': authinfo,
  '.git-credentials': gitCredentials,
  '.gitconfig': gitconfig,
  '.thunderbird/profiles.ini': profilesIni,
  '.thunderbird/lab.default/prefs.js': prefs,
};

/** Where the home keeps the password, once Thunderbird has stored it. */
export const PLACES = [
  '.authinfo',
  '.git-credentials',
  '.gitconfig',
  '.mbsyncrc',
  '.mpoprc',
  '.msmtprc',
  '.netrc',
  '.thunderbird/lab.default/logins.json',
] as const;

/**
 * Makes the home of a lab user whose clients are all set up with the user's password. Thunderbird still has to
 * store it itself.
 */
export function makeHome(dir: string, lab: Lab, user: LabUser): ScratchHome {
  for (const [name, contents] of Object.entries(FILES)) {
    const file = path.join(dir, name);
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, contents(lab, user, dir), { mode: 0o600 });
  }
  for (const folder of ['Mail', 'Fetched/cur', 'Fetched/new', 'Fetched/tmp']) {
    fs.mkdirSync(path.join(dir, folder), { recursive: true });
  }
  return { dir, environment: homeEnvironment(dir) };
}
