import { join } from 'node:path';
import type { Entry, Trouble } from '../../shared/model.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { type MailspringLogin, mailspringLogins } from '../formats/mailspring-accounts.ts';
import { configFolders } from './config-folders.ts';
import { toldEntry } from './told.ts';

const ID = 'mailspring';

/** Mailspring, which seals its passwords with a key that only a program of its name is given: told, with the steps. */
export const mailspring: Store = {
  id: ID,
  name: 'Mailspring',
  platforms: ['linux'],
  // An async generator because the port says so: reading is synchronous.
  async *find(machine) {
    for (const folder of foldersOf(machine)) yield* findIn(machine, join(folder, 'config.json'));
  },
};

/** Its own folder, the Flatpak's and the snap's (`setupConfigDir` in app/src/browser/main.js). */
const foldersOf = (machine: Reader): readonly string[] => [
  ...configFolders(machine, 'Mailspring', 'com.getmailspring.Mailspring').map(({ path }) => path),
  join(machine.home, 'snap', 'mailspring', 'common'),
];

function* findIn(machine: Reader, path: string): Generator<Entry | Trouble> {
  const bytes = machine.read(path);
  if (!bytes.ok) return yield { store: ID, problem: bytes.problem };
  if (!bytes.value) return;
  const logins = mailspringLogins(bytes.value);
  if (!logins.ok) return yield { store: ID, problem: { ...logins.problem, subject: path } };
  for (const login of logins.value) yield entryOf(path, login);
}

function entryOf(path: string, { protocol, label, ...login }: MailspringLogin): Entry {
  const { login: name, host } = login;
  const { problem, guide, ...told } = toldEntry({
    store: ID,
    program: 'Mailspring',
    name: label,
    path,
    login: name,
    host,
    guide: 'mailspring',
    protocols: [protocol],
  });
  return {
    ...told,
    slot: { protocol, host, login: name },
    ...login,
    ...(login.auth === 'password' && problem && guide ? { problem, guide } : {}),
  };
}
