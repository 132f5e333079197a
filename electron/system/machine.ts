import { execFile } from 'node:child_process';
import fs from 'node:fs';
import type { Attributes, Platform } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { BusMethod, Bytes, Doer, KeyringItem, WalletSight } from '../engine/ports.ts';
import { attempt, codeOf } from './errors.ts';
import { lockHolder } from './locks.ts';
import { listeningSockets } from './sockets.ts';
import { rows } from './sqlite.ts';

/** What the machine's reader is opened with. */
export interface MachineOptions {
  readonly home: string;
  readonly confined: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Finds keyring items; never prompts. Left out when confined. */
  readonly keyring?: (attributes: Attributes) => Promise<Result<readonly KeyringItem[]>>;
  /** Looks for a KWallet entry; never prompts. Left out when confined. */
  readonly wallet?: (wallet: string, folder: string, entry: string) => Promise<WalletSight>;
  /** The session bus. Left out when confined. */
  readonly bus?: {
    names(): Promise<readonly string[]>;
    call(method: BusMethod): Promise<Result<void>>;
  };
}

const RUN_LIMIT_MS = 20_000;

/** The real machine as stores may see it. */
export function openMachine(options: MachineOptions): Doer {
  const { home, confined, environment } = options;
  const bus = confined ? undefined : options.bus;
  return {
    platform: platform(),
    home,
    confined,
    env: (name) => (confined ? undefined : environment[name]),
    read: readFile,
    list: listFolder,
    kindOf,
    modeOf,
    rows,
    lockHolder,
    listening: () => listeningSockets(home),
    keyring: (attributes) =>
      confined || !options.keyring ? Promise.resolve(fail('keyring-missing')) : options.keyring(attributes),
    wallet: (wallet, folder, entry) =>
      confined || !options.wallet ? Promise.resolve('absent') : options.wallet(wallet, folder, entry),
    busNames: () => bus?.names() ?? Promise.resolve([]),
    run: (program, args) => run(program, args),
    callBus: (method) => bus?.call(method) ?? Promise.resolve(fail('refresh-failed', method.destination)),
  };
}

export const platform = (): Platform =>
  process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';

/** Asks first whether there is a file at all: most names that stores look for do not exist, and an error is dear. */
function readFile(file: string): Result<Bytes | undefined> {
  return attempt(file, () => (statOf(file)?.isFile() ? fs.readFileSync(file) : undefined));
}

function listFolder(dir: string): readonly string[] {
  if (kindOf(dir) !== 'directory') return [];
  const names = attempt(dir, () => fs.readdirSync(dir).sort());
  return names.ok ? names.value : [];
}

function kindOf(file: string): 'file' | 'directory' | undefined {
  const found = attempt(file, () => statOf(file));
  if (!found.ok || !found.value) return undefined;
  if (found.value.isFile()) return 'file';
  return found.value.isDirectory() ? 'directory' : undefined;
}

function modeOf(file: string): number | undefined {
  if (process.platform === 'win32') return undefined;
  const found = attempt(file, () => statOf(file));
  return found.ok && found.value ? found.value.mode & 0o777 : undefined;
}

/** A path below something that is no folder is absent; a folder that we may not enter is an error. */
function statOf(file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

function run(program: string, args: readonly string[]): Promise<Result<void>> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: RUN_LIMIT_MS }, (error) => {
      resolve(error ? fail('refresh-failed', program, codeOf(error)) : ok(undefined));
    });
  });
}
