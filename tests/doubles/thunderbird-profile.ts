import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Tls } from '../../shared/model.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { mozillaLogins } from '../../electron/formats/mozilla-logins.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { readKeys } from '../../electron/stores/thunderbird-key.ts';

/** One server of an account; servers with one address share an identity. */
export interface ProfileAccount {
  readonly protocol: 'imap' | 'smtp' | 'pop3' | 'ews';
  readonly host: string;
  readonly port: number;
  readonly tls: Tls;
  readonly login: string;
  readonly address: string;
  /** nsMsgAuthMethod; 3, a plain password, if left out. */
  readonly authMethod?: number;
  /** Absent: configured, but no password is stored. */
  readonly password?: string;
}

export interface ProfilePlan {
  readonly name: string;
  readonly accounts: readonly ProfileAccount[];
  readonly now?: Date;
}

/** A key database that the real NSS made, with an AES key and no primary password. */
const KEY_DB = path.join(
  import.meta.dirname,
  '../stores/thunderbird/imap-smtp-aes/home/.thunderbird/abcd1234.default-default/key4.db',
);

/** Makes a Thunderbird profile below a home and lists it in profiles.ini; returns its folder. */
export function makeThunderbirdProfile(home: string, plan: ProfilePlan): string {
  const root = path.join(home, '.thunderbird');
  const salt = createHash('sha256').update(plan.name).digest('hex').slice(0, 8);
  const folder = path.join(root, `${salt}.${plan.name}`);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  listProfile(root, path.basename(folder), plan.name);
  fs.writeFileSync(path.join(folder, 'prefs.js'), prefsOf(plan.accounts));
  fs.copyFileSync(KEY_DB, path.join(folder, 'key4.db'));
  fs.chmodSync(path.join(folder, 'key4.db'), 0o600);
  storePasswords(home, folder, plan);
  return folder;
}

function listProfile(root: string, folder: string, name: string): void {
  const ini = path.join(root, 'profiles.ini');
  const before = fs.existsSync(ini)
    ? fs.readFileSync(ini, 'utf8')
    : `[General]\nStartWithLastProfile=1\nVersion=2\n`;
  const count = before.match(/^\[Profile/gm)?.length ?? 0;
  fs.writeFileSync(ini, `${before}\n[Profile${count}]\nName=${name}\nIsRelative=1\nPath=${folder}\n`);
}

/** Schemes of stored logins: POP3 goes by its local store type. */
const SCHEMES = { imap: 'imap', pop3: 'mailbox', smtp: 'smtp', ews: 'ews' } as const;

function storePasswords(home: string, folder: string, { accounts, now }: ProfilePlan): void {
  const keys = readKeys(openMachine({ home, confined: true, environment: {} }), folder);
  if (!keys.ok) throw new Error(keys.problem.kind);
  const file = path.join(folder, 'logins.json');
  for (const { protocol, host, login, password } of accounts) {
    if (password === undefined) continue;
    const before = fs.existsSync(file) ? fs.readFileSync(file) : undefined;
    const slot = { origin: `${SCHEMES[protocol]}://${host}`, username: login };
    using secret = Secret.fromText(password);
    const written = mozillaLogins.put(before, slot, secret, {
      key: keys.value,
      now: now ?? new Date(),
      random: randomBytes,
    });
    if (!written.ok) throw new Error(written.problem.kind);
    fs.writeFileSync(file, written.value, { mode: 0o600 });
  }
  keys.value.dispose();
}

const SOCKETS: Readonly<Record<Tls, number>> = { none: 0, starttls: 2, implicit: 3 };

function prefsOf(accounts: readonly ProfileAccount[]): string {
  const addresses = [...new Set(accounts.map(({ address }) => address))];
  const incoming = accounts.filter(({ protocol }) => protocol !== 'smtp');
  const outgoing = accounts.filter(({ protocol }) => protocol === 'smtp');
  const senders = addresses.filter((address) => !incoming.some((account) => account.address === address));
  const prefs: Record<string, string | number | boolean> = {
    'mail.accountmanager.accounts': [...incoming, 'local'].map((_, index) => `account${index + 1}`).join(','),
    'mail.smtpservers': outgoing.map((_, index) => `smtp${index + 1}`).join(','),
    ...localFolders(incoming.length + 1, senders.map((address) => identityOf(addresses, address)).join(',')),
  };
  addresses.forEach((address) => {
    const server = outgoing.findIndex((account) => account.address === address);
    const key = identityOf(addresses, address);
    prefs[`mail.identity.${key}.useremail`] = address;
    prefs[`mail.identity.${key}.valid`] = true;
    if (server >= 0) prefs[`mail.identity.${key}.smtpServer`] = `smtp${server + 1}`;
  });
  incoming.forEach((account, index) => {
    prefs[`mail.account.account${index + 1}.server`] = `server${index + 1}`;
    prefs[`mail.account.account${index + 1}.identities`] = identityOf(addresses, account.address);
    Object.assign(prefs, incomingPrefs(`mail.server.server${index + 1}.`, account));
  });
  outgoing.forEach((account, index) => {
    Object.assign(prefs, outgoingPrefs(`mail.smtpserver.smtp${index + 1}.`, account));
  });
  const lines = Object.entries(prefs).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  return `// Mozilla User Preferences\n\n${lines.join('')}`;
}

const identityOf = (addresses: readonly string[], address: string): string =>
  `id${addresses.indexOf(address) + 1}`;

function localFolders(number: number, identities: string): Record<string, string> {
  return {
    [`mail.account.account${number}.server`]: `server${number}`,
    [`mail.account.account${number}.identities`]: identities,
    [`mail.server.server${number}.type`]: 'none',
    [`mail.server.server${number}.hostname`]: 'Local Folders',
    [`mail.server.server${number}.userName`]: 'nobody',
    'mail.accountmanager.localfoldersserver': `server${number}`,
  };
}

function incomingPrefs(branch: string, account: ProfileAccount): Record<string, string | number> {
  const { protocol, host, port, tls, login, address, authMethod = 3 } = account;
  const scheme = tls === 'implicit' ? 'https' : 'http';
  return {
    [`${branch}type`]: protocol,
    [`${branch}hostname`]: host,
    [`${branch}port`]: port,
    [`${branch}socketType`]: SOCKETS[tls],
    [`${branch}userName`]: login,
    [`${branch}name`]: address,
    [`${branch}authMethod`]: authMethod,
    ...(protocol === 'ews' ? { [`${branch}ews_url`]: `${scheme}://${host}:${port}/EWS/Exchange.asmx` } : {}),
  };
}

function outgoingPrefs(branch: string, account: ProfileAccount): Record<string, string | number> {
  const { host, port, tls, login, authMethod = 3 } = account;
  return {
    [`${branch}type`]: 'smtp',
    [`${branch}hostname`]: host,
    [`${branch}port`]: port,
    [`${branch}try_ssl`]: SOCKETS[tls],
    [`${branch}username`]: login,
    [`${branch}authMethod`]: authMethod,
  };
}
