import type { Attributes } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { BusMethod, Door, KeyringItem } from '../engine/ports.ts';
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
  const bus = new SessionBus(sessionBusAddress((name) => environment[name]));
  const service = new SecretService(bus);
  const keychain = new Keychain(platform() === 'linux' ? { secretService: service } : {});
  return {
    secretService: new SecretServiceDoor(service, { mayPrompt }),
    keychainDoor: new KeychainDoor(keychain, platform(), { mayPrompt }),
    keychain,
    search: (attributes) => service.search(attributes),
    busNames: () => namesOn(bus),
    callBus: async (method) => {
      const answer = await bus.call(method);
      return answer.ok ? ok(undefined) : fail('refresh-failed', method.destination, answer.error);
    },
    close: () => bus.close(),
  };
}

async function namesOn(bus: SessionBus): Promise<readonly string[]> {
  const answer = await bus.call({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'ListNames',
  });
  const names: unknown = answer.ok ? answer.values[0] : [];
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}
