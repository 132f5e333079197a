import type { Certainty, Entry } from '../../shared/model.ts';
import type { Anchor } from './anchor.ts';
import { domainOf, isMail } from './anchor.ts';
import type { LoginName } from './login-name.ts';
import { loginName, mayBeSamePerson, sameCredential } from './login-name.ts';
import { hostName, isLoopback, sameHost, sameServer } from './server-identity.ts';
import { isPlainLoopback } from './tls-mode.ts';

/**
 * How sure it is that an entry holds the anchored account's password.
 * `certain`: the same login at the same server for mail; without a protocol, at one of the account's very hosts.
 * `probable`: a shorter spelling of the login on the same host, or the same login in the same domain for something
 * else (CalDAV, git, VPN). `unrelated`: the same full login anywhere else. Undefined: none of the account's business.
 * A network that the account's organisation may run is `probable` too, also where it does not say whose login it keeps.
 * What Rekey only tells of is `probable` or nothing: a browser knows the login of every shop.
 */
export function certaintyOf(entry: Entry, anchor: Anchor): Certainty | undefined {
  const login = loginName(entry.login);
  const hosts = hostsOf(login, anchor);
  if (entry.network && mayBeNetwork(entry, login, anchor)) return 'probable';
  if (isToldOnly(entry)) return mayBeCopy(entry, login, hosts, anchor) ? 'probable' : undefined;
  if (isCertain(entry, hosts)) return 'certain';
  if (isProbable(entry, hosts, anchor) || isShorter(entry, login, anchor)) return 'probable';
  const isFull = login.suffix !== undefined || login.domain !== undefined;
  return isFull && hosts.length > 0 ? 'unrelated' : undefined;
}

/** The account's hosts at which exactly this login is known. */
function hostsOf(login: LoginName, { names, signIns }: Anchor): readonly string[] {
  const isName = names.some((name) => sameCredential(name, login));
  return signIns.filter((each) => isName || sameCredential(each.login, login)).map((each) => each.host);
}

function isCertain(entry: Entry, hosts: readonly string[]): boolean {
  if (entry.protocols.length === 0) return hosts.some((host) => sameHost(host, entry.host));
  if (!isMail(entry) || hosts.length === 0) return false;
  if (isPlainLoopback(entry)) return true;
  if (entry.host === '') return hosts.every((host) => host === '');
  return hosts.some((host) => sameServer(host, entry.host));
}

/** The same login, where only the protocol or a server that was not stated leaves a doubt. */
function isProbable(entry: Entry, hosts: readonly string[], { address }: Anchor): boolean {
  if (hosts.length === 0) return false;
  if (entry.host === '') return isMail(entry);
  return sameServer(entry.host, domainOf(address)) || hosts.some((host) => sameServer(host, entry.host));
}

/** `DOMAIN\user` or `user` against `user@suffix`: a NetBIOS name cannot be derived from a DNS name. */
function isShorter(entry: Entry, login: LoginName, { names, signIns }: Anchor): boolean {
  const follows = isMail(entry) && isPlainLoopback(entry);
  return signIns.some(
    (each) =>
      [each.login, ...names].some((known) => mayBeSamePerson(known, login)) &&
      (follows || sameHost(each.host, entry.host)),
  );
}

/** A copy outside of the mail programs, which its owner changes by hand. A mail program's own is an entry like any other. */
export const isToldOnly = (entry: Entry): boolean => entry.problem?.kind === 'by-hand' && !isMail(entry);

/**
 * The full login in the account's domain or, where no server is stated (a Wi-Fi), anywhere; a shorter or unknown one
 * only where the account's mail is: at one of its servers, or at its webmail. What states neither because
 * it is sealed may hold anybody's.
 */
function mayBeCopy(entry: Entry, login: LoginName, hosts: readonly string[], anchor: Anchor): boolean {
  if (entry.login === '' && entry.host === '' && entry.stored === 'unknown') return true;
  if (hosts.length > 0 && (entry.host === '' || isProbable(entry, hosts, anchor))) return true;
  return mayBeOwn(entry, login, anchor) && isMailDoor(entry.host, anchor);
}

/** No other person's login, as far as it is known. */
function mayBeOwn(entry: Entry, login: LoginName, { names, signIns }: Anchor): boolean {
  const known = [...names, ...signIns.map((each) => each.login)];
  return entry.login === '' || known.some((name) => mayBeSamePerson(name, login));
}

/** In the account's own domain, or known on the spot alone: no server, one without a domain, an address. */
function mayBeNetwork(entry: Entry, login: LoginName, anchor: Anchor): boolean {
  if (!mayBeOwn(entry, login, anchor)) return false;
  const host = hostName(entry.host);
  if (!host.includes('.') || /^[\d.]+$/.test(host) || LOCAL.test(host)) return true;
  const homes = [domainOf(anchor.address), ...anchor.signIns.map((each) => each.host)];
  return homes.some((home) => sameServer(home, host));
}

/** Names that are of use in one network only (RFC 6762, RFC 8375, and what has become a custom). */
const LOCAL = /\.(?:local|lan|internal|home\.arpa)$/;

/** The names under which webmail is customarily found in a domain. */
const WEBMAIL = /^(?:mail|webmail|owa|outlook|autodiscover)\./;

function isMailDoor(host: string, { address, signIns }: Anchor): boolean {
  if (isLoopback(host)) return false;
  const servers = signIns.map((each) => each.host);
  if (servers.some((server) => sameHost(server, host))) return true;
  return (
    WEBMAIL.test(hostName(host)) && [domainOf(address), ...servers].some((each) => sameServer(each, host))
  );
}
