import { join } from 'node:path';
import type { Entry, Trouble } from '../../shared/model.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { gearyAccount, type GearyAccount, type GearyLogin } from '../formats/geary-accounts.ts';
import { readKeyFile } from '../formats/key-file.ts';
import { configFolders } from './config-folders.ts';
import { storedItems, type StoredItem, type WantedItem } from './stored-item.ts';

const ID = 'geary';
/** Its name on the session bus, its Flatpak's and its schema's. */
const PROGRAM = 'org.gnome.Geary';

/**
 * Geary: a folder per account with its servers, the passwords in the Secret Service under protocol, host and login
 * (src/client/application/secret-mediator.vala). Accounts of the desktop's settings have none of their own.
 */
export const geary: Store = {
  id: ID,
  name: 'Geary',
  platforms: ['linux'],

  async running(machine) {
    return (await machine.busNames()).includes(PROGRAM) ? { name: 'Geary' } : undefined;
  },

  async *find(machine) {
    for (const { path, sandboxed } of configFolders(machine, 'geary', PROGRAM)) {
      for (const name of machine.list(path).filter((each) => !each.startsWith('goa_'))) {
        yield* entriesIn(machine, join(path, name, 'geary.ini'), sandboxed);
      }
    }
  },
};

async function* entriesIn(
  machine: Reader,
  path: string,
  sandboxed: string | undefined,
): AsyncGenerator<Entry | Trouble, void> {
  const read = machine.read(path);
  if (!read.ok) return yield { store: ID, problem: read.problem };
  if (!read.value) return;
  const file = readKeyFile(read.value);
  if (!file.ok) return yield { store: ID, problem: { ...file.problem, subject: path } };
  const account = gearyAccount(file.value);
  if (!account.ok) return yield { store: ID, problem: { ...account.problem, subject: path } };
  if (!account.value) return;
  for (const service of account.value.services) {
    const login = loginOf(account.value, service);
    for (const item of await itemsOf(machine, service, sandboxed)) yield { ...login, ...item };
  }
}

/** The item that Geary looks for, else the one of Geary 0.11 and before, which it takes over when it meets it. */
async function itemsOf(
  machine: Reader,
  { passwordOf }: GearyLogin,
  sandboxed: string | undefined,
): Promise<readonly StoredItem[]> {
  const { protocol, host, login } = passwordOf;
  const attributes = { proto: protocol.toUpperCase(), host, login, 'xdg:schema': PROGRAM };
  const label = `Geary ${protocol.toUpperCase()} password`;
  const box = sandboxed === undefined ? {} : { sandboxed };
  const current = await storedItems(machine, wantedItem({ attributes, label, addable: true, ...box }));
  if (current.some(({ stored }) => stored !== 'missing')) return current;
  const user = `org.yorba.geary ${protocol}_username:${login}`;
  const legacy = { user, 'xdg:schema': 'org.gnome.keyring.NetworkPassword' };
  const old = await storedItems(machine, wantedItem({ attributes: legacy, label, addable: false }));
  return old.some(({ stored }) => stored !== 'missing') ? old : current;
}

/** Geary's lookup names all attributes, the schema too. */
const wantedItem = (item: Omit<WantedItem, 'lookup'>): WantedItem => ({
  ...item,
  lookup: item.attributes,
});

function loginOf({ name, addresses }: GearyAccount, service: GearyLogin): Omit<Entry, 'place'> {
  const { protocol, passwordOf: _passwordOf, ...server } = service;
  return {
    store: ID,
    client: `Geary (${name})`,
    slot: {},
    lens: 'whole',
    protocols: [protocol],
    ...server,
    ...(addresses.length === 0 ? {} : { addresses }),
    auth: 'password',
  };
}
