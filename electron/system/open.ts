import { randomBytes } from 'node:crypto';
import type { Doors, JournalKeys, Random, System } from '../engine/ports.ts';
import { closedDoor } from './closed-door.ts';
import { disk } from './disk.ts';
import { openFileDoor } from './file-door.ts';
import type { Keyrings } from './keyrings.ts';
import { late, lateDoor, lateKeys, type Late } from './late.ts';
import { openMachine } from './machine.ts';
import { takeLock } from './run-lock.ts';
import { openStateFiles } from './state-files.ts';

export interface SystemOptions {
  /** Absolute path of the home folder to work on. */
  readonly home: string;
  /** Only files under `home` count: no bus, keychain, registry or XDG variable. */
  readonly confined: boolean;
  /** Absolute path of the state folder, which `makeStateFolder` makes before anything is kept there. */
  readonly state: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Somebody is there to give a keyring's password when a run comes to write: the app, or a terminal. */
  readonly mayPrompt?: boolean;
}

/** A function of its own, so that a bundle loads `node:crypto` (milliseconds) at the first use only. */
const random: Random = (n) => randomBytes(n);

/** The real machine. `close` lets the process end (the session bus is a connection). */
export function openSystem(options: SystemOptions): System & { close(): void } {
  const { home, confined, state, environment, mayPrompt } = options;
  const keyrings = late(async () =>
    (await import('./keyrings.ts')).openKeyrings(environment, { mayPrompt: mayPrompt === true }),
  );
  return {
    machine: openMachine({
      home,
      confined,
      environment,
      keyring: async (wanted) => (await keyrings.get()).search(wanted),
      wallet: async (...entry) => (await keyrings.get()).walletEntry(...entry),
      bus: {
        names: async () => (await keyrings.get()).busNames(),
        call: async (method) => (await keyrings.get()).callBus(method),
      },
    }),
    doors: openDoors(options, keyrings),
    files: openStateFiles(disk, state),
    keys: lateKeys(late(() => journalKeys(options, keyrings)).get),
    clock: { now: () => new Date() },
    random,
    lock: () => takeLock(state),
    close: () => void keyrings.made()?.then((opened) => opened.close()),
  };
}

function openDoors({ home, confined, environment }: SystemOptions, keyrings: Late<Keyrings>): Doors {
  const owner = { uid: process.getuid?.() ?? 0, groups: process.getgroups?.() ?? [], home };
  const seal = () => import('./seal.ts');
  // Under `--home` the keys of that home count, not those of whoever started the program.
  const keys = confined ? { ...environment, HOME: home, GNUPGHOME: undefined } : environment;
  const file = openFileDoor(disk, owner, {
    openSeal: async (place, raw) => (await seal()).openSeal(place, raw, keys),
    closeSeal: async (place, plain, old) => (await seal()).closeSeal(place, plain, old, keys),
  });
  if (confined)
    return {
      file,
      'secret-service': closedDoor('secret-service'),
      keychain: closedDoor('keychain'),
      kwallet: closedDoor('kwallet'),
    };
  return {
    file,
    'secret-service': lateDoor('secret-service', async () => (await keyrings.get()).secretService),
    keychain: lateDoor('keychain', async () => (await keyrings.get()).keychainDoor),
    kwallet: lateDoor('kwallet', async () => (await keyrings.get()).kwallet),
  };
}

async function journalKeys(
  { state, confined }: SystemOptions,
  keyrings: Late<Keyrings>,
): Promise<JournalKeys> {
  const { StoredKeys } = await import('./journal-keys.ts');
  const base = { disk, state, random, confined };
  return new StoredKeys(confined ? base : { ...base, keychain: (await keyrings.get()).keychain });
}
