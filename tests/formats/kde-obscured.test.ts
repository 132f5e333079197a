import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kdeObscured } from '../../electron/formats/kde-obscured.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const SLOT = { group: 'Transport 9' };

const templates = fc
  .tuple(
    fc.constantFrom('', '# x\n[Transport 10]\npassword=other\n', '[Transport 9]\nid=9\n\n'),
    fc.constantFrom('password=', 'password = ', '\tpassword=\t'),
    fc.constantFrom('\n', '', ' \r\n[Transport 10]\npassword=other\n', '\nport=1\n'),
  )
  .map(([head, key, tail]) => ({
    before: Buffer.from(`${head}[Transport 9]\n${key}`),
    after: Buffer.from(tail),
  }));

/** Written anew: the mirrored units, blanks at the ends and control characters escaped. */
function spell(password: string): Buffer | undefined {
  const units = Array.from({ length: password.length }, (_, at) => password.charCodeAt(at));
  if (units.some((unit) => unit === 0 || (unit >= 0x2020 && unit <= 0x281f) || unit > 0xfffd))
    return undefined;
  const last = units.length - 1;
  const spelled = units.map((unit, at) => {
    if (unit === 0x20) return at === 0 || at === last ? '\\s' : ' ';
    if (unit < 0x20) return NAMED.get(unit) ?? `\\x${unit.toString(16).padStart(2, '0')}`;
    return unit === 0x21 ? '!' : String.fromCharCode(0x1001f - unit);
  });
  return Buffer.from(spelled.join(''));
}

const NAMED = new Map([
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
]);

describe('kde-obscured lens', () => {
  lensLaws({ lens: kdeObscured, slot: SLOT, templates, spell });

  test('what KDE would have to choose from, or a shell to make, is left alone', () => {
    for (const text of [
      '[Transport 9]\npassword=a\n[Transport 9]\npassword=b\n',
      '[Transport 9]\npassword[$i]=a\n',
      '[Transport 9]\npassword[$e]=$(x)\n',
    ])
      expect(get(kdeObscured, Buffer.from(text), SLOT)).toBe('unsupported');
    expect(put(kdeObscured, Buffer.from('[Transport 9]\nid=9\n'), SLOT, 'x')).toMatchObject({
      problem: { kind: 'changed' },
    });
  });
});
