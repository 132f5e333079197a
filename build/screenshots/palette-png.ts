import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Pixels of a picture, three bytes each, row by row. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Buffer;
}

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const COLOURS = 256;

/**
 * The same picture in 256 colours, at a third of its size: screens have few colours, and the shades at the edges of
 * letters bear to be off by one. Takes what browsers write: eight bits a channel, no interlacing (PNG, RFC 2083).
 */
export function inPalette(png: Buffer): Buffer {
  const { width, height, rgb } = pixelsOf(png);
  const { colours, indexOf } = palette(rgb);
  const rows = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < width * height; at += 1) {
    // each row begins with its filter, which is none
    rows[at + Math.floor(at / width) + 1] = indexOf(rgb.readUIntBE(at * 3, 3));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.concat(colours.map(bytesOf))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const bytesOf = (colour: number): Buffer => Buffer.from([colour >> 16, (colour >> 8) & 255, colour & 255]);

/** Half of them are the most frequent colours, half those that would be missed most; the rest becomes the nearest. */
function palette(rgb: Buffer): {
  readonly colours: readonly number[];
  readonly indexOf: (colour: number) => number;
} {
  const counts = new Map<number, number>();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const colours = chosen(counts);
  const known = new Map(colours.map((colour, index) => [colour, index]));
  const indexOf = (colour: number): number => {
    const index = known.get(colour) ?? nearest(colours, colour);
    known.set(colour, index);
    return index;
  };
  return { colours, indexOf };
}

function chosen(counts: ReadonlyMap<number, number>): readonly number[] {
  const byCount = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || a - b);
  const colours = byCount.slice(0, COLOURS / 2);
  const others = byCount.slice(COLOURS / 2).map((colour) => ({
    colour,
    count: counts.get(colour) ?? 0,
    off: Math.min(...colours.map((each) => distance(each, colour))),
  }));
  while (colours.length < COLOURS && others.length > 0) {
    const missed = others.reduce((worst, each) =>
      each.count * each.off > worst.count * worst.off ? each : worst,
    );
    colours.push(missed.colour);
    for (const other of others) other.off = Math.min(other.off, distance(other.colour, missed.colour));
  }
  return colours;
}

function nearest(colours: readonly number[], wanted: number): number {
  const distances = colours.map((colour) => distance(colour, wanted));
  return distances.indexOf(Math.min(...distances));
}

const distance = (a: number, b: number): number =>
  [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);

function pixelsOf(png: Buffer): Pixels {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colourType, , , interlaced] = header.subarray(8);
  if (depth !== 8 || interlaced !== 0 || (colourType !== 2 && colourType !== 6))
    throw new Error('not a picture that a browser wrote');
  const channels = colourType === 6 ? 4 : 3;
  const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((each) => each.data));
  const plain = unfiltered(inflateSync(data), width * channels, channels);
  const rgb = channels === 3 ? plain : plain.filter((_, at) => at % 4 !== 3);
  return { width, height, rgb: Buffer.from(rgb) };
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
}

/** Undoes the filter of each row (RFC 2083, section 6). */
function unfiltered(data: Buffer, stride: number, step: number): Buffer {
  const height = data.length / (stride + 1);
  const plain = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) {
    const filter = data[row * (stride + 1)] ?? 0;
    for (let column = 0; column < stride; column += 1) {
      const at = row * stride + column;
      const left = column >= step ? (plain[at - step] ?? 0) : 0;
      const up = row > 0 ? (plain[at - stride] ?? 0) : 0;
      const upLeft = row > 0 && column >= step ? (plain[at - stride - step] ?? 0) : 0;
      plain[at] = (data[at + row + 1] ?? 0) + predicted(filter, left, up, upLeft);
    }
  }
  return plain;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, upLeft);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [left, up, upLeft].map((each) => Math.abs(guess - each));
  if (toLeft === undefined || toUp === undefined || toUpLeft === undefined) return 0;
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
