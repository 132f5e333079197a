import * as fc from 'fast-check';

function nested(depth: number): unknown {
  let inner: unknown = 'bottom';
  for (let level = 0; level < depth; level += 1) inner = level % 2 === 0 ? [inner] : { inner };
  return inner;
}

function cycle(): unknown {
  const round: Record<string, unknown> = { id: 'run-1' };
  round['self'] = round;
  round['steps'] = [round];
  return round;
}

/** Made anew each time: some of them can be changed, some are big. */
const STRANGE: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => true,
  () => Number.NaN,
  () => -0,
  () => Number.POSITIVE_INFINITY,
  () => 2 ** 53,
  () => 7n,
  () => new Date(Number.NaN),
  () => new Map<unknown, unknown>([['id', 'run-1']]),
  () => new Set(['run-1']),
  () => /(a+)+$/,
  () => new Error('an error is a value too'),
  () => new Uint8Array(1 << 16),
  () => new Float64Array([Number.NaN]),
  () => new ArrayBuffer(8),
  () => new DataView(new ArrayBuffer(8)),
  () => Object('a boxed text'),
  () => [],
  () => ({}),
  () => Array(501).fill('x'),
  () => Array(1 << 16),
  () => Object.assign([], { length: 3 }),
  () => ({ length: 1, 0: 'x' }),
  () => Object.create(null),
  () => Object.create({ id: 'inherited', planId: 'inherited', run: 'inherited', direction: 'back' }),
  () => JSON.parse('{ "__proto__": { "direction": "back" }, "constructor": 1 }'),
  () => ({ toString: 1, valueOf: null, toJSON: 'no function' }),
  () => 'x'.repeat(4097),
  () => 'x'.repeat(1 << 20),
  () => '\0\r\n\u2028\ud800',
  cycle,
  () => nested(64),
  () => nested(2000),
  () => Symbol.iterator,
  () => () => 'run-1',
  () => ({
    get id(): never {
      throw new RangeError('an accessor');
    },
  }),
];

/** Anything at all: the values that break readers most often, and whatever fast-check makes up. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...STRANGE).map((make) => make()) },
  {
    weight: 1,
    arbitrary: fc.anything({
      maxDepth: 3,
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    }),
  },
);

/** Names that mean something to an object, to the contract, or to nobody. */
export const hostileKey = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'toJSON',
  'length',
  '',
  '0',
  'id',
  'ok',
  'value',
  'password',
);
