/**
 * A login name taken apart: `suffix` is what follows the `@`, `domain` a NetBIOS name in front of the user,
 * `mailbox` another mailbox that the same person opens (Exchange: `DOMAIN\user\alias`).
 */
export interface LoginName {
  readonly user: string;
  readonly suffix?: string;
  readonly domain?: string;
  readonly mailbox?: string;
}

/**
 * Takes a login in any of Exchange's spellings: `user`, `user@suffix`, `DOMAIN\user`, `DOMAIN\user\alias`,
 * `user@suffix\alias`, each also with `/`. Trimmed, lower case, NFC. A spelling of another shape is one user name.
 */
export function loginName(text: string): LoginName {
  const name = foldName(text);
  if (!/[\\/]/.test(name)) return withSuffix(name);
  const parts = name.split(/[\\/]/);
  const [first = '', second = '', third] = parts;
  if (parts.includes('') || parts.length > 3) return { user: name };
  if (third !== undefined) return { ...withSuffix(second), domain: first, mailbox: third };
  return first.includes('@')
    ? { ...withSuffix(first), mailbox: second }
    : { ...withSuffix(second), domain: first };
}

/** A name or address as it is compared: trimmed, lower case, NFC. */
export function foldName(text: string): string {
  return text.toLowerCase().normalize('NFC').trim();
}

function withSuffix(text: string): LoginName {
  const at = text.lastIndexOf('@');
  if (at <= 0 || at === text.length - 1) return { user: text };
  return { user: text.slice(0, at), suffix: text.slice(at + 1) };
}

/** True when both names sign in as the same person; the mailbox that is opened may differ. */
export function sameCredential(a: LoginName, b: LoginName): boolean {
  return a.user !== '' && a.user === b.user && a.suffix === b.suffix && a.domain === b.domain;
}

/**
 * True when two different spellings may be one person on one server: the same user, where at least one side leaves
 * out its suffix (`DOMAIN\user` or `user` against `user@suffix`) and the two do not contradict each other.
 */
export function mayBeSamePerson(a: LoginName, b: LoginName): boolean {
  if (a.user === '' || a.user !== b.user) return false;
  const contradict = (x?: string, y?: string): boolean => x !== undefined && y !== undefined && x !== y;
  return !contradict(a.suffix, b.suffix) && !contradict(a.domain, b.domain);
}
