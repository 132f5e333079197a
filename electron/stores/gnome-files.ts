import type { Entry, Protocol } from '../../shared/model.ts';
import type { KeyringItem, Store } from '../engine/ports.ts';
import { domainLogin } from './domain-login.ts';
import { keyringPlace } from './keyring-place.ts';

const ID = 'gnome-files';

/**
 * The passwords of servers that the desktop's file manager was connected to: items of libsecret's network schema with
 * the attributes that gvfs gives them (daemon/gvfskeyring.c). Those of mail programs have other protocols.
 */
export const gnomeFiles: Store = {
  id: ID,
  name: 'GNOME Files and other programs that use gvfs',
  platforms: ['linux'],

  async *find(machine) {
    if (machine.confined) return;
    const items = await machine.keyring({ 'xdg:schema': 'org.gnome.keyring.NetworkPassword' });
    if (!items.ok) return;
    for (const item of items.value) {
      const share = shareOf(item);
      if (!share) continue;
      yield {
        store: ID,
        client: `GNOME Files (${share.name})`,
        place: await keyringPlace(machine, item),
        slot: {},
        lens: 'whole',
        protocols: [share.protocol],
        login: share.login,
        host: share.host,
        ...(share.port === undefined ? {} : { port: share.port }),
        network: true,
        auth: 'password',
        ...(item.locked ? { stored: 'unknown' } : {}),
        guide: 'network-folder',
      } satisfies Entry;
    }
  },
};

/** The word that a backend of gvfs stores, and what it stands for; `http` is WebDAV. */
const PROTOCOLS: ReadonlyMap<string, readonly [name: string, protocol: Protocol]> = new Map([
  ['smb', ['share', 'other']],
  ['sftp', ['SFTP', 'other']],
  ['ftp', ['FTP', 'other']],
  ['afp', ['AFP', 'other']],
  ['http', ['WebDAV', 'dav']],
]);

interface Share extends Pick<Entry, 'login' | 'host' | 'port'> {
  readonly name: string;
  readonly protocol: Protocol;
}

/** Undefined for what another program keeps there, and for the passphrase of a key. */
function shareOf({ attributes }: KeyringItem): Share | undefined {
  const { protocol = '', user = '', domain = '', server = '', authtype, port } = attributes;
  const known = PROTOCOLS.get(protocol);
  if (!known || user === '' || server === '' || authtype === 'publickey') return undefined;
  return {
    name: `${known[0]} on ${server}`,
    protocol: known[1],
    login: domainLogin(domain, user),
    host: server,
    ...(/^[1-9]\d{0,4}$/.test(port ?? '') ? { port: Number(port) } : {}),
  };
}
