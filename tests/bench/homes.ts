import fs from 'node:fs';
import path from 'node:path';
import { makeThunderbirdProfile } from '../doubles/thunderbird-profile.ts';

/** Files that a typical home has besides: read by nobody here, but they lie beside the ones that are. */
const write = (home: string, name: string, text: string): void => {
  fs.mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
  fs.writeFileSync(path.join(home, name), text, { mode: 0o600 });
};

export interface Person {
  readonly address: string;
  readonly password: string;
  readonly host?: string;
}

/** A home with every text format that Rekey writes, for one person. */
export function textHome(home: string, { address, password, host = 'mail.example.org' }: Person): void {
  write(
    home,
    '.msmtprc',
    `account work\nhost ${host}\nport 587\nauth on\ntls on\nfrom ${address}\nuser ${address}\npassword "${password}"\n`,
  );
  write(
    home,
    '.mpoprc',
    `account work\nhost ${host}\nport 995\ntls on\ntls_starttls off\nuser ${address}\npassword "${password}"\ndelivery mbox ~/mbox\n`,
  );
  write(
    home,
    '.mbsyncrc',
    `IMAPAccount work\nHost ${host}\nPort 993\nUser ${address}\nPass "${password}"\nSSLType IMAPS\n`,
  );
  write(
    home,
    '.netrc',
    `machine ${host} login ${address} password ${password}\nmachine other.example.com login me password unrelated\n`,
  );
  write(home, '.authinfo', `machine ${host} port 587 login ${address} password ${password}\n`);
  write(
    home,
    '.gitconfig',
    `[user]\n\temail = ${address}\n[sendemail]\n\tsmtpServer = ${host}\n\tsmtpServerPort = 587\n\tsmtpUser = ${address}\n\tsmtpPass = "${password}"\n`,
  );
  write(
    home,
    '.git-credentials',
    `smtp://${encodeURIComponent(address)}:${encodeURIComponent(password)}@${host}%3a587\n`,
  );
}

/** The same with a Thunderbird profile: eight stores, ten and more places. */
export function typicalHome(home: string, person: Person): void {
  textHome(home, person);
  const { address, password, host = 'mail.example.org' } = person;
  const server = { host, login: address, address, password };
  makeThunderbirdProfile(home, {
    name: 'default-release',
    accounts: [
      { protocol: 'imap', port: 993, tls: 'implicit', ...server },
      { protocol: 'smtp', port: 587, tls: 'starttls', ...server },
    ],
  });
}

const FIXTURES = path.join(import.meta.dirname, '../stores');

/** The fixture homes of all stores in one; where several bring a file of one name, the last stays. */
export function fullHome(home: string): void {
  fs.mkdirSync(home, { recursive: true });
  for (const dir of fs.globSync('*/*/home', { cwd: FIXTURES }).toSorted()) {
    for (const name of fs.readdirSync(path.join(FIXTURES, dir), { recursive: true, encoding: 'utf8' })) {
      const [from, to] = [path.join(FIXTURES, dir, name), path.join(home, name)];
      if (!fs.lstatSync(from).isFile() || isFolder(to)) continue;
      fs.mkdirSync(path.dirname(to), { recursive: true });
      fs.copyFileSync(from, to);
    }
  }
}

const isFolder = (file: string): boolean =>
  fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Every file below a folder. */
export const filesBelow = (root: string): readonly string[] =>
  fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(root, name))
    .filter((file) => fs.statSync(file).isFile());
