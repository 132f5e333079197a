import { domainOf, type Anchor } from './anchor.ts';
import { loginName } from './login-name.ts';
import { hostName, registrableDomain } from './server-identity.ts';

/** Whose attempts are counted together: one person at one mail provider, however client and server spell them. */
export function identityOf({ address, signIns }: Anchor): string {
  const host = hostName(signIns.find((each) => each.host !== '')?.host ?? domainOf(address));
  return `${registrableDomain(host) ?? host}|${loginName(address).user}`;
}
