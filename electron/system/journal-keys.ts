import path from 'node:path';
import { fail, ok, problem, type Problem, type Result } from '../../shared/problem.ts';
import type { Bytes, Disk, JournalKey, JournalKeys, Random } from '../engine/ports.ts';
import { makeFolders, readWhole, writeDurably } from './durable.ts';
import { attempt } from './errors.ts';
import type { Keychain } from './keychain.ts';

export interface StoredKeysOptions {
  readonly disk: Disk;
  /** Absolute path of the state folder. */
  readonly state: string;
  readonly random: Random;
  /** Under `--home` the user's keychain is out of bounds. */
  readonly confined: boolean;
  readonly keychain?: Keychain;
}

const SERVICE = 'Rekey';
const ACCOUNT = 'journal';
const KEY_BYTES = 32;
const FOLDER_MODE = 0o700;

/** The journal's key in the system's keychain, or in a file that only the user can read where there is none. */
export class StoredKeys implements JournalKeys {
  readonly #disk: Disk;
  readonly #state: string;
  readonly #random: Random;
  readonly #keychain: Keychain | undefined;

  constructor(options: StoredKeysOptions) {
    this.#disk = options.disk;
    this.#state = options.state;
    this.#random = options.random;
    this.#keychain = options.confined ? undefined : options.keychain;
  }

  /** The key for a new run: the keychain's where that is open, else the file's; made on first use. */
  async current(): Promise<Result<JournalKey>> {
    const kept = this.#keychain ? await this.#fromKeychain(this.#keychain) : undefined;
    if (kept) return ok({ key: kept, protection: 'keychain' });
    const found = this.#fromFile();
    if (!found.ok) return found;
    const key = found.value ? ok(found.value) : this.#newFile();
    return key.ok ? ok({ key: key.value, protection: 'file' }) : key;
  }

  /**
   * The key that sealed an earlier run, never a new one: `keyring-locked`, `keyring-missing`, or `undo-impossible`
   * when it is gone.
   */
  async of(protection: JournalKey['protection']): Promise<Result<JournalKey>> {
    const key = protection === 'file' ? this.#fromFile() : await this.#readKeychain(this.#keychain);
    if (!key.ok) return key;
    return key.value ? ok({ key: key.value, protection }) : { ok: false, problem: this.#lost(protection) };
  }

  /** `undefined` where the keychain cannot hold the key now: locked, missing, refusing, or holding something else. */
  async #fromKeychain(keychain: Keychain): Promise<Bytes | undefined> {
    const held = await keychain.get(SERVICE, ACCOUNT);
    if (!held.ok) return undefined;
    if (held.value) return decoded(held.value);
    const key = this.#random(KEY_BYTES);
    const stored = await keychain.set(SERVICE, ACCOUNT, Buffer.from(key.toString('base64')));
    if (!stored.ok) return undefined;
    const read = await keychain.get(SERVICE, ACCOUNT);
    return read.ok && read.value && decoded(read.value)?.equals(key) ? key : undefined;
  }

  async #readKeychain(keychain: Keychain | undefined): Promise<Result<Bytes | undefined>> {
    if (!keychain) return fail('keyring-missing');
    const held = await keychain.get(SERVICE, ACCOUNT);
    return held.ok ? ok(held.value && decoded(held.value)) : held;
  }

  /** A file of another length is no key that ever sealed anything. */
  #fromFile(): Result<Bytes | undefined> {
    return attempt(this.#file, () => {
      if (!this.#disk.linkStat(this.#file)) return undefined;
      const bytes = readWhole(this.#disk, this.#file);
      return bytes.length === KEY_BYTES ? bytes : undefined;
    });
  }

  #newFile(): Result<Bytes> {
    const key = this.#random(KEY_BYTES);
    return attempt(this.#file, () => {
      makeFolders(this.#disk, this.#state, FOLDER_MODE);
      writeDurably(this.#disk, this.#file, key);
      return key;
    });
  }

  #lost(protection: JournalKey['protection']): Problem {
    return problem('undo-impossible', protection === 'file' ? this.#file : SERVICE, 'key');
  }

  get #file(): string {
    return path.join(this.#state, 'key');
  }
}

function decoded(base64: Bytes): Bytes | undefined {
  const key = Buffer.from(base64.toString('latin1'), 'base64');
  return key.length === KEY_BYTES ? key : undefined;
}
