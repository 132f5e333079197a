import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { icns, ico } from '../../build/icons/containers.ts';

const FOLDER = path.join(import.meta.dirname, '../../build/icons');
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const read = (name: string): Buffer => fs.readFileSync(path.join(FOLDER, name));
const pictures = SIZES.map((size) => ({ size, png: read(`png/${size}x${size}.png`) }));

/** Width and height from a PNG's first chunk (RFC 2083 §4.1.1), with colour type 6: red, green, blue, alpha. */
const drawn = (png: Buffer) => ({
  signature: png.toString('latin1', 1, 4),
  sizes: [png.readUInt32BE(16), png.readUInt32BE(20)],
  colours: png.readUInt8(25),
});

test.each(pictures)('the picture of $size pixels is that large, and transparent outside', ({ size, png }) => {
  expect(drawn(png)).toEqual({ signature: 'PNG', sizes: [size, size], colours: 6 });
});

test('the Windows icon holds the sizes that Windows shows', () => {
  const file = read('rekey.ico');
  const members = Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const entry = 6 + 16 * index;
    const offset = file.readUInt32LE(entry + 12);
    const png = file.subarray(offset, offset + file.readUInt32LE(entry + 8));
    return { says: file.readUInt8(entry) || 256, is: drawn(png).sizes[0] };
  });
  expect(members).toEqual([16, 24, 32, 48, 64, 128, 256].map((size) => ({ says: size, is: size })));
  expect(file).toEqual(ico(pictures.filter(({ size }) => size <= 256)));
});

test('the macOS icon holds every size up to 1024', () => {
  const file = read('rekey.icns');
  expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length]);
  const members = new Map<string, number | undefined>();
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4))
    members.set(file.toString('latin1', at, at + 4), drawn(file.subarray(at + 8)).sizes[0]);
  // the two-pixel types: ic11 is 16@2x, ic12 32@2x, ic13 128@2x, ic14 256@2x, ic10 512@2x
  const onePixel = { icp4: 16, icp5: 32, icp6: 64, ic07: 128, ic08: 256, ic09: 512 };
  const twoPixels = { ic11: 32, ic12: 64, ic13: 256, ic14: 512, ic10: 1024 };
  expect(Object.fromEntries(members)).toEqual({ ...onePixel, ...twoPixels });
  expect(file).toEqual(icns(pictures));
});
