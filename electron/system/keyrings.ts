import type { Attributes } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { BusMethod, Door, KeyringItem, WalletSight } from '../engine/ports.ts';
import { ownedNames } from './bus-names.ts';
import { KeychainDoor } from './keychain-door.ts';
import { Keychain } from './keychain.ts';
import { KWalletDoor } from './kwallet-door.ts';
import { asksBeforeOpening } from './kwallet-manners.ts';
import { KWallet } from './kwallet.ts';
import { platform } from './machine.ts';
import { SecretServiceDoor } from './secret-service-door.ts';
import { SecretService } from './secret-service.ts';
import { SessionBus, sessionBusAddress } from './session-bus.ts';

/** Everything that stands behind the session bus and the system's keychain. */
export interface Keyrings {
  readonly secretService: Door;
  readonly keychainDoor: Door;
  readonly kwallet: Door;
  readonly keychain: Keychain;
  search(attributes: Attributes): Promise<Result<readonly KeyringItem[]>>;
  walletEntry(wallet: string, folder: string, entry: string): Promise<WalletSight>;
  /** What is owned on the session bus; nothing where none answers. */
  busNames(): Promise<readonly string[]>;
  callBus(method: BusMethod): Promise<Result<void>>;
  close(): Promise<void>;
}

/**
 * Opens nothing yet: the bus is dialled with the first question. `mayPrompt` where somebody sits in front of the
 * screen who can be asked for a keyring's password.
 */
export function openKeyrings(
  environment: Readonly<Record<string, string | undefined>>,
  { mayPrompt = false } = {},
): Keyrings {
  const env = (name: string): string | undefined => environment[name];
  const bus = new SessionBus(sessionBusAddress(env));
  const kwallet = new KWallet(bus, () => asksBeforeOpening(env));
  const service = new SecretService(bus);
  const keychain = new Keychain(platform() === 'linux' ? { secretService: service } : {});
  return {
    secretService: new SecretServiceDoor(service, { mayPrompt }),
    keychainDoor: new KeychainDoor(keychain, platform(), { mayPrompt }),
    kwallet: new KWalletDoor(kwallet, { mayPrompt }),
    keychain,
    search: (attributes) => service.search(attributes),
    walletEntry: (wallet, folder, entry) => kwallet.sight({ wallet, folder, entry }),
    busNames: () => ownedNames(bus),
    callBus: async (method) => {
      const { argument, ...call } = method;
      const answer = await bus.call(
        argument === undefined ? call : { ...call, signature: 's', body: [argument] },
      );
      return answer.ok ? ok(undefined) : fail('refresh-failed', method.destination, answer.error);
    },
    close: () => kwallet.close().then(() => bus.close()),
  };
}
