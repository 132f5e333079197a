import type { Scratch } from '../doubles/engine.ts';

export const ADDRESS = 'alex@example.org';
export const OLD = 'old-Pass-1';
export const NEW = 'new-Pass-2';

export const msmtprc = (password: string): string =>
  [
    '# work account',
    'account work',
    'host mail.example.org',
    'port 587',
    'auth on',
    'tls on',
    `from ${ADDRESS}`,
    `user ${ADDRESS}`,
    `password ${password}`,
    '',
  ].join('\r\n');

export const netrc = (password: string, other = 'unrelated'): string =>
  `machine mail.example.org login ${ADDRESS} password ${password}\nmachine git.example.net login sam password ${other}\n`;

export const gitconfig = (password: string): string =>
  `[sendemail]\n\tsmtpServer = mail.example.org\n\tsmtpServerPort = 587\n\tsmtpEncryption = tls\n\tsmtpUser = ${ADDRESS}\n\tsmtpPass = ${password}\n`;

/** Three places of one account, in three formats. */
export function furnish(home: Scratch, password = OLD): void {
  home.write('.msmtprc', msmtprc(password));
  home.write('.netrc', netrc(password));
  home.write('.gitconfig', gitconfig(password));
}

/** The three files as text. */
export const contents = (home: Scratch): readonly string[] => [
  home.read('.msmtprc'),
  home.read('.netrc'),
  home.read('.gitconfig'),
];
