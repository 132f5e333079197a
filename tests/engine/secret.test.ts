import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from '../../electron/engine/secret.ts';

const TEXT = 'p@ss "w\\ord" é€';

test('cannot be printed, serialised or cloned', () => {
  const secret = Secret.fromText(TEXT);
  const shown = [
    String(secret),
    JSON.stringify({ secret }),
    inspect(secret, { showHidden: true, depth: 9 }),
    ''.concat(String(secret)),
  ];
  for (const text of shown) {
    expect(text).not.toContain('p@ss');
    expect(text).toContain('[secret]');
  }
  expect(() => structuredClone(secret)).toThrow();
});

test('takes the bytes over and zeroes the source', () => {
  const source = Buffer.from(TEXT);
  const secret = Secret.take(source);
  expect(source.every((byte) => byte === 0)).toBe(true);
  expect(secret.useText((text) => text)).toBe(TEXT);
});

test('compares by value and is empty after dispose', () => {
  const secret = Secret.fromText(TEXT);
  expect(secret.equals(Secret.fromText(TEXT))).toBe(true);
  expect(secret.equals(Secret.fromText(`${TEXT} `))).toBe(false);
  const lent = secret.use((bytes) => bytes);
  secret.dispose();
  expect(secret.isEmpty).toBe(true);
  expect(lent.every((byte) => byte === 0)).toBe(true);
});
