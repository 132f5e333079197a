import { createCipheriv, createDecipheriv } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Random } from '../engine/ports.ts';
import { OBJECT_ID, OCTETS, readSequence, SEQUENCE, writeDer } from './der.ts';

/** A symmetric key of NSS's "secret decoder ring"; two of different kinds may share one id. */
export interface SdrKey {
  readonly kind: SdrKind;
  readonly id: Bytes;
  readonly bytes: Bytes;
}

export type SdrKind = 'aes' | 'des3';

/** One encrypted value: which key of which kind opens it, and the ciphertext. */
export interface SdrBlob {
  readonly kind: SdrKind;
  readonly keyId: Bytes;
  readonly iv: Bytes;
  readonly ciphertext: Bytes;
}

/** Content octets of 2.16.840.1.101.3.4.1.42 (aes256-CBC) and 1.2.840.113549.3.7 (des-ede3-cbc). */
const CIPHERS = {
  aes: { oid: Buffer.from('60864801650304012a', 'hex'), name: 'aes-256-cbc', block: 16, key: 32 },
  des3: { oid: Buffer.from('2a864886f70d0307', 'hex'), name: 'des-ede3-cbc', block: 8, key: 24 },
} as const;

const KINDS = ['aes', 'des3'] as const;

export const keyLength = (kind: SdrKind): number => CIPHERS[kind].key;

/**
 * Reads a base64 value as NSS writes it (`SDRResult` in lib/pk11wrap/pk11sdr.c). `unsupported` for another
 * structure or cipher.
 */
export function readSdr(base64: string): Result<SdrBlob> {
  const outer = readSequence(Buffer.from(base64, 'base64'), [OCTETS, SEQUENCE, OCTETS]);
  if (!outer.ok) return outer;
  const [keyId, algorithm, ciphertext] = outer.value;
  const inner = readSequence(algorithm.whole, [OBJECT_ID, OCTETS]);
  if (!inner.ok) return inner;
  const [oid, iv] = inner.value;
  const kind = KINDS.find((each) => CIPHERS[each].oid.equals(oid.content));
  if (!kind) return fail('unsupported', undefined, 'unknown cipher');
  return ok({ kind, keyId: keyId.content, iv: iv.content, ciphertext: ciphertext.content });
}

/** The key that a value names; ids alone do not tell, because an upgraded key database reuses them. */
export const keyFor = (blob: SdrBlob, keys: readonly SdrKey[]): SdrKey | undefined =>
  keys.find(({ kind, id }) => kind === blob.kind && id.equals(blob.keyId));

/** The plain bytes, `undefined` when this key does not open the value; the caller zeroes them. */
export function decryptSdr(blob: SdrBlob, key: SdrKey): Bytes | undefined {
  const { name, block } = CIPHERS[blob.kind];
  if (key.kind !== blob.kind || blob.iv.length !== block) return undefined;
  const cipher = createDecipheriv(name, key.bytes, blob.iv);
  const start = cipher.update(blob.ciphertext);
  try {
    return joinZeroing(start, cipher.final());
  } catch {
    // node:crypto throws on wrong padding, which is what a wrong key looks like
    start.fill(0);
    return undefined;
  }
}

/** The base64 value that holds `plain` under this key, with a fresh initialisation vector. */
export function encryptSdr(key: SdrKey, plain: Bytes, random: Random): string {
  const { name, block, oid } = CIPHERS[key.kind];
  const iv = random(block);
  const cipher = createCipheriv(name, key.bytes, iv);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  const algorithm = writeDer(SEQUENCE, writeDer(OBJECT_ID, oid), writeDer(OCTETS, iv));
  return writeDer(SEQUENCE, writeDer(OCTETS, key.id), algorithm, writeDer(OCTETS, ciphertext)).toString(
    'base64',
  );
}

function joinZeroing(first: Bytes, second: Bytes): Bytes {
  const joined = Buffer.concat([first, second]);
  first.fill(0);
  second.fill(0);
  return joined;
}
