import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Entry, Place, Trouble } from '../../shared/model.ts';
import { LENSES } from '../../electron/formats/index.ts';
import type { Bytes, Doer, Lens, PutContext, Store, StoreKey } from '../../electron/engine/ports.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { FixtureKeyring } from './fixture-keyring.ts';
import { FixtureWallet } from './fixture-wallet.ts';

/** What `case.json` beside a fixture home may say. */
export interface Case {
  /** The password that `home.after` holds. */
  readonly password: string;
  readonly primaryPassword?: string;
  /** Also put the password into entries that hold none yet. */
  readonly addMissing?: boolean;
  /** Variables that the machine has, where the fixture brings a keyring or a wallet. */
  readonly environment?: Readonly<Record<string, string>>;
}

const FIXTURES = import.meta.dirname;

export const casesOf = (store: string): readonly string[] => {
  const dir = path.join(FIXTURES, store);
  return fs.existsSync(dir)
    ? fs.readdirSync(dir).filter((name) => fs.existsSync(path.join(dir, name, 'case.json')))
    : [];
};

export const caseFolder = (store: string, name: string): string => path.join(FIXTURES, store, name);

export function readCase(folder: string): Case {
  return JSON.parse(fs.readFileSync(path.join(folder, 'case.json'), 'utf8')) as Case;
}

/** A scratch copy of the fixture's home, its system files, its keyring and its wallet, removed by `dispose`. */
export interface ScratchHome extends Disposable {
  readonly home: string;
  /** What stands for the rest of the machine: `/etc/fstab` lies in its `etc/fstab`. */
  readonly system: string;
  /** Where a file of an entry really lies. */
  real(path: string): string;
  readonly machine: Doer;
  readonly keyring: FixtureKeyring;
  readonly wallet: FixtureWallet;
}

/**
 * Confined to the home, unless the fixture brings a keyring, a wallet or a `system` folder: then with the variables that
 * its case names. Never the machine's own files.
 */
export function scratchHome(folder: string): ScratchHome {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-fixture-'));
  const home = path.join(root, 'home');
  fs.cpSync(path.join(folder, 'home'), home, { recursive: true, verbatimSymlinks: true });
  const system = path.join(root, 'system');
  const hasSystem = fs.existsSync(path.join(folder, 'system'));
  if (hasSystem) fs.cpSync(path.join(folder, 'system'), system, { recursive: true });
  keepPrivate(home);
  const real = (file: string): string =>
    file === home || file.startsWith(`${home}/`) ? file : path.join(system, file);
  const keyring = new FixtureKeyring(path.join(folder, 'keyring.json'));
  const wallet = new FixtureWallet(path.join(folder, 'wallet.json'));
  const { environment = {} } = readCase(folder);
  const machine = openMachine({
    home,
    confined: keyring.items === undefined && wallet.file === undefined && !hasSystem,
    environment,
    keyring: (wanted) => Promise.resolve(keyring.search(wanted)),
    wallet: (...entry) => Promise.resolve(wallet.sight(...entry)),
  });
  return {
    home,
    system,
    real,
    machine: elsewhere(machine, real),
    keyring,
    wallet,
    [Symbol.dispose]: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}

/** The machine with its files at another place. */
const elsewhere = (machine: Doer, real: (path: string) => string): Doer => ({
  ...machine,
  read: (file) => machine.read(real(file)),
  list: (dir) => machine.list(real(dir)),
  kindOf: (file) => machine.kindOf(real(file)),
  rows: (file, sql) => machine.rows(real(file), sql),
  lockHolder: (file) => machine.lockHolder(real(file)),
  modeOf: (file) => machine.modeOf?.(real(file)),
});

/** Files that hold passwords are the owner's alone; a checkout gives them the modes of its umask. */
function keepPrivate(home: string): void {
  for (const name of fs.readdirSync(home, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(home, name);
    if (fs.lstatSync(file).isFile()) fs.chmodSync(file, 0o600);
  }
}

export async function findAll(
  store: Store,
  machine: Doer,
): Promise<{ entries: Entry[]; troubles: Trouble[] }> {
  const entries: Entry[] = [];
  const troubles: Trouble[] = [];
  for await (const found of store.find(machine)) {
    if ('slot' in found) entries.push(found);
    else troubles.push(found);
  }
  return { entries, troubles };
}

/** Entries as `entries.json` keeps them: the scratch home spelled `~`. */
export const portable = (value: unknown, home: string): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(JSON.stringify(home).slice(1, -1), '~'));

export function lensOf(entry: Entry): Lens {
  const lens = LENSES.find(({ id }) => id === entry.lens);
  if (!lens) throw new Error(`no lens ${entry.lens}`);
  return lens;
}

/** Fixed time and bytes, so that a fixture's result is the same on every machine. */
export const FIXED: PutContext = {
  now: new Date('2026-01-02T03:04:05.678Z'),
  random: (n) => Buffer.alloc(n, 0x2a),
};

export const writable = (entry: Entry, fixture: Case): boolean =>
  entry.auth === 'password' &&
  !entry.problem &&
  !(entry.place.kind === 'file' && entry.place.seal !== undefined) &&
  (entry.stored !== 'unknown' || fixture.primaryPassword !== undefined) &&
  (entry.stored !== 'missing' || (fixture.addMissing === true && entry.addable === true));

export function keyOf(store: Store, machine: Doer, entry: Entry, fixture: Case): StoreKey | undefined {
  if (!store.key) return undefined;
  const primary =
    fixture.primaryPassword === undefined ? undefined : Secret.fromText(fixture.primaryPassword);
  const key = store.key(machine, entry.place, primary);
  if (!key.ok) throw new Error(`no key: ${key.problem.kind}`);
  return key.value;
}

/** Every file below a folder with its bytes, by relative path; links as their target. */
export function tree(root: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  if (!fs.existsSync(root)) return files;
  for (const name of fs.readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(root, name);
    const stat = fs.lstatSync(file);
    if (stat.isSymbolicLink()) files.set(name, `-> ${fs.readlinkSync(file)}`);
    else if (stat.isFile()) files.set(name, fs.readFileSync(file, 'latin1'));
  }
  return files;
}

export const bytesOf = (file: string): Bytes | undefined =>
  fs.existsSync(file) ? fs.readFileSync(file) : undefined;

/** What a place of a fixture holds, wherever it is. */
export function bytesAt({ keyring, wallet, real }: ScratchHome, place: Place): Bytes | undefined {
  if (place.kind === 'file') return bytesOf(real(place.path));
  return place.kind === 'kwallet' ? wallet.read(place) : keyring.read(place);
}
