import { join } from 'node:path';
import type { Entry, Protocol, Tls } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { splitHost } from '../formats/host-port.ts';
import { readKeyFile, type KeyFile } from '../formats/key-file.ts';
import { configHome } from './config-folders.ts';
import { storedItems, type StoredItem } from './stored-item.ts';

const ID = 'balsa';

/**
 * Balsa: servers in `config`, their user names in `config-private`, passwords in the Secret Service
 * (libbalsa/server.c). A Balsa that was built or told to do without keeps them, hardly disguised, in `config-private`
 * and writes that file when it ends; there Rekey leaves them to their owner.
 */
export const balsa: Store = {
  id: ID,
  name: 'Balsa',
  platforms: ['linux'],

  async running(machine) {
    return (await machine.busNames()).includes('org.desktop.Balsa') ? { name: 'Balsa' } : undefined;
  },

  async *find(machine) {
    for (const folder of [join(configHome(machine), 'balsa'), join(machine.home, '.balsa')]) {
      const paths = [join(folder, 'config'), join(folder, 'config-private')] as const;
      const [config, secrets] = paths.map((path) => keyFileAt(machine, path));
      if (!config?.file && !config?.trouble) continue;
      for (const each of [config, secrets]) if (each?.trouble) yield { store: ID, problem: each.trouble };
      const servers = config.file && secrets?.file ? serversIn(config.file, secrets.file) : [];
      for (const server of servers) {
        for (const item of await itemsOf(machine, server, paths[1])) yield { ...loginOf(server), ...item };
      }
      return;
    }
  },
};

function keyFileAt(machine: Reader, path: string) {
  const read = machine.read(path);
  if (!read.ok) return { trouble: read.problem };
  if (!read.value) return {};
  const file = readKeyFile(read.value);
  return file.ok ? { file: file.value } : { trouble: { ...file.problem, subject: path } };
}

interface Server {
  readonly name: string;
  readonly protocol: Extract<Protocol, 'imap' | 'pop3' | 'smtp'>;
  /** With its port, as the item names it. */
  readonly server: string;
  readonly user: string;
  readonly tls?: Tls;
  /** The password stands in `config-private`. */
  readonly disguised: boolean;
}

function serversIn(config: KeyFile, secrets: KeyFile): readonly Server[] {
  return config.groups.flatMap((group) => {
    const protocol = protocolOf(config, group);
    const host = config.text(group, 'Server') ?? '';
    const port = config.count(group, 'Port');
    const user = secrets.text(group, 'Username') ?? '';
    // AuthMode is a set of bits, of which 2 is the password (libnetclient/net-client.h).
    const byPassword = ((config.count(group, 'AuthMode') ?? 2) & 2) !== 0;
    if (!protocol || host === '' || user === '' || !byPassword) return [];
    if (!config.flag(group, 'RememberPasswd', false)) return [];
    const tls = SECURITY[config.count(group, 'Security') ?? 0];
    return [
      {
        name: config.text(group, 'Name') || group.slice(group.lastIndexOf('-') + 1),
        protocol,
        server: host.includes(':') || port === undefined ? host : `${host}:${port}`,
        user,
        ...(tls === undefined ? {} : { tls }),
        disguised: secrets.text(group, 'Password') !== undefined,
      },
    ];
  });
}

/** Groups are named by what they are, mailboxes say by `Type` how they are reached (src/save-restore.c). */
function protocolOf(config: KeyFile, group: string): Server['protocol'] | undefined {
  if (group.startsWith('smtp-server-')) return 'smtp';
  if (group.startsWith('folder-')) return 'imap';
  if (!group.startsWith('mailbox-')) return undefined;
  const type = config.text(group, 'Type');
  return type === 'LibBalsaMailboxPOP3' ? 'pop3' : type === 'LibBalsaMailboxImap' ? 'imap' : undefined;
}

/** `NetClientCryptMode` (libnetclient/net-client.h). */
const SECURITY: Readonly<Record<number, Tls>> = { 1: 'implicit', 2: 'starttls', 3: 'starttls', 4: 'none' };

async function itemsOf(
  machine: Reader,
  { protocol, server, user, disguised }: Server,
  secrets: string,
): Promise<readonly StoredItem[]> {
  const attributes = { protocol, server, user, 'xdg:schema': 'org.gnome.Balsa.NetworkPassword' };
  const wanted = { lookup: attributes, attributes, label: 'Balsa passwords', addable: false };
  const items = await storedItems(machine, wanted);
  if (!disguised || items.some(({ place }) => place.kind === 'secret-service' && place.collection))
    return items;
  return [{ place: { kind: 'file', path: secrets }, problem: problem('by-hand'), guide: 'asks-again' }];
}

const loginOf = ({ name, protocol, server, user, tls }: Server): Omit<Entry, 'place'> => ({
  store: ID,
  client: `Balsa (${name})`,
  slot: {},
  lens: 'whole',
  protocols: [protocol],
  login: user,
  ...splitHost(server),
  ...(tls === undefined ? {} : { tls }),
  auth: 'password',
});
