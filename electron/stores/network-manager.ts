import { join } from 'node:path';
import type { Entry } from '../../shared/model.ts';
import { ok } from '../../shared/problem.ts';
import type { KeyringItem, Reader, Store } from '../engine/ports.ts';
import { readKeyFile } from '../formats/key-file.ts';
import {
  networkProfile,
  VPN_PASSWORDS,
  type NetworkLogin,
  type NetworkProfile,
} from '../formats/network-profiles.ts';
import { keyringPlace } from './keyring-place.ts';

const ID = 'network-manager';
const NAME = 'NetworkManager';
/** Below are the profiles; only root can read them (NetworkManager's keyfile plugin). */
const FOLDER = '/etc/NetworkManager/system-connections';
/** The items of nm-applet, GNOME Shell and Cinnamon (src/applet-agent.c in network-manager-applet). */
const SCHEMA = 'org.freedesktop.NetworkManager.Connection';

/**
 * The passwords with which people log in to a Wi-Fi, a wired network (802.1X) or a VPN: in the keyring, and in the
 * profiles where those can be read. An item of a profile that cannot be read does not say whose password it is.
 */
export const networkManager: Store = {
  id: ID,
  name: NAME,
  platforms: ['linux'],

  async *find(machine) {
    if (machine.confined) return;
    const profiles: NetworkProfile[] = [];
    for (const path of profilePaths(machine)) {
      const bytes = machine.read(path);
      // Nearly always: the file is root's, and most hold no person's password anyway.
      if (!bytes.ok || !bytes.value) continue;
      const file = readKeyFile(bytes.value);
      if (!file.ok) {
        yield { store: ID, problem: { ...file.problem, subject: path } };
        continue;
      }
      const profile = networkProfile(file.value);
      profiles.push(profile);
      yield* entriesIn(profile, path);
    }
    yield* itemsOf(machine, profiles);
  },

  /** NetworkManager does not look at its files by itself. */
  async after(machine, place) {
    if (place.kind !== 'file') return ok(undefined);
    return machine.run('nmcli', ['connection', 'load', place.path]);
  },
};

/** Without what NetworkManager passes over (`nm_keyfile_utils_ignore_filename`): hidden files and backups. */
const profilePaths = (machine: Reader): readonly string[] =>
  machine
    .list(FOLDER)
    .filter((name) => !/^\.|~$|\.(?:rpmnew|rpmsave|dpkg-\w+)$/.test(name))
    .map((name) => join(FOLDER, name));

const entriesIn = ({ name, logins }: NetworkProfile, path: string): readonly Entry[] =>
  logins
    .filter(({ keptBy }) => keptBy === 'file')
    .map(({ slot, ...login }) => ({
      ...entryOf(name, login),
      place: { kind: 'file', path },
      slot,
      lens: 'key-file',
    }));

async function* itemsOf(machine: Reader, profiles: readonly NetworkProfile[]): AsyncGenerator<Entry, void> {
  const items = await machine.keyring({ 'xdg:schema': SCHEMA });
  if (!items.ok) return;
  for (const item of items.value.filter(isPersonal)) {
    const { 'connection-uuid': uuid, 'setting-name': setting, 'setting-key': key } = item.attributes;
    const profile = profiles.find((each) => each.uuid === uuid);
    const login = profile?.logins.find((each) => each.setting === setting && each.key === key);
    yield {
      ...entryOf(profile?.name ?? nameOf(item), login ?? { login: '', host: '' }),
      place: await keyringPlace(machine, item),
      slot: {},
      lens: 'whole',
      ...(item.locked ? { stored: 'unknown' } : {}),
    };
  }
}

/** Not the key of a Wi-Fi, the PIN of a card, the passphrase of a certificate. */
function isPersonal({ attributes }: KeyringItem): boolean {
  const { 'setting-name': setting, 'setting-key': key = '' } = attributes;
  return setting === '802-1x' ? key === 'password' : setting === 'vpn' && VPN_PASSWORDS.includes(key);
}

/** What the agents call an item: `Network secret for Work/802-1x/password`, `VPN password secret for Work/…/vpn`. */
const nameOf = ({ label, attributes }: KeyringItem): string =>
  /^Network secret for (.+)\/[^/]+\/[^/]+$/.exec(label)?.[1] ??
  /^VPN .+ secret for (.+)\/[^/]+\/vpn$/.exec(label)?.[1] ??
  attributes['connection-uuid'] ??
  label;

const entryOf = (
  name: string,
  { login, host }: Pick<NetworkLogin, 'login' | 'host'>,
): Omit<Entry, 'place' | 'slot' | 'lens'> => ({
  store: ID,
  client: `${NAME} (${name})`,
  protocols: ['other'],
  login,
  host,
  network: true,
  auth: 'password',
  guide: 'network',
});
