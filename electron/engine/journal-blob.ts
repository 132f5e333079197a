import { createCipheriv, createDecipheriv } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Random } from './ports.ts';

/** What undo and recovery need of one place. */
export interface Versions {
  readonly before: Bytes | undefined;
  readonly after: Bytes | undefined;
}

const CIPHER = 'aes-256-gcm';
const IV_LENGTH = 12;
const TAG_LENGTH = 16;

/** Old and new bytes of every place, sealed with AES-256-GCM and bound to the run's id. */
export function sealBlob(key: Bytes, run: string, versions: readonly Versions[], random: Random): Bytes {
  const iv = random(IV_LENGTH);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(run));
  const plain = pack(versions);
  const sealed = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  plain.fill(0);
  return sealed;
}

/** Opens a blob; `undo-impossible` when it was not sealed with this key for this run. */
export function openBlob(key: Bytes, run: string, blob: Bytes): Result<readonly Versions[]> {
  try {
    const decipher = createDecipheriv(CIPHER, key, blob.subarray(0, IV_LENGTH)).setAAD(Buffer.from(run));
    decipher.setAuthTag(blob.subarray(-TAG_LENGTH));
    const plain = Buffer.concat([decipher.update(blob.subarray(IV_LENGTH, -TAG_LENGTH)), decipher.final()]);
    return ok(unpack(plain));
  } catch {
    return fail('undo-impossible', run, 'the undo data cannot be opened with the key at hand');
  }
}

/** A flag byte (0: absent), a 32-bit big-endian length, the bytes; before and after of each place in turn. */
function pack(versions: readonly Versions[]): Bytes {
  const parts = versions.flatMap(({ before, after }) => [...packOne(before), ...packOne(after)]);
  return Buffer.concat(parts);
}

function packOne(bytes: Bytes | undefined): readonly Bytes[] {
  const head = Buffer.alloc(5);
  head[0] = bytes === undefined ? 0 : 1;
  head.writeUInt32BE(bytes?.length ?? 0, 1);
  return bytes === undefined ? [head] : [head, bytes];
}

function unpack(plain: Bytes): readonly Versions[] {
  const versions: Versions[] = [];
  let at = 0;
  const one = (): Bytes | undefined => {
    const present = plain.readUInt8(at) === 1;
    const length = plain.readUInt32BE(at + 1);
    const start = at + 5;
    at = start + length;
    return present ? plain.subarray(start, at) : undefined;
  };
  while (at < plain.length) versions.push({ before: one(), after: one() });
  return versions;
}
