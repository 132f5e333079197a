import { join } from 'node:path';
import type { Entry } from '../../shared/model.ts';
import { fail, ok } from '../../shared/problem.ts';
import type { Store } from '../engine/ports.ts';
import { readKeyFile } from '../formats/key-file.ts';
import { onlineAccounts, type Credential, type OnlineAccount } from '../formats/online-accounts.ts';
import { configHome } from './config-folders.ts';
import { storedItems } from './stored-item.ts';

const ID = 'online-accounts';
const NAME = 'GNOME Online Accounts';
const BUS_NAME = 'org.gnome.OnlineAccounts';

/**
 * The accounts of the desktop's settings, from which Evolution, Geary, Calendar and Files take theirs: one keyring
 * item per account, with a dictionary of passwords as its value (src/goabackend/goautils.c).
 */
export const onlineAccountsStore: Store = {
  id: ID,
  name: NAME,
  platforms: ['linux'],

  async *find(machine) {
    const path = join(configHome(machine), 'goa-1.0', 'accounts.conf');
    const read = machine.read(path);
    if (!read.ok) return yield { store: ID, problem: read.problem };
    if (!read.value) return;
    const file = readKeyFile(read.value);
    if (!file.ok) return yield { store: ID, problem: { ...file.problem, subject: path } };
    for (const account of onlineAccounts(file.value)) {
      for (const credential of account.credentials) {
        for (const item of await storedItems(machine, wantedItem(account, credential))) {
          if (credential.optional && item.stored === 'missing') continue;
          yield { ...entryOf(account, credential), ...item };
        }
      }
    }
  },

  /** The daemon keeps no password in memory, but signs in and takes back its notice that the old one failed. */
  async after(machine, place, holds) {
    const identity = place.kind === 'secret-service' ? place.attributes['goa-identity'] : undefined;
    const id = /:gen\d+:(\w+)$/.exec(identity ?? '')?.[1];
    if (id === undefined || holds === 'old' || !(await machine.busNames()).includes(BUS_NAME))
      return ok(undefined);
    const told = await machine.callBus({
      destination: BUS_NAME,
      path: `/org/gnome/OnlineAccounts/Accounts/${id}`,
      interface: 'org.gnome.OnlineAccounts.Account',
      member: 'EnsureCredentials',
    });
    return told.ok ? told : fail('refresh-failed', NAME, told.problem.detail);
  },
};

/** Never added: the service makes the item when the account is set up, with all that belongs into it. */
const wantedItem = ({ id, provider }: OnlineAccount, { identity }: Credential) => ({
  lookup: { 'goa-identity': identity },
  attributes: { 'goa-identity': identity, 'xdg:schema': 'org.gnome.OnlineAccounts' },
  label: `GOA ${provider} credentials for identity ${id}`,
  addable: false,
});

function entryOf({ name }: OnlineAccount, credential: Credential): Omit<Entry, 'place'> {
  const { identity: _identity, key, optional: _optional, ...login } = credential;
  return { store: ID, client: `${NAME} (${name})`, slot: { key }, lens: 'gvariant-dict', ...login };
}
