import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Slot } from '../../shared/model.ts';
import type { Result } from '../../shared/problem.ts';
import type { Lens } from '../../electron/engine/ports.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { anyPassword } from './passwords.ts';

/** A file of the format with a hole where the secret's spelling belongs. */
export interface Template {
  readonly before: Buffer;
  readonly after: Buffer;
}

/** What the laws need to know of a format; `spell` is written anew in the test, not taken from the lens. */
export interface Format {
  readonly lens: Lens;
  readonly slot: Slot;
  readonly templates: fc.Arbitrary<Template>;
  /** Undefined for what the format cannot hold. */
  spell(password: string): Buffer | undefined;
}

const numRuns = Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000);
const using = { now: new Date(0), random: (n: number): Buffer => Buffer.alloc(n) };

export const put = (lens: Lens, bytes: Buffer | undefined, slot: Slot, password: string): Result<Buffer> =>
  lens.put(bytes, slot, Secret.fromText(password), using);

export function get(lens: Lens, bytes: Buffer, slot: Slot): string | undefined {
  const value = lens.get(bytes, slot);
  return value.ok ? value.value?.useText((text) => text) : value.problem.kind;
}

const built = ({ before, after }: Template, spelled: Buffer): Buffer =>
  Buffer.concat([before, spelled, after]);

/** The laws that every lens keeps, with many files and nasty passwords. */
export function lensLaws({ lens, slot, templates, spell }: Format): void {
  test('put changes the secret and nothing else, or refuses what the format cannot hold', () => {
    const check = (template: Template, old: string, next: string): void => {
      const spelledOld = spell(old);
      const spelled = spell(next);
      fc.pre(spelledOld !== undefined);
      const before = built(template, spelledOld ?? Buffer.alloc(0));
      const copy = Buffer.from(before);
      const written = put(lens, before, slot, next);
      expect(before.equals(copy)).toBe(true);
      if (!spelled) {
        expect(written).toMatchObject({ ok: false, problem: { kind: 'format-cannot-hold' } });
        return;
      }
      expect(written.ok && written.value.toString('latin1')).toBe(
        built(template, spelled).toString('latin1'),
      );
      if (!written.ok) return;
      expect(get(lens, written.value, slot)).toBe(next);
      expect(put(lens, written.value, slot, next)).toEqual({ ok: true, value: written.value });
      expect(put(lens, written.value, slot, old)).toEqual({ ok: true, value: before });
    };
    fc.assert(fc.property(templates, anyPassword, anyPassword, check), { numRuns });
  });

  test('truncated and damaged files give a result, and never a half-read secret', () => {
    const check = (template: Template, cut: number, damage: Uint8Array, password: string): void => {
      const whole = built(template, spell('0ld') ?? Buffer.alloc(0));
      const at = Math.floor(cut * whole.length);
      for (const bytes of [
        whole.subarray(0, at),
        Buffer.concat([whole.subarray(0, at), damage, whole.subarray(at)]),
        Buffer.from(damage),
      ]) {
        expect(typeof lens.get(bytes, slot).ok).toBe('boolean');
        const written = put(lens, bytes, slot, password);
        if (written.ok) expect(get(lens, written.value, slot)).toBe(password);
      }
    };
    const bytes = fc.uint8Array({ maxLength: 12 });
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(fc.property(templates, fraction, bytes, anyPassword, check), { numRuns });
  });

  test('a file that is not there is not made up', () => {
    expect(put(lens, undefined, slot, 'new')).toMatchObject({ ok: false, problem: { kind: 'changed' } });
    expect(put(lens, Buffer.alloc(0), slot, 'new')).toMatchObject({
      ok: false,
      problem: { kind: 'changed' },
    });
  });
}
