import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Row, StoreKey } from '../engine/ports.ts';
import type { Secret } from '../engine/secret.ts';
import { openPbe } from './nss-pbe.ts';
import { keyLength, type SdrKey, type SdrKind } from './nss-sdr.ts';

/** Queries over key4.db; columns are attribute numbers in hex (lib/softoken/sdb.c): a0 class, a11 value, a100 key type, a102 id. */
export const PASSWORD_QUERY = "SELECT item1, item2 FROM metaData WHERE id = 'password'";
/** CKA_CLASS 4 is CKO_SECRET_KEY, stored as four big-endian octets. */
export const KEYS_QUERY = "SELECT a11, a100, a102 FROM nssPrivate WHERE a0 = x'00000004'";

/** The opened keys of one profile, zeroed on dispose. */
export class NssKeys implements StoreKey {
  readonly kind = 'nss';
  readonly keys: readonly SdrKey[];

  constructor(keys: readonly SdrKey[]) {
    this.keys = keys;
  }

  /** The key that a current Thunderbird encrypts new values with: AES where there is one (NSS 3.113 and later). */
  get preferred(): SdrKey | undefined {
    return this.keys.find(({ kind }) => kind === 'aes') ?? this.keys[0];
  }

  dispose(): void {
    for (const { bytes } of this.keys) bytes.fill(0);
  }
}

/**
 * Opens the keys of a key4.db from the rows of the two queries. The empty primary password is tried first.
 * No password row means that no key was ever made: an empty set. `primary-password-needed`,
 * `primary-password-wrong`, `unsupported` for damage and unknown schemes.
 */
export function openNssKeys(
  passwordRows: readonly Row[],
  keyRows: readonly Row[],
  primaryPassword?: Secret,
): Result<NssKeys> {
  const [row] = passwordRows;
  if (!row) return ok(new NssKeys([]));
  const salt = octets(row['item1']);
  const check = octets(row['item2']);
  if (!salt || !check) return damaged();
  const unlocked = unlock(salt, check, primaryPassword);
  if (!unlocked.ok) return unlocked;
  const keys = openKeys(keyRows, unlocked.value);
  unlocked.value.fill(0);
  return keys;
}

/** The key of the primary password, proven by the stored text `password-check` (lib/softoken/sftkpwd.c). */
function unlock(salt: Bytes, check: Bytes, primaryPassword: Secret | undefined): Result<Bytes> {
  const unset = passwordKey(salt, Buffer.alloc(0));
  const open = proves(check, unset);
  if (!open.ok) return open;
  if (open.value) return ok(unset);
  if (!primaryPassword || primaryPassword.isEmpty) return fail('primary-password-needed');
  const given = primaryPassword.use((bytes) => passwordKey(salt, bytes));
  const fits = proves(check, given);
  if (!fits.ok) return fits;
  return fits.value ? ok(given) : fail('primary-password-wrong');
}

/** SHA-384 came with salts of 48 octets in NSS 3.118; every older salt goes with SHA-1. */
function passwordKey(salt: Bytes, password: Bytes): Bytes {
  return createHash(salt.length === 48 ? 'sha384' : 'sha1')
    .update(salt)
    .update(password)
    .digest();
}

function proves(check: Bytes, key: Bytes): Result<boolean> {
  const opened = openPbe(check, key);
  return opened.ok ? ok(opened.value?.equals(Buffer.from('password-check')) === true) : opened;
}

function openKeys(rows: readonly Row[], passwordKeyBytes: Bytes): Result<NssKeys> {
  const keys: SdrKey[] = [];
  for (const row of rows) {
    const kind = kindOf(octets(row['a100']));
    const id = octets(row['a102']);
    const value = octets(row['a11']);
    if (!kind || !id || !value) continue;
    const opened = openPbe(value, passwordKeyBytes);
    if (!opened.ok) return opened;
    if (!opened.value || opened.value.length < keyLength(kind)) return damaged();
    keys.push({ kind, id, bytes: opened.value.subarray(0, keyLength(kind)) });
  }
  return ok(new NssKeys(keys));
}

/** CKK_DES3 and CKK_AES of PKCS #11. */
function kindOf(type: Bytes | undefined): SdrKind | undefined {
  if (type?.length !== 4) return undefined;
  return { 0x15: 'des3' as const, 0x1f: 'aes' as const }[type.readUInt32BE(0)];
}

const octets = (value: unknown): Bytes | undefined =>
  value instanceof Uint8Array ? Buffer.from(value) : undefined;

const damaged = () => fail('unsupported', undefined, 'the key database is damaged');
