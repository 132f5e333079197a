import type { Slot } from '../../shared/model.ts';
import type { Bytes, Lens, StoreKey } from '../../electron/engine/ports.ts';
import { STORES } from '../../electron/stores/index.ts';
import * as fixture from '../stores/fixture.ts';

/** A file of a format, and where in it a password is or belongs. */
export interface Sample {
  readonly bytes: Bytes;
  readonly slot: Slot;
  readonly key?: StoreKey;
}

/** Formats that no place of a fixture has: an opened seal, odd items. */
const BY_HAND: Readonly<Record<string, readonly string[]>> = {
  'first-line': ['old\n', 'old\r\nuser: alex\r\n', 'old', 'caf\u00e9 \u20ac\notpauth://totp/x\n'],
  whole: ['old', 'caf\u00e9 \u20ac', 'two words\n'],
};

/** Every place of every fixture home that this lens opens. */
export async function samplesOf(lens: Lens): Promise<readonly Sample[]> {
  const samples: Sample[] = (BY_HAND[lens.id] ?? []).map((text) => ({ bytes: Buffer.from(text), slot: {} }));
  for (const store of STORES) {
    for (const name of fixture.casesOf(store.id)) {
      const folder = fixture.caseFolder(store.id, name);
      using scratch = fixture.scratchHome(folder);
      const { entries } = await fixture.findAll(store, scratch.machine);
      for (const entry of entries.filter((each) => each.lens === lens.id && each.auth === 'password')) {
        const { place } = entry;
        if ((place.kind === 'file' && place.seal !== undefined) || entry.problem) continue;
        const bytes = fixture.bytesAt(scratch, place);
        if (!bytes) continue;
        const key = fixture.keyOf(store, scratch.machine, entry, fixture.readCase(folder));
        samples.push({ bytes, slot: entry.slot, ...(key ? { key } : {}) });
      }
    }
  }
  return samples;
}
