import * as fc from 'fast-check';

/** Something that happens to a file. */
export type Damage = (bytes: Buffer, others: readonly Buffer[]) => Buffer;

/** What the formats give a meaning to: their words, quotes, comments, escapes, line ends and marks. */
const TOKENS = [
  ...'" \' \\ # ; = : @ % %3a %zz { } [ ] , ! ~ /* // gpg: \\u0000 \\ud800'.split(' '),
  ...'machine|login |password |default\n|macdef m\n|account |IMAPAccount |Pass |User |passwordeval '.split(
    '|',
  ),
  ...'[sendemail]|[sendemail "x"]|smtpPass = |[include]|https://|smtp://'.split('|'),
  ...'null|true|1e999|-0|[]|{}|"logins":|"nextId":|"hostname":"x",|"__proto__":{},'.split('|'),
  ...' |\t|\n|\r\n|\r|\n\n|\\\n|\0|\v|\f|\xef\xbb\xbf|\xff\xfe|\xc3|\xed\xa0\x80'.split('|'),
].map((text) => Buffer.from(text, 'latin1'));

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A stretch somewhere in the file, mostly a short one. */
const range: fc.Arbitrary<(length: number) => Range> = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.oneof(fc.nat(3), fc.nat(40), fc.nat(2000)))
  .map(([at, size]) => (length) => {
    const start = Math.floor(at * length);
    return { start, end: Math.min(length, start + size) };
  });

const replaced = (bytes: Buffer, { start, end }: Range, by: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, start), by, bytes.subarray(end)]);

const inserted = (bytes: Buffer, { start }: Range, what: Uint8Array): Buffer =>
  replaced(bytes, { start, end: start }, what);

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TOKENS) },
  fc.uint8Array({ minLength: 1, maxLength: 8 }),
);

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(range, piece).map(
    ([of, what]): Damage =>
      (bytes) =>
        inserted(bytes, of(bytes.length), what),
  ),
  fc.tuple(range, piece).map(
    ([of, what]): Damage =>
      (bytes) =>
        replaced(bytes, of(bytes.length), what),
  ),
  range.map(
    (of): Damage =>
      (bytes) =>
        replaced(bytes, of(bytes.length), Buffer.alloc(0)),
  ),
  range.map(
    (of): Damage =>
      (bytes) =>
        bytes.subarray(0, of(bytes.length).start),
  ),
  range.map(
    (of): Damage =>
      (bytes) =>
        bytes.subarray(of(bytes.length).start),
  ),
  fc.tuple(range, fc.nat(255)).map(([of, by]): Damage => (bytes) => {
    const { start } = of(bytes.length);
    return bytes.length === 0 ? bytes : replaced(bytes, { start, end: start + 1 }, Buffer.of(by));
  }),
  fc.tuple(range, range).map(([from, to]): Damage => (bytes) => {
    const { start, end } = from(bytes.length);
    return inserted(bytes, to(bytes.length), bytes.subarray(start, end));
  }),
  fc.tuple(range, fc.nat(), range).map(([to, which, from]): Damage => (bytes, others) => {
    const other = others[which % others.length] ?? bytes;
    const { start, end } = from(other.length);
    return inserted(bytes, to(bytes.length), other.subarray(start, end));
  }),
  fc.constantFrom<readonly [string, string]>(['\n', '\r\n'], ['\r\n', '\n'], ['"', "'"], [' ', '\t']).map(
    ([from, to]): Damage =>
      (bytes) =>
        Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1'),
  ),
);

/** One to four misfortunes in a row; now and then no file at all, but noise. */
export const damages: fc.Arbitrary<Damage> = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.array(damage, { minLength: 1, maxLength: 4 }).map(
      (all): Damage =>
        (bytes, others) =>
          all.reduce((left, each) => each(left, others), bytes),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 200 }).map(
      (noise): Damage =>
        () =>
          Buffer.from(noise),
    ),
  },
);
