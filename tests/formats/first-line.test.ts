import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstLine } from '../../electron/formats/first-line.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const templates = fc
  .constantFrom(
    '',
    '\n',
    '\r\n',
    '\nlogin: anna\nurl: x\n',
    '\r\nlogin: anna\r\n',
    '\n\xe9\0binary',
    '\n\n\n',
  )
  .map((tail) => ({ before: Buffer.alloc(0), after: Buffer.from(tail, 'latin1') }));

describe('first-line lens', () => {
  lensLaws({
    lens: firstLine,
    slot: {},
    templates,
    spell: (password) => (/[\n\r\0]/.test(password) || password === '' ? undefined : Buffer.from(password)),
  });

  test('an empty first line holds nothing, one that is no text is not understood', () => {
    expect(get(firstLine, Buffer.from('\nlogin: anna\n'), {})).toBeUndefined();
    expect(get(firstLine, Buffer.from([0xff, 0xfe, 0x0a]), {})).toBe('unsupported');
  });

  test('an entry of an old gopass, which has its password further down, is left alone', () => {
    const entry = Buffer.from('GOPASS-SECRET-1.0\nPassword: old\n');
    expect(get(firstLine, entry, {})).toBe('unsupported');
    expect(put(firstLine, entry, {}, 'new')).toMatchObject({ problem: { kind: 'unsupported' } });
  });
});
