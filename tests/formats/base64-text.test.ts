import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64Text } from '../../electron/formats/base64-text.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const nothing = { before: Buffer.alloc(0), after: Buffer.alloc(0) };

describe('base64-text lens', () => {
  lensLaws({
    lens: base64Text,
    slot: {},
    templates: fc.constant(nothing),
    spell: (password) =>
      password.includes('\0') ? undefined : Buffer.from(Buffer.from(password).toString('base64')),
  });

  test('no bytes hold nothing; what is no text, or spelled otherwise, is left alone', () => {
    expect(get(base64Text, Buffer.alloc(0), {})).toBeUndefined();
    for (const spelled of ['gIE=', 'b2xk\n', 'b2xkIA', '*', 'b2x kIA=='])
      expect(put(base64Text, Buffer.from(spelled), {}, 'new')).toMatchObject({
        problem: { kind: 'unsupported' },
      });
  });
});
