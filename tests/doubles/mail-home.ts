import fs from 'node:fs';
import path from 'node:path';
import type { MailServer } from './mail-server.ts';
import { makeThunderbirdProfile, type ProfileAccount } from './thunderbird-profile.ts';

/** A login and the password that the programs of a home hold for it: letters, digits and `-`, so no file quotes it. */
export interface Mailbox {
  readonly login: string;
  readonly password: string;
}

/** Whose home it is, and whose accounts are set up in it besides. */
export interface People {
  readonly owner: Mailbox;
  /** Another mailbox on the same server, in the same files. */
  readonly colleague: Mailbox;
  /** An account that Thunderbird opens with a token. */
  readonly tokenLogin: string;
}

export const PEOPLE: People = {
  owner: { login: 'alex@example.org', password: 'Autumn-leaves-2025' },
  colleague: { login: 'robin@example.org', password: 'Robins-own-secret' },
  tokenLogin: 'alex@oauth.example',
};

/** A password in the same files that is for no mailbox. */
export const UNRELATED = 'not-a-mail-secret';

/** Where the programs of a home find their servers. */
export interface Servers extends Pick<MailServer, 'imaps' | 'smtps' | 'submission'> {
  readonly host: string;
}

type Contents = (servers: Servers, people: People, home: string) => string;

/** One file in which a program keeps the owner's password. */
export interface HomeFile {
  readonly name: string;
  readonly program: string;
  readonly contents: Contents;
}

const msmtprc: Contents = ({ host, submission }, { owner, colleague }) => `# sending mail
defaults
auth on
tls on

account work
host ${host}
port ${submission}
from ${owner.login}
user ${owner.login}
password ${owner.password}

# for the days when Robin is away
account robin
host ${host}
port ${submission}
from ${colleague.login}
user ${colleague.login}
password ${colleague.password}

account default : work
`;

const mpoprc: Contents = ({ host }, { owner }, home) => `account work
host ${host}
port 995
tls on
tls_starttls off
user ${owner.login}
password ${owner.password}
delivery maildir ${home}/Fetched
`;

const mbsyncrc: Contents = ({ host, imaps }, { owner }) => `IMAPAccount work
Host ${host}
Port ${imaps}
User ${owner.login}
Pass ${owner.password}
SSLType IMAPS

IMAPStore work-remote
Account work

MaildirStore work-local
Path ~/Mail/
Inbox ~/Mail/INBOX

Channel work
Far :work-remote:
Near :work-local:
Patterns *
`;

const netrc: Contents = ({ host }, { owner }) => `machine git.example.net login sam password ${UNRELATED}
machine ${host} login ${owner.login} password ${owner.password}
`;

const authinfo: Contents = ({ host }, { owner }) =>
  `machine ${host} login ${owner.login} port imaps password ${owner.password}\n`;

const gitconfig: Contents = ({ host, submission }, { owner }) => `[user]
\tname = Alex
\temail = ${owner.login}
[sendemail]
\tsmtpServer = ${host}
\tsmtpServerPort = ${submission}
\tsmtpEncryption = tls
\tsmtpUser = ${owner.login}
\tsmtpPass = ${owner.password}
`;

const gitCredentials: Contents = (
  { host, submission },
  { owner },
) => `https://sam:${UNRELATED}@git.example.net
smtp://${encodeURIComponent(owner.login)}:${owner.password}@${host}%3a${submission}
`;

/** Every file that the home is made of besides the Thunderbird profiles. */
export const HOME_FILES: readonly HomeFile[] = [
  { name: '.msmtprc', program: 'msmtp', contents: msmtprc },
  { name: '.mpoprc', program: 'mpop', contents: mpoprc },
  { name: '.mbsyncrc', program: 'mbsync', contents: mbsyncrc },
  { name: '.netrc', program: 'curl and others (netrc)', contents: netrc },
  { name: '.authinfo', program: 'Emacs', contents: authinfo },
  { name: '.gitconfig', program: 'git send-email', contents: gitconfig },
  { name: '.git-credentials', program: 'git credential store', contents: gitCredentials },
];

/** Makes a home with every program set up; `dir` is made when it does not exist. */
export function makeMailHome(dir: string, servers: Servers, people: People = PEOPLE): void {
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  for (const { name, contents } of HOME_FILES) {
    fs.writeFileSync(path.join(dir, name), contents(servers, people, dir), { mode: 0o600 });
  }
  makeThunderbirdProfile(dir, { name: 'default', accounts: everyday(servers, people) });
  makeThunderbirdProfile(dir, { name: 'spare', accounts: [reading(servers, people.owner.login)] });
}

/** The profile in daily use: the owner, the colleague, and an account that signs in with a token (OAuth2 is 10). */
function everyday(servers: Servers, { owner, colleague, tokenLogin }: People): readonly ProfileAccount[] {
  return [
    { ...reading(servers, owner.login), password: owner.password },
    { ...sending(servers, owner.login), password: owner.password },
    { ...reading(servers, colleague.login), password: colleague.password },
    { ...reading(servers, tokenLogin), host: 'imap.oauth.example', port: 993, authMethod: 10 },
  ];
}

const reading = ({ host, imaps }: Servers, login: string): ProfileAccount => ({
  protocol: 'imap',
  host,
  port: imaps,
  tls: 'implicit',
  login,
  address: login,
});

const sending = (servers: Servers, login: string): ProfileAccount => ({
  ...reading(servers, login),
  port: servers.smtps,
  protocol: 'smtp',
});
