import type { Entry, Protocol } from '../../shared/model.ts';
import type { KeyringItem, Store } from '../engine/ports.ts';
import { domainLogin } from './domain-login.ts';
import { keyringPlace } from './keyring-place.ts';

const ID = 'network-passwords';
const SCHEMA = 'org.gnome.keyring.NetworkPassword';

/**
 * Passwords by protocol, server and user, as libsecret's `SECRET_SCHEMA_COMPAT_NETWORK` describes them: what the file
 * manager keeps of shares, and programs that came with the old GNOME keyring.
 */
export const networkPasswords: Store = {
  id: ID,
  name: 'Network passwords',
  platforms: ['linux'],

  async *find(machine) {
    const found = await machine.keyring({ 'xdg:schema': SCHEMA });
    if (!found.ok) return;
    for (const item of found.value) {
      const login = loginOf(item);
      if (login) yield { ...login, place: await keyringPlace(machine, item) };
    }
  },
};

/**
 * Undefined for an item that names no server: what only one program understands is that program's; and for the
 * passphrase of a key (`authtype` in gvfs, daemon/gvfsbackendsftp.c).
 */
function loginOf({ attributes, locked }: KeyringItem): Omit<Entry, 'place'> | undefined {
  const { user, server, domain = '', protocol = '', authtype } = attributes;
  if (!user || !server || authtype === 'publickey') return undefined;
  const mail = MAIL[protocol.toLowerCase()];
  const port = Number(attributes['port']);
  return {
    store: ID,
    client: `Network password (${protocol === '' ? server : `${protocol}://${server}`})`,
    slot: {},
    lens: 'whole',
    protocols: [mail ?? (DAV.has(protocol.toLowerCase()) ? 'dav' : 'other')],
    login: domainLogin(domain, user),
    host: server,
    ...(Number.isInteger(port) && port > 0 && port < 65_536 ? { port } : {}),
    auth: 'password',
    ...(mail ? {} : { network: true }),
    ...(FILE_MANAGER.has(protocol) ? { guide: 'network-folder' } : {}),
    ...(locked ? { stored: 'unknown' } : {}),
  };
}

const MAIL: Readonly<Record<string, Protocol>> = {
  imap: 'imap',
  imaps: 'imap',
  pop: 'pop3',
  pop3: 'pop3',
  pop3s: 'pop3',
  smtp: 'smtp',
  smtps: 'smtp',
};

const DAV: ReadonlySet<string> = new Set(['dav', 'davs', 'caldav', 'carddav', 'http', 'https']);

/** What the backends of gvfs store (`g_vfs_keyring_save_password` in daemon/); `http` is WebDAV there. */
const FILE_MANAGER: ReadonlySet<string> = new Set(['smb', 'sftp', 'ftp', 'afp', 'http']);
