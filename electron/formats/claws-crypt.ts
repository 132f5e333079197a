import { isUtf8 } from 'node:buffer';
import { createCipheriv, createDecipheriv, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Random, StoreKey } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';

/** What clawsrc says of the passphrase (src/password.c of Claws Mail). */
export interface ClawsPassphrase {
  readonly salt: Bytes;
  /** How new values are derived; an old value names its own count. */
  readonly rounds: number;
  /** The check value of the person's own passphrase; undefined where the built-in one is used. */
  readonly check?: string;
}

/** `PASSCRYPT_KEY` as configure.ac sets it; no distribution is known to choose another. */
const BUILT_IN = 'passkey0';
const ALGORITHM = 'AES-256-CBC';
const KEY_BYTES = 32;
const CHECK_BYTES = 64;
const BLOCK = 16;
/** A value is padded with zeros to a multiple of this, and by at least one. */
const UNIT = 128;
/** Claws Mail makes 50,000 rounds; a damaged count must not keep us busy for hours. */
const MOST_ROUNDS = 5_000_000;
const CHECK = /^\{PBKDF2-HMAC-SHA1,(\d{1,8})\}([^{}]+)$/;
const VALUE = /^\{([^,{}]+),(\d{1,8})\}([A-Za-z0-9+/]+={0,2})$/;

/** The passphrase of one profile, and the keys derived from it so far; zeroed on dispose. */
export class ClawsKey implements StoreKey {
  readonly kind = 'claws';
  readonly rounds: number;
  readonly #passphrase: Bytes;
  readonly #salt: Bytes;
  readonly #derived = new Map<number, Bytes>();

  constructor(passphrase: Bytes, { salt, rounds }: ClawsPassphrase) {
    this.#passphrase = Buffer.from(passphrase);
    this.#salt = salt;
    this.rounds = rounds;
  }

  derived(rounds: number): Bytes {
    const known = this.#derived.get(rounds);
    if (known) return known;
    const key = pbkdf2Sync(this.#passphrase, this.#salt, rounds, KEY_BYTES, 'sha1');
    this.#derived.set(rounds, key);
    return key;
  }

  dispose(): void {
    this.#passphrase.fill(0);
    for (const key of this.#derived.values()) key.fill(0);
    this.#derived.clear();
  }
}

/**
 * The key of a profile: from the built-in passphrase, or from the primary one that the person types, which is proven by
 * the check value. `primary-password-needed`, `primary-password-wrong`, `unsupported` for a damaged check value.
 */
export function openClawsKey(how: ClawsPassphrase, primaryPassword?: Secret): Result<ClawsKey> {
  if (how.check === undefined) return ok(new ClawsKey(Buffer.from(BUILT_IN), how));
  const [, rounds, encoded] = CHECK.exec(how.check) ?? [];
  const expected = Buffer.from(encoded ?? '', 'base64');
  if (!canDerive(Number(rounds)) || expected.length !== CHECK_BYTES)
    return fail('unsupported', undefined, 'the check value of the primary passphrase is damaged');
  if (!primaryPassword || primaryPassword.isEmpty) return fail('primary-password-needed');
  return primaryPassword.use((passphrase) => {
    const actual = pbkdf2Sync(passphrase, how.salt, Number(rounds), CHECK_BYTES, 'sha1');
    return timingSafeEqual(actual, expected)
      ? ok(new ClawsKey(passphrase, how))
      : fail('primary-password-wrong');
  });
}

export const canDerive = (rounds: number): boolean =>
  Number.isInteger(rounds) && rounds > 0 && rounds <= MOST_ROUNDS;

/**
 * The password behind a value of the password store: sealed, or plain as Claws Mail once kept it. `unsupported` for
 * its oldest cipher, for others, and for what this key does not open.
 */
export function openClawsValue(text: string, key: ClawsKey): Result<Secret> {
  if (!/^[!{]/.test(text)) return ok(Secret.take(Buffer.from(text, 'latin1')));
  const [, algorithm, rounds, encoded = ''] = VALUE.exec(text) ?? [];
  const sealed = Buffer.from(encoded, 'base64');
  const known = algorithm?.toUpperCase() === ALGORITHM && canDerive(Number(rounds));
  if (!known || sealed.length < 2 * BLOCK || sealed.length % BLOCK !== 0)
    return fail('unsupported', undefined, 'unknown cipher');
  const plain = decrypt(sealed, key.derived(Number(rounds)));
  const end = plain.indexOf(0);
  const password = Buffer.from(plain.subarray(0, Math.max(end, 0)));
  const whole = end > 0 && isUtf8(password) && plain.subarray(end).every((byte) => byte === 0);
  plain.fill(0);
  return whole ? ok(Secret.take(password)) : fail('unsupported', undefined, 'sealed with another passphrase');
}

/** The value as Claws Mail writes it. `format-cannot-hold` for nothing, a NUL, and what is not UTF-8. */
export function sealClawsValue(secret: Secret, key: ClawsKey, random: Random): Result<string> {
  return secret.use((password) => {
    if (password.length === 0 || password.includes(0) || !isUtf8(password)) return fail('format-cannot-hold');
    const padded = Buffer.alloc(BLOCK + UNIT * (Math.floor(password.length / UNIT) + 1));
    random(BLOCK).copy(padded);
    password.copy(padded, BLOCK);
    const cipher = createCipheriv('aes-256-cbc', key.derived(key.rounds), random(BLOCK)).setAutoPadding(
      false,
    );
    const sealed = Buffer.concat([cipher.update(padded), cipher.final()]);
    padded.fill(0);
    return ok(`{${ALGORITHM},${key.rounds}}${sealed.toString('base64')}`);
  });
}

/** The vector is not kept: it only ever garbles the first block, which holds random bytes and no password. */
function decrypt(sealed: Bytes, key: Bytes): Bytes {
  const cipher = createDecipheriv('aes-256-cbc', key, Buffer.alloc(BLOCK)).setAutoPadding(false);
  const plain = cipher.update(sealed);
  cipher.final();
  return plain.subarray(BLOCK);
}
