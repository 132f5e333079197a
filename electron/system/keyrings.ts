import type { Attributes } from '../../shared/model.ts';
import type { Result } from '../../shared/problem.ts';
import type { Door, KeyringItem } from '../engine/ports.ts';
import { KeychainDoor } from './keychain-door.ts';
import { Keychain } from './keychain.ts';
import { platform } from './machine.ts';
import { SecretServiceDoor } from './secret-service-door.ts';
import { SecretService } from './secret-service.ts';
import { SessionBus, sessionBusAddress } from './session-bus.ts';

/** Everything that stands behind the session bus and the system's keychain. */
export interface Keyrings {
  readonly secretService: Door;
  readonly keychainDoor: Door;
  readonly keychain: Keychain;
  search(attributes: Attributes): Promise<Result<readonly KeyringItem[]>>;
  close(): Promise<void>;
}

/** Opens nothing yet: the bus is dialled with the first question. */
export function openKeyrings(environment: Readonly<Record<string, string | undefined>>): Keyrings {
  const bus = new SessionBus(sessionBusAddress((name) => environment[name]));
  const service = new SecretService(bus);
  const keychain = new Keychain(platform() === 'linux' ? { secretService: service } : {});
  return {
    secretService: new SecretServiceDoor(service),
    keychainDoor: new KeychainDoor(keychain, platform()),
    keychain,
    search: (attributes) => service.search(attributes),
    close: () => bus.close(),
  };
}
