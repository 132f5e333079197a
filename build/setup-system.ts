import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createInterface } from 'node:readline/promises';

/** What the tests on real programs use, by purpose. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'mail servers': ['dovecot-imapd', 'dovecot-pop3d', 'postfix', 'openssl'],
  'mail clients': ['thunderbird', 'isync', 'msmtp', 'mpop', 'curl', 'git', 'python3', 'libnss3-tools'],
  'text mail clients': [
    'mutt',
    'neomutt',
    'fetchmail',
    'offlineimap3',
    'aerc',
    'getmail6',
    's-nail',
    'swaks',
    'vdirsyncer',
  ],
  'desktop mail clients': ['claws-mail', 'sylpheed', 'geary', 'xvfb', 'xdotool'],
  keyrings: ['gnome-keyring', 'libglib2.0-bin', 'libsecret-1-0', 'libsecret-tools', 'dbus', 'gnupg', 'pass'],
  "KDE's wallet, and its configuration reader as a judge": ['libkf5wallet-bin', 'libkf5config-bin'],
  'libraries of GNOME as judges': [
    'python3-gi',
    'gir1.2-edataserver-1.2',
    'gir1.2-nm-1.0',
    'gir1.2-secret-1',
  ],
  'network shares': ['cifs-utils'],
  'the desktop behind a keyring': ['gcr', 'gnome-online-accounts'],
  'a browser for the app': ['chromium'],
  'file systems and faults': ['acl', 'attr', 'e2fsprogs', 'strace', 'util-linux'],
};

const wanted = Object.values(PACKAGES).flat();
const missing = wanted.filter((name) => !isInstalled(name));

if (missing.length === 0) console.log('All Debian packages that the tests use are installed.');
else await install(missing);

function isInstalled(name: string): boolean {
  const query = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' });
  return query.stdout.includes('install ok installed');
}

async function install(names: readonly string[]): Promise<void> {
  console.log('The tests on real programs need these Debian packages:');
  for (const [purpose, all] of Object.entries(PACKAGES)) {
    const lacking = all.filter((name) => names.includes(name));
    if (lacking.length > 0) console.log(`  ${purpose}: ${lacking.join(' ')}`);
  }
  if (!(await agreed())) {
    console.error(`Not installed. By hand: sudo apt-get install --no-install-recommends ${names.join(' ')}`);
    process.exit(1);
  }
  withoutStartingServers(() => {
    apt(['update']);
    apt(['install', '-y', '--no-install-recommends', ...names]);
  });
}

/** Root and CI asked for it by running this; an ordinary user is asked, because sudo changes their machine. */
async function agreed(): Promise<boolean> {
  if (process.getuid?.() === 0 || process.env['CI']) return true;
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Install them now with sudo apt-get? [y/N] ');
  terminal.close();
  return /^y/i.test(answer);
}

function apt(args: readonly string[]): void {
  const root = process.getuid?.() === 0;
  const command = root
    ? ['apt-get', ...args]
    : ['sudo', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  const done = spawnSync(command[0] ?? '', command.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

/** The tests start servers of their own on loopback; the packages' system-wide ones stay off (policy-rc.d(8)). */
function withoutStartingServers(act: () => void): void {
  const policy = '/usr/sbin/policy-rc.d';
  const ours = process.getuid?.() === 0 && !fs.existsSync(policy);
  if (ours) fs.writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    act();
  } finally {
    if (ours) fs.rmSync(policy, { force: true });
  }
}
