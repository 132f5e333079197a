import type { Store } from '../engine/ports.ts';
import { findAccounts } from './msmtp-family.ts';

/** msmtp, which sends mail for mutt, cron and git; it runs once per message, so nothing has to be closed. */
export const msmtp: Store = {
  id: 'msmtp',
  name: 'msmtp',
  platforms: ['linux', 'darwin'],
  find: (machine) =>
    findAccounts(machine, {
      id: 'msmtp',
      protocol: 'smtp',
      port: 25,
      tlsPort: 465,
      authByDefault: false,
      implicitAccount: true,
    }),
};
