import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { whole } from '../../electron/formats/whole.ts';
import { get, put } from './lens-laws.ts';
import { anyPassword } from './passwords.ts';

const numRuns = Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000);

describe('whole lens', () => {
  test('the bytes are the password, whatever was there before', () => {
    const before = fc.option(
      anyPassword.map((text) => Buffer.from(text)),
      { nil: undefined },
    );
    const check = (old: Buffer | undefined, password: string): void => {
      const written = put(whole, old, {}, password);
      if (password.includes('\0')) {
        expect(written).toMatchObject({ ok: false, problem: { kind: 'format-cannot-hold' } });
        return;
      }
      expect(written).toEqual({ ok: true, value: Buffer.from(password) });
      if (!written.ok) return;
      expect(get(whole, written.value, {})).toBe(password);
      const again = put(whole, written.value, {}, password);
      expect(again.ok && again.value === written.value).toBe(true);
    };
    fc.assert(fc.property(before, anyPassword, check), { numRuns });
  });

  test('reading leaves the bytes alone', () => {
    const bytes = Buffer.from('old');
    expect(get(whole, bytes, {})).toBe('old');
    expect(bytes.toString()).toBe('old');
  });

  test('without the password the place itself goes', () => {
    const using = { now: new Date(0), random: (n: number) => Buffer.alloc(n) };
    const check = (password: string): void => {
      const left = whole.remove?.(Buffer.from(password), {}, using);
      expect(left).toEqual({ ok: true, value: undefined });
    };
    fc.assert(
      fc.property(
        anyPassword.filter((text) => text !== ''),
        check,
      ),
      { numRuns },
    );
    const none = Buffer.alloc(0);
    const same = whole.remove?.(none, {}, using);
    expect(same?.ok && same.value === none).toBe(true);
    expect(whole.remove?.(Buffer.from([0x80]), {}, using)).toMatchObject({
      problem: { kind: 'unsupported' },
    });
  });

  test('no bytes hold nothing, bytes that are no text are left alone', () => {
    const binary = Buffer.from([0x80, 0x81]);
    expect(get(whole, Buffer.alloc(0), {})).toBeUndefined();
    expect(get(whole, binary, {})).toBe('unsupported');
    expect(put(whole, binary, {}, 'new')).toMatchObject({ ok: false, problem: { kind: 'unsupported' } });
  });
});
