import fs from 'node:fs';
import type { Entry } from '../../shared/model.ts';
import type { Store, StoreKey } from '../../electron/engine/ports.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { FIXED, findAll, lensOf } from '../stores/fixture.ts';

export const confinedTo = (home: string) => openMachine({ home, confined: true, environment: {} });

/** Puts a password of its own into every place that the store finds in the home; gives them by login. */
export async function putAll(
  store: Store,
  home: string,
  passwords: readonly string[],
  primary?: string,
): Promise<ReadonlyMap<string, string>> {
  const { entries } = await findAll(store, confinedTo(home));
  return new Map(
    entries.map((entry, index) => {
      const password = passwords[index] ?? '';
      const path = pathOf(entry);
      const key = keyOf(store, home, entry, primary);
      const bytes = fs.existsSync(path) ? fs.readFileSync(path) : undefined;
      const using = { ...FIXED, ...(key ? { key } : {}) };
      const written = lensOf(entry).put(bytes, entry.slot, Secret.fromText(password), using);
      if (!written.ok) throw new Error(`${JSON.stringify(password)}: ${written.problem.kind}`);
      fs.writeFileSync(path, written.value, { mode: 0o600 });
      return [entry.login, password];
    }),
  );
}

/** What the store and its lens read in the home, by login. */
export async function getAll(store: Store, home: string): Promise<ReadonlyMap<string, string>> {
  const { entries } = await findAll(store, confinedTo(home));
  return new Map(
    entries.map((entry) => {
      const value = lensOf(entry).get(fs.readFileSync(pathOf(entry)), entry.slot, keyOf(store, home, entry));
      return [entry.login, value.ok ? (value.value?.useText((text) => text) ?? '') : value.problem.kind];
    }),
  );
}

function keyOf(store: Store, home: string, { place }: Entry, primary?: string): StoreKey | undefined {
  const given = primary === undefined ? undefined : Secret.fromText(primary);
  const key = store.key?.(confinedTo(home), place, given);
  return key?.ok ? key.value : undefined;
}

function pathOf({ place }: Entry): string {
  if (place.kind !== 'file') throw new Error('not a file');
  return place.path;
}
