import { basename, join } from 'node:path';
import type { Entry } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { instanceOf, resourceLogins, type KdeLogin } from '../formats/akonadi-resources.ts';
import { readKConfig } from '../formats/kconfig.ts';
import { isKeptAt, restartAgent } from './akonadi.ts';
import { configHome } from './config-folders.ts';
import { keptBy, type Kept } from './kde-wallet.ts';

const ID = 'kmail';

/**
 * What KMail, KOrganizer and KAddressBook receive with: each account is a resource of Akonadi with a configuration file
 * of its own, its password an entry of the desktop's wallet that the file's name leads to.
 */
export const kmail: Store = {
  id: ID,
  name: 'KMail',
  platforms: ['linux'],

  async *find(machine) {
    for (const path of resources(machine)) {
      const logins = loginsIn(machine, path);
      if (!logins.ok) yield { store: ID, problem: logins.problem };
      else for (const login of logins.value) yield* entriesOf(machine, login);
    }
  },

  async after(machine, place, holds) {
    for (const path of resources(machine)) {
      const logins = loginsIn(machine, path);
      const instance = instanceOf(basename(path));
      if (!logins.ok || instance === undefined || !logins.value.some((login) => isKeptAt(place, login)))
        continue;
      const told = await restartAgent(machine, instance, holds);
      if (!told.ok) return told;
    }
    return ok(undefined);
  },
};

const resources = (machine: Reader): readonly string[] =>
  machine
    .list(configHome(machine))
    .filter((name) => instanceOf(name) !== undefined)
    .map((name) => join(configHome(machine), name));

function loginsIn(machine: Reader, path: string): Result<readonly KdeLogin[]> {
  const read = machine.read(path);
  if (!read.ok || !read.value) return read.ok ? ok([]) : read;
  const config = readKConfig(read.value);
  return config.ok ? ok(resourceLogins(basename(path), config.value)) : fail('unsupported', path);
}

async function* entriesOf(machine: Reader, login: KdeLogin): AsyncGenerator<Entry, void> {
  const addable = login.auth === 'password';
  for (const kept of await keptBy(machine, { ...login, addable })) yield entryOf(ID, login, kept);
}

/** A login of KDE's as an entry. */
export function entryOf(store: string, login: KdeLogin, kept: Kept): Entry {
  const { name, folder: _folder, entry: _entry, protocol, ...rest } = login;
  return { store, client: `KMail (${name || login.host})`, ...kept, protocols: [protocol], ...rest };
}
