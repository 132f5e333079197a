import type { Entry, Protocol } from '../../shared/model.ts';
import { MAIL_PROTOCOLS } from '../../shared/model.ts';
import { ownAddress, signInAddress } from './address.ts';
import type { LoginName } from './login-name.ts';
import { foldName, loginName, sameCredential } from './login-name.ts';
import { hostName, sameHost, sameServer } from './server-identity.ts';
import { isPlainLoopback } from './tls-mode.ts';

/** One login at one server, the host in its one spelling; empty where the client states none. */
export interface SignIn {
  readonly login: LoginName;
  readonly host: string;
}

/** What is known of one account: everything else is measured against it. */
export interface Anchor {
  readonly address: string;
  /** Spellings that hold at every server of the account: its address, and what the user named. */
  readonly names: readonly LoginName[];
  /** Empty when no mail client here knows the address. */
  readonly signIns: readonly SignIn[];
}

const READING: readonly Protocol[] = ['imap', 'pop3', 'ews', 'activesync'];

export const isMail = (entry: Entry): boolean =>
  entry.protocols.some((each) => MAIL_PROTOCOLS.includes(each));

const reads = (entry: Entry): boolean => entry.protocols.some((each) => READING.includes(each));

/**
 * The logins and servers of `address`, from the mail clients whose login or identity it is; `name` adds the spelling
 * of `--login`. A client that only sends, or that signs in elsewhere and merely writes under this address, does not
 * make its server one of the account's.
 */
export function anchor(entries: readonly Entry[], address: string, name?: string): Anchor {
  const mail = entries.filter((entry) => isMail(entry) && entry.login.trim() !== '');
  const named = name === undefined ? [] : [loginName(name)];
  const own = tiedTo(mail, address, named[0]);
  const tied = own.length > 0 ? own : mail.filter((entry) => signInAddress(entry) === foldName(address));
  return {
    address: foldName(address),
    names: own.length > 0 ? [loginName(address), ...named] : named,
    signIns: signInsOf(atHome(tied, address)),
  };
}

function signInsOf(entries: readonly Entry[]): readonly SignIn[] {
  const distinct = new Map<string, SignIn>();
  for (const { login, host } of entries) {
    distinct.set(`${foldName(login)}\n${hostName(host)}`, { login: loginName(login), host: hostName(host) });
  }
  return [...distinct.values()];
}

/** The strongest tie that anybody has decides: the login, then the main identity, then any further identity. */
function tiedTo(mail: readonly Entry[], address: string, name: LoginName | undefined): readonly Entry[] {
  const wanted = foldName(address);
  const identified = mail.filter((entry) => ownAddress(entry) === wanted);
  const signedIn = [loginName(address), name]
    .map((login) =>
      mail.filter((entry) => login !== undefined && sameCredential(loginName(entry.login), login)),
    )
    .find((found) => found.length > 0);
  if (signedIn !== undefined)
    return [...signedIn, ...identified.filter((entry) => isAliasOf(entry, signedIn))];
  if (identified.length > 0) return identified;
  return mail.filter(
    (entry) => entry.addresses?.some((each) => foldName(each) === wanted) && couldBe(entry, wanted),
  );
}

/** `DOMAIN\user` or `user` under the same identity at the same server; another full address is another person. */
function isAliasOf(entry: Entry, signedIn: readonly Entry[]): boolean {
  if (signedIn.includes(entry) || loginName(entry.login).suffix !== undefined) return false;
  return signedIn.some((each) => sameServer(each.host, entry.host));
}

/** A mailbox may send under other addresses; only those of its own domain are taken for the same mailbox. */
function couldBe(entry: Entry, address: string): boolean {
  const { suffix } = loginName(entry.login);
  return suffix === undefined || sameServer(suffix, domainOf(address));
}

/** The tied entries at the account's own servers: where mail is read, and what sends from there. */
function atHome(tied: readonly Entry[], address: string): readonly Entry[] {
  const domain = domainOf(address);
  const open = tied.filter((entry) => entry.host !== '' && !isPlainLoopback(entry));
  if (open.length === 0) return tied;
  const readers = open.filter(reads);
  if (readers.length === 0)
    return [...nearest(open, domain), ...tied.filter((entry) => !open.includes(entry))];
  const homes = nearest(readers, domain);
  const isHome = ({ host }: Entry): boolean =>
    homes.some((home) => sameHost(home.host, host)) ||
    sameServer(host, domain) ||
    homes.some((home) => sameServer(home.host, host));
  return tied.filter(
    (entry) => !open.includes(entry) || homes.includes(entry) || (!reads(entry) && isHome(entry)),
  );
}

/**
 * Servers under the address's own domain where there are any, else all. One server only is both, which spares most
 * homes the Public Suffix List.
 */
function nearest(entries: readonly Entry[], domain: string): readonly Entry[] {
  const [first] = entries;
  if (first && entries.every(({ host }) => sameHost(host, first.host))) return entries;
  const near = entries.filter((entry) => sameServer(entry.host, domain));
  return near.length > 0 ? near : entries;
}

/**
 * One text per credential, whichever of its addresses was asked for: what rejected attempts are counted under. A
 * login that is no address needs its server beside it; without any known sign-in the address itself serves.
 */
export function identityOf({ address, signIns }: Anchor): string {
  const texts = signIns.map(({ login, host }) => {
    const { domain, user, suffix } = login;
    return `${domain === undefined ? '' : `${domain}\\`}${user}@${suffix ?? host}`;
  });
  return texts.toSorted()[0] ?? address;
}

/** What follows the `@`; empty for a text that is no address. */
export function domainOf(address: string): string {
  return loginName(address).suffix ?? '';
}
