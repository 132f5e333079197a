import type { Account, Entry } from '../../shared/model.ts';
import { ownAddress, signInAddress } from './address.ts';
import type { Anchor } from './anchor.ts';
import { anchor, isMail } from './anchor.ts';
import { certaintyOf } from './certainty.ts';
import { loginName, sameCredential } from './login-name.ts';

export { anchor, identityOf, type Anchor, type SignIn } from './anchor.ts';
export { certaintyOf } from './certainty.ts';

interface Group {
  readonly anchor: Anchor;
  readonly entries: Set<Entry>;
}

/**
 * The accounts that the mail clients know, by address. Each holds the entries that are certainly its own, in the
 * order given, and then those mail entries that are certain for no account and fit this one best. An entry that is
 * certain for several accounts is in each; every mail entry with a login is in one at least.
 */
export function accounts(entries: readonly Entry[]): readonly Account[] {
  const mail = entries.filter((entry) => isMail(entry) && entry.login.trim() !== '');
  const groups = certainGroups(entries, mail);
  const grouped = new Set(groups.flatMap((group) => [...group.entries]));
  const strays = mail.filter((entry) => !grouped.has(entry) && !joinsProbable(entry, groups));
  for (const [address, own] of Map.groupBy(strays, signInAddress)) placeStrays(address, own, entries, groups);
  return groups.map(accountOf).sort((a, b) => compare(a.address, b.address));
}

function certainGroups(entries: readonly Entry[], mail: readonly Entry[]): Group[] {
  const groups: Group[] = [];
  const grouped = new Set<Entry>();
  for (const [address, own] of byAddress(mail)) {
    if (own.every((entry) => grouped.has(entry))) continue;
    const group = groupOf(address, entries);
    if ([...group.entries].every((entry) => grouped.has(entry))) continue;
    groups.push(group);
    for (const entry of group.entries) grouped.add(entry);
  }
  return groups;
}

function groupOf(address: string, entries: readonly Entry[]): Group {
  const known = anchor(entries, address);
  return {
    anchor: known,
    entries: new Set(entries.filter((entry) => certaintyOf(entry, known) === 'certain')),
  };
}

/** Mail entries by address: first the addresses that somebody signs in with, shared mailboxes last. */
function byAddress(mail: readonly Entry[]): readonly (readonly [string, readonly Entry[]])[] {
  const found = Map.groupBy(
    mail.filter((entry) => ownAddress(entry) !== undefined),
    (entry) => ownAddress(entry) ?? '',
  );
  const rank = (address: string, own: readonly Entry[]): number => {
    const logins = own.map((entry) => loginName(entry.login));
    if (logins.some((login) => sameCredential(login, loginName(address)))) return 0;
    return logins.every((login) => login.mailbox !== undefined) ? 2 : 1;
  };
  return [...found].sort(([a, ofA], [b, ofB]) => rank(a, ofA) - rank(b, ofB) || compare(a, b));
}

function joinsProbable(entry: Entry, groups: readonly Group[]): boolean {
  const home = groups.find((group) => certaintyOf(entry, group.anchor) === 'probable');
  home?.entries.add(entry);
  return home !== undefined;
}

/** What nobody else vouches for is listed under the name it signs in with. */
function placeStrays(
  address: string,
  own: readonly Entry[],
  entries: readonly Entry[],
  groups: Group[],
): void {
  let home = groups.find((group) => group.anchor.address === address);
  if (home === undefined) groups.push((home = groupOf(address, entries)));
  for (const entry of own) home.entries.add(entry);
}

function accountOf(group: Group): Account {
  const entries = [...group.entries];
  return {
    address: group.anchor.address,
    logins: [...new Set(entries.map((entry) => entry.login))],
    entries,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
