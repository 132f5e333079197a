import type { Entry } from '../../shared/model.ts';
import { foldName, loginName } from './login-name.ts';
import { hostName } from './server-identity.ts';

/**
 * The mail address an entry stands for: of the addresses its client states, the one it signs in with, else the one
 * named like its user, else the first; without any, a login that is an address itself.
 */
export function ownAddress(entry: Entry): string | undefined {
  const login = loginName(entry.login);
  const full = login.suffix === undefined ? undefined : `${login.user}@${login.suffix}`;
  const stated = (entry.addresses ?? []).map(foldName).filter((address) => address !== '');
  return (
    stated.find((address) => address === full) ??
    stated.find((address) => loginName(address).user === login.user) ??
    stated[0] ??
    full
  );
}

/** The name an entry signs in with, as an address: the login where it is one, else `login@host`. */
export function signInAddress(entry: Entry): string {
  const { user, suffix } = loginName(entry.login);
  if (suffix !== undefined) return `${user}@${suffix}`;
  return [foldName(entry.login), hostName(entry.host)].filter((part) => part !== '').join('@');
}
