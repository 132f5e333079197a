import {
  createCipheriv,
  createDecipheriv,
  createDiffieHellman,
  hkdfSync,
  randomBytes,
  type DiffieHellman,
} from 'node:crypto';

/** A secret as the service keeps it. */
export interface StoredSecret {
  readonly value: Buffer;
  readonly contentType: string;
}

/** The wire form of a secret: session, parameters, value, content type; signature `(oayays)`. */
export type SecretStruct = readonly [session: string, parameters: Buffer, value: Buffer, contentType: string];

/**
 * The second Oakley group (RFC 2409 §6.2), written out because Electron's crypto does not know it by name.
 * The Secret Service specification fixes it; the secret only crosses a local socket.
 */
export const PRIME = Buffer.from(
  'ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74' +
    '020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437' +
    '4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed' +
    'ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff',
  'hex',
);
const GENERATOR = 2;
const KEY_BYTES = 16;
const IV_BYTES = 16;

/** Our half of the key agreement; `undefined` where the platform's crypto refuses the group. */
export function offerKey(): DiffieHellman | undefined {
  try {
    const pair = createDiffieHellman(PRIME, GENERATOR);
    pair.generateKeys();
    return pair;
  } catch {
    return undefined;
  }
}

/** One end of a session with the service: encrypted where a key was agreed on, else plain. */
export class SecretSession {
  readonly path: string;
  readonly #key: Buffer | undefined;

  private constructor(path: string, key: Buffer | undefined) {
    this.path = path;
    this.#key = key;
  }

  static plain(path: string): SecretSession {
    return new SecretSession(path, undefined);
  }

  /** The `dh-ietf1024-sha256-aes128-cbc-pkcs7` session: HKDF-SHA256 without salt and info over the padded secret. */
  static agreed(path: string, ours: DiffieHellman, theirs: Buffer): SecretSession {
    const shared = ours.computeSecret(theirs);
    const padded = Buffer.alloc(PRIME.length);
    shared.copy(padded, PRIME.length - shared.length);
    const key = Buffer.from(hkdfSync('sha256', padded, Buffer.alloc(0), Buffer.alloc(0), KEY_BYTES));
    shared.fill(0);
    padded.fill(0);
    return new SecretSession(path, key);
  }

  wrap(secret: StoredSecret): SecretStruct {
    if (!this.#key) return [this.path, Buffer.alloc(0), secret.value, secret.contentType];
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-128-cbc', this.#key, iv);
    const sealed = Buffer.concat([cipher.update(secret.value), cipher.final()]);
    return [this.path, iv, sealed, secret.contentType];
  }

  /** The secret in a reply; `undefined` when it is not one of this session. */
  unwrap(reply: unknown): StoredSecret | undefined {
    if (!isSecretStruct(reply)) return undefined;
    const [, iv, value, contentType] = reply;
    if (!this.#key) return { value: Buffer.from(value), contentType };
    try {
      const decipher = createDecipheriv('aes-128-cbc', this.#key, iv);
      const parts = [decipher.update(value), decipher.final()];
      const opened = Buffer.concat(parts);
      for (const part of parts) part.fill(0);
      return { value: opened, contentType };
    } catch {
      return undefined;
    }
  }
}

function isSecretStruct(value: unknown): value is SecretStruct {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [session, parameters, bytes, contentType]: readonly unknown[] = value;
  return (
    typeof session === 'string' &&
    Buffer.isBuffer(parameters) &&
    Buffer.isBuffer(bytes) &&
    typeof contentType === 'string'
  );
}
