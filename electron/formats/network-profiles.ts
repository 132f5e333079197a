import type { Slot } from '../../shared/model.ts';
import type { KeyFile } from './key-file.ts';

/** One of a network's passwords that belongs to a person, and where the profile keeps it. */
export interface NetworkLogin {
  readonly login: string;
  /** The gateway of a VPN; a Wi-Fi and a wire have none. */
  readonly host: string;
  /** The setting and the secret in it, as NetworkManager names them. */
  readonly setting: typeof ENTERPRISE | 'vpn';
  readonly key: string;
  readonly keptBy: 'file' | 'agent';
  /** Where in the file the password is, or would be. */
  readonly slot: Slot;
}

export interface NetworkProfile {
  readonly uuid: string;
  readonly name: string;
  readonly logins: readonly NetworkLogin[];
}

/**
 * What a profile of NetworkManager's keyfile plugin says of the people who log in (nm-settings-keyfile(5)): 802.1X by
 * name and password, and VPNs; not the key of a Wi-Fi, which is no person's.
 */
export function networkProfile(file: KeyFile): NetworkProfile {
  const uuid = file.text('connection', 'uuid') ?? '';
  const logins = [...enterpriseLogin(file), ...vpnLogin(file)];
  return { uuid, name: file.text('connection', 'id') ?? uuid, logins };
}

const ENTERPRISE = '802-1x';

function enterpriseLogin(file: KeyFile): readonly NetworkLogin[] {
  const login = file.text(ENTERPRISE, 'identity') ?? '';
  const slot = { group: ENTERPRISE, key: 'password' };
  const keptBy = keeperOf(file, ENTERPRISE, slot);
  return login === '' || !keptBy
    ? []
    : [{ login, host: '', setting: ENTERPRISE, key: slot.key, keptBy, slot }];
}

/** The password of a person, by the names that NetworkManager's VPN plugins give it. */
export const VPN_PASSWORDS: readonly string[] = ['password', 'Xauth password', 'xauthpassword'];
const VPN_USERS = ['username', 'user', 'Xauth username', 'leftxauthusername', 'rightxauthusername'];
const VPN_GATEWAYS = ['remote', 'gateway', 'IPSec gateway', 'address', 'right'];

function vpnLogin(file: KeyFile): readonly NetworkLogin[] {
  const first = (keys: readonly string[]): string =>
    keys.map((key) => file.text('vpn', key) ?? '').find((value) => value !== '') ?? '';
  const login = first(VPN_USERS);
  if (login === '') return [];
  const host = gatewayOf(first(VPN_GATEWAYS));
  return VPN_PASSWORDS.flatMap((key) => {
    const slot = { group: 'vpn-secrets', key };
    const keptBy = keeperOf(file, 'vpn', slot);
    return keptBy ? [{ login, host, setting: 'vpn', key, keptBy, slot }] : [];
  });
}

/** `NMSettingSecretFlags` of libnm: nothing is the system's own, 1 an agent's, 2 not saved, 4 not required. */
function keeperOf(
  file: KeyFile,
  setting: string,
  { group, key }: { readonly group: string; readonly key: string },
): NetworkLogin['keptBy'] | undefined {
  const flags = Number(file.text(setting, `${key}-flags`) ?? '0');
  if (Number.isNaN(flags) || (flags & 2) !== 0) return undefined;
  if ((flags & 1) !== 0) return 'agent';
  return file.text(group, key) === undefined ? undefined : 'file';
}

/** The first of several gateways, without its port and protocol: `vpn.example.org:1194:udp, other.example.org`. */
const gatewayOf = (text: string): string =>
  (/^\s*(?:https?:\/\/)?(\[[^\]]*\]|[^\s,:/]*)/.exec(text)?.[1] ?? '').replace(/^\[(.*)\]$/, '$1');
