import fs from 'node:fs';

/** Tests of the app with real mail servers, which change users, and real mail clients. */
export const WITH_REAL_PROGRAMS = '**/*.root.system.spec.ts';

const PROGRAMS: Readonly<Record<string, string>> = {
  dovecot: '/usr/sbin/dovecot',
  postfix: '/usr/lib/postfix/sbin/master',
  thunderbird: '/usr/lib/thunderbird/thunderbird-bin',
  isync: '/usr/bin/mbsync',
  msmtp: '/usr/bin/msmtp',
  mpop: '/usr/bin/mpop',
  curl: '/usr/bin/curl',
  git: '/usr/bin/git',
  'gnome-keyring': '/usr/bin/gnome-keyring-daemon',
  'libsecret-tools': '/usr/bin/secret-tool',
  strace: '/usr/bin/strace',
};

/** What those tests need and this computer does not give: root, and Debian packages by name. */
export function lacking(): readonly string[] {
  const packages = Object.keys(PROGRAMS).filter((name) => !fs.existsSync(PROGRAMS[name] ?? ''));
  return process.getuid?.() === 0 ? packages : ['root', ...packages];
}
