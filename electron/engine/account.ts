import type { Account, Entry } from '../../shared/model.ts';
import { addressOf } from './address.ts';
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
  for (const entry of mail) if (!grouped.has(entry)) placeStray(entry, groups);
  return groups.map(accountOf).sort((a, b) => compare(a.address, b.address));
}

function certainGroups(entries: readonly Entry[], mail: readonly Entry[]): Group[] {
  const groups: Group[] = [];
  const grouped = new Set<Entry>();
  for (const [address, own] of byAddress(mail)) {
    if (own.every((entry) => grouped.has(entry))) continue;
    const known = anchor(entries, address);
    const certain = entries.filter((entry) => certaintyOf(entry, known) === 'certain');
    if (certain.every((entry) => grouped.has(entry))) continue;
    groups.push({ anchor: known, entries: new Set(certain) });
    for (const entry of certain) grouped.add(entry);
  }
  return groups;
}

/** Mail entries by address: first the addresses that somebody signs in with, shared mailboxes last. */
function byAddress(mail: readonly Entry[]): readonly (readonly [string, readonly Entry[]])[] {
  const found = Map.groupBy(mail, addressOf);
  const rank = (address: string, own: readonly Entry[]): number => {
    const logins = own.map((entry) => loginName(entry.login));
    if (logins.some((login) => sameCredential(login, loginName(address)))) return 0;
    return logins.every((login) => login.mailbox !== undefined) ? 2 : 1;
  };
  return [...found].sort(([a, ofA], [b, ofB]) => rank(a, ofA) - rank(b, ofB) || compare(a, b));
}

function placeStray(entry: Entry, groups: Group[]): void {
  const address = addressOf(entry);
  const home =
    groups.find((group) => certaintyOf(entry, group.anchor) === 'probable') ??
    groups.find((group) => group.anchor.address === address);
  if (home === undefined) groups.push({ anchor: anchor([entry], address), entries: new Set([entry]) });
  else home.entries.add(entry);
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
