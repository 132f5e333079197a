import { createDecipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes } from '../engine/ports.ts';
import { INTEGER, OBJECT_ID, OCTETS, readSequence, SEQUENCE, smallInteger, type Der } from './der.ts';

interface Derived {
  readonly cipher: 'aes-256-cbc' | 'des-ede3-cbc';
  readonly key: Bytes;
  readonly iv: Bytes;
}

const PBES2 = '2a864886f70d01050d';
const PBKDF2 = '2a864886f70d01050c';
const AES256_CBC = '60864801650304012a';
/** 1.2.840.113549.1.12.5.1.3, which NSS names "PKCS #12 PBE with SHA-1 and triple DES CBC". */
const SHA1_DES3 = '2a864886f70d010c050103';

/** RFC 8018 appendix B.1: the PRF of PBKDF2 is HMAC-SHA-1 unless the parameters name another. */
const PRFS: Readonly<Record<string, string>> = {
  '2a864886f70d0207': 'sha1',
  '2a864886f70d0208': 'sha224',
  '2a864886f70d0209': 'sha256',
  '2a864886f70d020a': 'sha384',
  '2a864886f70d020b': 'sha512',
};

/** NSS makes 10,000 rounds by default; a damaged count must not keep us busy for hours. */
const MAX_ROUNDS = 10_000_000;

/**
 * Opens a value of NSS's key database: an EncryptedDataInfo of PBES2 (RFC 8018) or of the older PKCS #12 scheme
 * (lib/softoken/lowpbe.c, sftkpwd.c). `passwordKey` is the hash of salt and primary password.
 * `undefined` when the key does not fit, `unsupported` for another structure or scheme; the caller zeroes the bytes.
 */
export function openPbe(blob: Bytes, passwordKey: Bytes): Result<Bytes | undefined> {
  const info = readSequence(blob, [SEQUENCE, OCTETS]);
  if (!info.ok) return info;
  const [algorithm, ciphertext] = info.value;
  const parts = readSequence(algorithm.whole, [OBJECT_ID, SEQUENCE]);
  if (!parts.ok) return parts;
  const [oid, parameters] = parts.value;
  const derived = derive(oid.content.toString('hex'), parameters, passwordKey);
  return derived.ok ? ok(decrypt(derived.value, ciphertext.content)) : derived;
}

function derive(scheme: string, parameters: Der, passwordKey: Bytes): Result<Derived> {
  switch (scheme) {
    case PBES2:
      return derivePbes2(parameters, passwordKey);
    case SHA1_DES3:
      return deriveSha1Des3(parameters, passwordKey);
    default:
      return fail('unsupported', undefined, 'unknown encryption of the key database');
  }
}

function derivePbes2(parameters: Der, passwordKey: Bytes): Result<Derived> {
  const parts = readSequence(parameters.whole, [SEQUENCE, SEQUENCE]);
  if (!parts.ok) return parts;
  const [derivation, scheme] = parts.value;
  const kdf = readSequence(derivation.whole, [OBJECT_ID, SEQUENCE]);
  if (!kdf.ok) return kdf;
  const cipher = readSequence(scheme.whole, [OBJECT_ID, OCTETS]);
  if (!cipher.ok) return cipher;
  const known =
    kdf.value[0].content.toString('hex') === PBKDF2 && cipher.value[0].content.toString('hex') === AES256_CBC;
  if (!known) return fail('unsupported', undefined, 'unknown PBES2 parts');
  const key = pbkdf2(kdf.value[1], passwordKey);
  if (!key.ok) return key;
  const iv = cipher.value[1];
  // NSS takes the encoded OCTET STRING itself (04 0e and 14 octets) as the 16 octets of the vector
  return ok({ cipher: 'aes-256-cbc', key: key.value, iv: iv.whole.length === 16 ? iv.whole : iv.content });
}

function pbkdf2(parameters: Der, passwordKey: Bytes): Result<Bytes> {
  const parts = readSequence(parameters.whole, [OCTETS, INTEGER]);
  if (!parts.ok) return parts;
  const [salt, count, ...optional] = parts.value;
  const rounds = roundsOf(count);
  const length = optional.find(({ tag }) => tag === INTEGER);
  const digest = prfOf(optional.find(({ tag }) => tag === SEQUENCE));
  if (rounds === undefined || digest === undefined || (length && smallInteger(length) !== 32)) {
    return fail('unsupported', undefined, 'unknown PBKDF2 parameters');
  }
  return ok(pbkdf2Sync(passwordKey, salt.content, rounds, 32, digest));
}

function prfOf(algorithm: Der | undefined): string | undefined {
  if (!algorithm) return 'sha1';
  const parts = readSequence(algorithm.whole, [OBJECT_ID]);
  return parts.ok ? PRFS[parts.value[0].content.toString('hex')] : undefined;
}

/** PBKDF1, extended by HMAC to 40 octets: 24 of key, the last 8 of vector (nsspkcs5_PBKDF1Extended). */
function deriveSha1Des3(parameters: Der, passwordKey: Bytes): Result<Derived> {
  const parts = readSequence(parameters.whole, [OCTETS, INTEGER]);
  if (!parts.ok) return parts;
  const salt = parts.value[0].content;
  const rounds = roundsOf(parts.value[1]);
  if (rounds === undefined) return fail('unsupported', undefined, 'unknown iteration count');
  let hash = sha1(passwordKey, salt);
  for (let round = 1; round < rounds; round += 1) hash = sha1(hash);
  const padded = Buffer.alloc(Math.max(20, salt.length));
  salt.copy(padded);
  const stretched = Buffer.concat([hmac(hash, padded, salt), hmac(hash, hmac(hash, padded), salt)]);
  return ok({ cipher: 'des-ede3-cbc', key: stretched.subarray(0, 24), iv: stretched.subarray(32, 40) });
}

const roundsOf = (node: Der): number | undefined => {
  const rounds = smallInteger(node);
  return rounds !== undefined && rounds >= 1 && rounds <= MAX_ROUNDS ? rounds : undefined;
};

const sha1 = (...parts: readonly Bytes[]): Bytes =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha1')).digest();

const hmac = (key: Bytes, ...parts: readonly Bytes[]): Bytes =>
  parts.reduce((mac, part) => mac.update(part), createHmac('sha1', key)).digest();

function decrypt({ cipher, key, iv }: Derived, ciphertext: Bytes): Bytes | undefined {
  try {
    const opened = createDecipheriv(cipher, key, iv);
    return Buffer.concat([opened.update(ciphertext), opened.final()]);
  } catch {
    // node:crypto throws on a vector of another length and on wrong padding, which is what a wrong key looks like
    return undefined;
  } finally {
    key.fill(0);
  }
}
