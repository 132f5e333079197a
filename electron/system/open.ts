import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Doors, Random, System } from '../engine/ports.ts';
import { closedDoor } from './closed-door.ts';
import { disk } from './disk.ts';
import { makeFolders } from './durable.ts';
import { openFileDoor } from './file-door.ts';
import { StoredKeys } from './journal-keys.ts';
import { KeychainDoor } from './keychain-door.ts';
import { Keychain } from './keychain.ts';
import { openMachine, platform } from './machine.ts';
import { takeLock } from './run-lock.ts';
import { closeSeal, openSeal } from './seal.ts';
import { SecretServiceDoor } from './secret-service-door.ts';
import { SecretService } from './secret-service.ts';
import { SessionBus, sessionBusAddress } from './session-bus.ts';
import { openStateFiles } from './state-files.ts';

export interface SystemOptions {
  /** Absolute path of the home folder to work on. */
  readonly home: string;
  /** Only files under `home` count: no bus, keychain, registry or XDG variable. */
  readonly confined: boolean;
  /** Absolute path of the state folder; made when it does not exist. */
  readonly state: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A function of its own, so that a bundle loads `node:crypto` (milliseconds) at the first use only. */
const random: Random = (n) => randomBytes(n);

/** The real machine. `close` lets the process end (the session bus is a connection). */
export function openSystem(options: SystemOptions): System & { close(): void } {
  const { home, confined, state, environment } = options;
  makeFolders(disk, path.join(state, 'runs'), 0o700);
  const bus = new SessionBus(confined ? undefined : sessionBusAddress((name) => environment[name]));
  const secretService = new SecretService(bus);
  const keychain = new Keychain(platform() === 'linux' ? { secretService } : {});
  const machine = openMachine({
    home,
    confined,
    environment,
    keyring: (wanted) => secretService.search(wanted),
  });
  return {
    machine,
    doors: openDoors(options, secretService, keychain),
    files: openStateFiles(disk, state),
    keys: new StoredKeys({ disk, state, random, confined, keychain }),
    clock: { now: () => new Date() },
    random,
    lock: () => takeLock(state),
    close: () => bus.close(),
  };
}

function openDoors(
  { home, confined, environment }: SystemOptions,
  service: SecretService,
  keychain: Keychain,
): Doors {
  const owner = { uid: process.getuid?.() ?? 0, groups: process.getgroups?.() ?? [], home };
  const file = openFileDoor(disk, owner, {
    openSeal: (place, raw) => openSeal(place, raw, environment),
    closeSeal: (place, plain, previous) => closeSeal(place, plain, previous, environment),
  });
  return {
    file,
    'secret-service': confined ? closedDoor('secret-service') : new SecretServiceDoor(service),
    keychain: confined ? closedDoor('keychain') : new KeychainDoor(keychain, platform()),
  };
}
