import { isUtf8 } from 'node:buffer';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { Secret } from '../engine/secret.ts';
import { misuse } from './usage.ts';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Bytes as they arrive: standard input, or a descriptor that the caller left open. */
export type ByteStream = AsyncIterable<unknown>;

/** More than any password or manifest; keeps a wrong redirection from filling the memory. */
const LIMIT = 1 << 20;

/**
 * The one line of a stream as a secret, its line end (LF or CRLF) and a byte order mark taken off. Problems:
 * `usage` for an empty line, `password-unusable` for what no mail program could send.
 */
export async function readSecretLine(stream: ByteStream): Promise<Result<Secret>> {
  const bytes = await readBytes(stream, (chunk) => chunk.includes(LINE_FEED));
  const line = withoutLineEnd(bytes.subarray(bytes.indexOf(BYTE_ORDER_MARK) === 0 ? 3 : 0));
  const secret = usableSecret(Buffer.from(line));
  bytes.fill(0);
  return secret;
}

/** Everything that the stream gives, in one buffer that is the caller's to erase. */
export const readWhole = (stream: ByteStream): Promise<Buffer> => readBytes(stream, () => false);

/** Takes the bytes over as a password, if they can be one. */
export function usableSecret(bytes: Buffer): Result<Secret> {
  if (bytes.length === 0) return misuse('password-missing');
  const usable = isUtf8(bytes) && !bytes.some((byte) => byte === 0 || byte === LINE_FEED || byte === RETURN);
  if (usable) return ok(Secret.take(bytes));
  bytes.fill(0);
  return fail('password-unusable');
}

async function readBytes(stream: ByteStream, isLast: (chunk: Buffer) => boolean): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) throw new Error('the stream gives text instead of bytes');
    chunks.push(chunk);
    length += chunk.length;
    if (isLast(chunk) || length > LIMIT) break;
  }
  const whole = Buffer.concat(chunks);
  for (const chunk of chunks) chunk.fill(0);
  return whole;
}

/** Only the very last line end: a break inside the password stays, and is refused. */
function withoutLineEnd(bytes: Buffer): Buffer {
  if (bytes.at(-1) !== LINE_FEED) return bytes;
  return bytes.subarray(0, bytes.at(-2) === RETURN ? -2 : -1);
}
