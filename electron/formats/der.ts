import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes } from '../engine/ports.ts';

/** One element of a DER text (ITU-T X.690): its tag, its content and the content with the header. */
export interface Der {
  readonly tag: number;
  readonly content: Bytes;
  readonly whole: Bytes;
}

export const INTEGER = 0x02;
export const OCTETS = 0x04;
export const OBJECT_ID = 0x06;
export const SEQUENCE = 0x30;

type Tagged<Tags extends readonly number[]> = readonly [...{ [Index in keyof Tags]: Der }, ...Der[]];

/**
 * The children of the one SEQUENCE that `bytes` are; the first ones have the given tags, more may follow.
 * Anything else, a length beyond the end or an indefinite length gives `unsupported`.
 */
export function readSequence<const Tags extends readonly number[]>(
  bytes: Bytes,
  tags: Tags,
): Result<Tagged<Tags>> {
  const outer = elementAt(bytes, 0);
  if (!outer || outer.tag !== SEQUENCE || outer.whole.length !== bytes.length) return refusal();
  const children = elements(outer.content);
  return children && startsWith(children, tags) ? ok(children) : refusal();
}

/** A DER element with the given tag around the parts. */
export function writeDer(tag: number, ...parts: readonly Bytes[]): Bytes {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOctets(content.length), content]);
}

/** A non-negative INTEGER that fits 32 bits, else `undefined`. */
export function smallInteger(node: Der): number | undefined {
  const { length } = node.content;
  const tooLong = length > 4 && !(length === 5 && node.content[0] === 0);
  if (node.tag !== INTEGER || length === 0 || tooLong || (node.content[0] ?? 0) > 0x7f) return undefined;
  return node.content.readUIntBE(0, length);
}

const refusal = () => fail('unsupported', undefined, 'not the expected DER structure');

const startsWith = <Tags extends readonly number[]>(
  nodes: readonly Der[],
  tags: Tags,
): nodes is Tagged<Tags> => tags.every((tag, index) => nodes[index]?.tag === tag);

function elements(bytes: Bytes): readonly Der[] | undefined {
  const found: Der[] = [];
  for (let at = 0; at < bytes.length;) {
    const next = elementAt(bytes, at);
    if (!next) return undefined;
    found.push(next);
    at += next.whole.length;
  }
  return found;
}

/** A length of up to four octets is far more than any blob of a password store needs. */
function elementAt(bytes: Bytes, at: number): Der | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  const more = first < 0x80 ? 0 : first - 0x80;
  const start = at + 2 + more;
  if (first === 0x80 || more > 4 || start > bytes.length) return undefined;
  const end = start + (more === 0 ? first : bytes.readUIntBE(at + 2, more));
  if (end > bytes.length) return undefined;
  return { tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end) };
}

function lengthOctets(length: number): Bytes {
  if (length < 0x80) return Buffer.from([length]);
  const size = length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
  const octets = Buffer.alloc(1 + size);
  octets[0] = 0x80 + size;
  octets.writeUIntBE(length, 1, size);
  return octets;
}
