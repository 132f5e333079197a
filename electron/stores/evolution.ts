import { basename, join } from 'node:path';
import type { Entry, Trouble } from '../../shared/model.ts';
import { fail, ok } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import * as evolution from '../formats/evolution-sources.ts';
import type { EvolutionLogin, Source, Sources } from '../formats/evolution-sources.ts';
import { readKeyFile } from '../formats/key-file.ts';
import { configFolders, type ConfigFolder } from './config-folders.ts';
import { storedItems, type StoredItem, type WantedItem } from './stored-item.ts';

const ID = 'evolution';
/** Its name on the session bus, and its Flatpak's. */
const PROGRAM = 'org.gnome.Evolution';
const SUFFIX = '.source';
/** The services of the data server; the number grows with its releases. */
const SERVICE = /^org\.gnome\.evolution\.dataserver\.(?:Calendar|AddressBook)\d+$/;

/**
 * Evolution, and what else uses its data server (GNOME Calendar, Contacts): each source is a file without secrets,
 * its password an item of the Secret Service under the source's uid (src/libedataserver/e-secret-store.c).
 */
export const evolutionStore: Store = {
  id: ID,
  name: 'Evolution',
  platforms: ['linux'],

  async running(machine) {
    return (await machine.busNames()).includes(PROGRAM) ? { name: 'Evolution' } : undefined;
  },

  /** Calendars and contacts are signed in to by services that outlive every window. */
  async after(machine, place) {
    const uid = place.kind === 'secret-service' ? place.attributes['e-source-uid'] : undefined;
    const serves = (await machine.busNames()).some((name) => SERVICE.test(name));
    return uid !== undefined && serves && (await isServed(machine, uid))
      ? fail('service-running', 'Evolution Data Server')
      : ok(undefined);
  },

  async *find(machine) {
    for (const folder of configFolders(machine, 'evolution', PROGRAM)) {
      const { sources, troubles } = readSources(machine, join(folder.path, 'sources'));
      yield* troubles;
      for (const source of sources.values()) yield* entriesOf(machine, source, sources, folder);
    }
  },
};

/** Whether calendars or contacts are read with the password of this source. */
async function isServed(machine: Reader, uid: string): Promise<boolean> {
  for await (const entry of evolutionStore.find(machine)) {
    if (!('place' in entry) || entry.place.kind !== 'secret-service') continue;
    if (entry.place.attributes['e-source-uid'] !== uid) continue;
    if (entry.protocols.some((protocol) => protocol === 'dav' || protocol === 'ews' || protocol === 'other'))
      return true;
  }
  return false;
}

function readSources(machine: Reader, folder: string): { sources: Sources; troubles: readonly Trouble[] } {
  const sources = new Map<string, Source>();
  const troubles: Trouble[] = [];
  for (const name of machine.list(folder).filter((each) => each.endsWith(SUFFIX))) {
    const path = join(folder, name);
    const read = machine.read(path);
    if (read.ok && !read.value) continue;
    const file = read.ok && read.value ? readKeyFile(read.value) : read;
    if (!file.ok) troubles.push({ store: ID, problem: { ...file.problem, subject: path } });
    else if (file.value && 'groups' in file.value)
      sources.set(basename(name, SUFFIX), { uid: basename(name, SUFFIX), file: file.value });
  }
  return { sources, troubles };
}

async function* entriesOf(
  machine: Reader,
  source: Source,
  sources: Sources,
  { sandboxed }: ConfigFolder,
): AsyncGenerator<Entry, void> {
  const service = evolution.serviceOf(source);
  const chain = [source, ...evolution.ancestry(source, sources).slice(1)] as const;
  if (!service || evolution.isKeptElsewhere(chain)) return;
  const holders = evolution.credentialSources(chain);
  const login = loginOf(service, holders[0], sources);
  if (!login) return;
  const items = await Promise.all(
    holders.map((holder) => storedItems(machine, wantedItem(holder, login, holders.length === 1, sandboxed))),
  );
  for (const item of itemsOf(items)) yield { ...login, ...item };
}

/** Where two sources may keep it, what is there counts; where nothing is, one that is missing is enough. */
const itemsOf = (all: readonly (readonly StoredItem[])[]): readonly StoredItem[] => {
  const found = all.flat().filter(({ stored }) => stored !== 'missing');
  return found.length > 0 ? found : (all[0] ?? []);
};

const wantedItem = (
  holder: Source,
  { auth }: Login,
  certain: boolean,
  sandboxed: string | undefined,
): WantedItem => ({
  lookup: { 'e-source-uid': holder.uid },
  attributes: {
    'e-source-uid': holder.uid,
    'eds-origin': 'evolution-data-server',
    'xdg:schema': 'org.gnome.Evolution.Data.Source',
  },
  label: labelOf(holder),
  addable: certain && auth === 'password' && holder.file.flag('Authentication', 'RememberPassword', true),
  ...(sandboxed === undefined ? {} : { sandboxed }),
});

type Login = Omit<Entry, keyof StoredItem>;

/** Undefined where nobody logs in with a password or a token. */
function loginOf(service: EvolutionLogin, holder: Source, sources: Sources): Login | undefined {
  const { source, protocol } = service;
  const login = evolution.loginText(source, holder, 'User');
  const host = evolution.hostOf(source, holder);
  const auth = evolution.authOf(service, holder);
  if (!auth || login === '' || host === '') return undefined;
  const port = source.file.count('Authentication', 'Port');
  const tls = evolution.tlsOf(source);
  const addresses = evolution.addressesOf(source, sources);
  return {
    store: ID,
    client: `Evolution (${nameOf(source)})`,
    slot: {},
    lens: 'whole',
    protocols: [protocol],
    login,
    host,
    ...(port === undefined || port > 65_535 ? {} : { port }),
    ...(tls === undefined ? {} : { tls }),
    ...(addresses.length === 0 ? {} : { addresses }),
    auth,
  };
}

const nameOf = ({ uid, file }: Source): string => file.text('Data Source', 'DisplayName') || uid;

/** As `e_source_dup_secret_label` words it (src/libedataserver/e-source.c), the blank at its end included. */
function labelOf(holder: Source): string {
  const service = evolution.serviceOf(holder);
  const kind = service ? ` (${service.type} - ${service.backend}) ` : '';
  return `Evolution Data Source "${nameOf(holder)}"${kind}`;
}
