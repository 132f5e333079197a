import { join } from 'node:path';
import type { Entry } from '../../shared/model.ts';
import type { KdeLogin } from '../formats/akonadi-resources.ts';
import type { KeyringItem, Reader, WalletSight } from '../engine/ports.ts';
import { readKConfig } from '../formats/kconfig.ts';
import { configHome } from './config-folders.ts';
import { keyringPlace } from './keyring-place.ts';

/** Where a KDE program's password is. */
export type Kept = Pick<Entry, 'place' | 'lens' | 'slot' | 'stored' | 'addable'>;

/** Which entry of a wallet a program reads, and whether it would read one that was added. */
type Wanted = Pick<KdeLogin, 'folder' | 'entry'> & { readonly addable: boolean };

const SCHEMA = 'org.qt.keychain';

/**
 * Every copy that a program of KDE may read: the entry in KWallet, and QtKeychain's items in the Secret Service, where
 * it keeps them on other desktops (qtkeychain/keychain_unix.cpp). Since KDE Frameworks 6.14 KWallet's entries *are*
 * such items (src/runtime/kwalletd/secretserviceclient.cpp), so there it is not asked. None is the one that the program
 * would store itself.
 */
export async function keptBy(machine: Reader, wanted: Wanted): Promise<readonly Kept[]> {
  const { folder, entry } = wanted;
  const wallet = networkWallet(machine);
  const [sight, items] = await Promise.all([
    machine.wallet(wallet, folder, entry),
    machine.keyring({ user: entry, server: folder }),
  ]);
  const inWallet = { place: { kind: 'kwallet', wallet, folder, entry }, ...WHOLE } as const;
  const inService = items.ok
    ? await Promise.all(items.value.filter(isText).map((each) => itemOf(machine, each)))
    : [];
  if (sight === 'stored') return [inWallet, ...inService];
  if (mayHold(machine, sight, wallet)) return [{ ...inWallet, stored: 'unknown' }, ...inService];
  if (inService.length > 0) return inService;
  if (sight !== 'missing')
    return [newItem({ ...wanted, addable: wanted.addable && sight === 'bridge' }, items.ok)];
  const addable = wanted.addable && usesWallet(machine);
  return [{ ...inWallet, stored: 'missing', ...(addable ? { addable } : {}) }];
}

const WHOLE = { lens: 'whole', slot: {} } as const;

/** The wallet in which all programs keep what belongs to a server (`KWallet::Wallet::NetworkWallet`). */
function networkWallet(machine: Reader): string {
  const read = machine.read(join(configHome(machine), 'kwalletrc'));
  const config = read.ok && read.value ? readKConfig(read.value) : undefined;
  return (config?.ok && config.value.text('Wallet', 'Default Wallet')) || 'kdewallet';
}

/** A closed wallet may hold anything, one that was never made holds nothing; under `--home` nobody is asked. */
function mayHold(machine: Reader, sight: WalletSight, wallet: string): boolean {
  if (machine.confined) return true;
  if (sight !== 'closed') return false;
  const data = machine.env('XDG_DATA_HOME') || join(machine.home, '.local', 'share');
  const isPlain = /^[\w-]+$/.test(wallet);
  return !isPlain || machine.kindOf(join(data, 'kwalletd', `${wallet}.kwl`)) === 'file';
}

/** Maps and binary items are tokens; an item of another schema is another program's. */
const isText = ({ attributes }: KeyringItem): boolean =>
  [undefined, SCHEMA].includes(attributes['xdg:schema']) &&
  ['plaintext', 'base64'].includes(attributes['type'] ?? 'plaintext');

async function itemOf(machine: Reader, item: KeyringItem): Promise<Kept> {
  return {
    place: await keyringPlace(machine, item),
    lens: item.attributes['type'] === 'base64' ? 'base64-text' : 'whole',
    slot: {},
    ...(item.locked ? { stored: 'unknown' as const } : {}),
  };
}

/** As the bridge makes one. */
function newItem({ folder, entry, addable }: Wanted, answers: boolean): Kept {
  const attributes = { user: entry, server: folder, type: 'plaintext', 'xdg:schema': SCHEMA };
  const place = { kind: 'secret-service', attributes, label: `${folder}/${entry}` } as const;
  if (!answers) return { place, ...WHOLE, stored: 'unknown' };
  return { place, ...WHOLE, stored: 'missing', ...(addable ? { addable } : {}) };
}

/** On KDE's own desktop programs look nowhere but in KWallet, unless somebody says otherwise. */
const usesWallet = (machine: Reader): boolean =>
  (machine.env('XDG_CURRENT_DESKTOP') ?? '').split(':').includes('KDE') && !machine.env('QTKEYCHAIN_BACKEND');
