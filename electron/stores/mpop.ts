import type { Store } from '../engine/ports.ts';
import { findAccounts } from './msmtp-family.ts';

/** mpop, msmtp's sibling that fetches mail by POP3. */
export const mpop: Store = {
  id: 'mpop',
  name: 'mpop',
  platforms: ['linux', 'darwin'],
  find: (machine) =>
    findAccounts(machine, {
      id: 'mpop',
      protocol: 'pop3',
      port: 110,
      tlsPort: 995,
      authByDefault: true,
      implicitAccount: false,
    }),
};
