import { join } from 'node:path';
import type { Entry, Trouble } from '../../shared/model.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { loginsOf, type MuttLogin } from './mutt-logins.ts';
import { isNeoMutts, whereabouts } from './mutt-passwords.ts';
import { interpret } from './mutt-scenes.ts';

const ID = 'mutt';

/** mutt and NeoMutt, which read their files when they start; what runs keeps the password it read. */
export const mutt: Store = {
  id: ID,
  name: 'mutt and NeoMutt',
  platforms: ['linux', 'darwin'],
  async *find(machine) {
    for (const path of configPaths(machine)) yield* findIn(machine, path);
  },
};

/** The first file that exists, for each of the two programs (`main` in NeoMutt's main.c and mutt's init.c). */
function configPaths(machine: Reader): ReadonlySet<string> {
  const { home } = machine;
  const xdg = machine.env('XDG_CONFIG_HOME') || join(home, '.config');
  const folders = [join(xdg, 'neomutt'), join(xdg, 'mutt'), join(home, '.neomutt'), join(home, '.mutt')];
  const forNeoMutt = [
    ...folders.flatMap((folder) => [join(folder, 'neomuttrc'), join(folder, 'muttrc')]),
    join(home, '.neomuttrc'),
    join(home, '.muttrc'),
  ];
  const forMutt = [join(home, '.muttrc'), join(home, '.mutt', 'muttrc'), join(xdg, 'mutt', 'muttrc')];
  const first = (paths: readonly string[]): readonly string[] =>
    paths.filter((path) => machine.kindOf(path) === 'file').slice(0, 1);
  return new Set([...first(forNeoMutt), ...first(forMutt)]);
}

async function* findIn(machine: Reader, path: string): AsyncGenerator<Entry | Trouble, void> {
  const { scenes, problems } = interpret(machine, path);
  for (const problem of problems) yield { store: ID, problem };
  const program = isNeoMutts(path) ? 'NeoMutt' : 'mutt';
  const seen = new Set<string>();
  for (const login of loginsOf(scenes)) {
    if ('problem' in login) yield { store: ID, problem: login.problem };
    else
      for (const where of await whereabouts(machine, login, path)) {
        const entry = { ...entryOf(login, program), ...where };
        const name = JSON.stringify({ ...entry, client: '' });
        if (!seen.has(name)) yield entry;
        seen.add(name);
      }
  }
}

function entryOf({ scene, protocol, user, host, port, tls, oauth, from }: MuttLogin, program: string) {
  return {
    store: ID,
    client: scene.hook === '' ? program : `${program} (${scene.hook})`,
    protocols: [protocol],
    login: user,
    host,
    ...(host === '' ? {} : { port, tls }),
    ...(from === undefined ? {} : { addresses: [from] }),
    auth: oauth ? 'oauth' : 'password',
  } as const;
}
