import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  INTEGER,
  OCTETS,
  readSequence,
  SEQUENCE,
  smallInteger,
  writeDer,
} from '../../electron/formats/der.ts';

const runs = { numRuns: Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000) };
const octets = (max: number) => fc.uint8Array({ maxLength: max }).map((array) => Buffer.from(array));

test('what is written is read again, with short and long lengths', () => {
  for (const size of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
    const content = Buffer.alloc(size, 7);
    const read = readSequence(writeDer(SEQUENCE, writeDer(OCTETS, content)), [OCTETS]);
    expect(read.ok && read.value[0].content.equals(content)).toBe(true);
  }
});

test('more children than asked for are given, fewer are refused', () => {
  const bytes = writeDer(SEQUENCE, writeDer(OCTETS), writeDer(INTEGER, Buffer.from([5])));
  const read = readSequence(bytes, [OCTETS]);
  expect(read.ok && read.value.length).toBe(2);
  expect(readSequence(bytes, [OCTETS, INTEGER, OCTETS]).ok).toBe(false);
  expect(readSequence(bytes, [INTEGER]).ok).toBe(false);
});

test.each([
  ['nothing', ''],
  ['a tag alone', '30'],
  ['a length beyond the end', '300204'],
  ['a child beyond its parent', '30020405'],
  ['an indefinite length', '30800000'],
  ['a length of five octets', '30850000000000'],
  ['something behind it', '300000'],
  ['another tag', '0400'],
])('%s is refused', (_name, hex) => {
  expect(readSequence(Buffer.from(hex, 'hex'), [])).toMatchObject({ problem: { kind: 'unsupported' } });
});

test('integers are read up to 32 bits and never below zero', () => {
  const read = (hex: string) => {
    const nodes = readSequence(writeDer(SEQUENCE, writeDer(INTEGER, Buffer.from(hex, 'hex'))), [INTEGER]);
    return nodes.ok ? smallInteger(nodes.value[0]) : undefined;
  };
  expect(read('01')).toBe(1);
  expect(read('2710')).toBe(10_000);
  expect(read('00ffffffff')).toBe(0xffffffff);
  expect(read('ff')).toBeUndefined();
  expect(read('0100000000')).toBeUndefined();
  expect(read('')).toBeUndefined();
});

test('garbage gives a result, never an exception', () => {
  fc.assert(
    fc.property(octets(64), (bytes) => typeof readSequence(bytes, [OCTETS, SEQUENCE]).ok === 'boolean'),
    runs,
  );
});
