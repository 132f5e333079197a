import type { Entry, Step } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { LENSES } from '../formats/index.ts';
import type { Bytes, Lens, Store, StoreKey } from './ports.ts';
import type { Secret } from './secret.ts';
import type { Engine } from './verbs.ts';

export function lensOf(id: string): Lens {
  const lens = LENSES.find((each) => each.id === id);
  if (!lens) throw new Error(`no lens is called ${id}`);
  return lens;
}

export const storeOf = (engine: Engine, id: string): Store | undefined =>
  engine.stores.find((store) => store.id === id);

/** The keys of places, asked for once per run and zeroed at its end. */
export class Keys implements Disposable {
  readonly #engine: Engine;
  readonly #unlocks: ReadonlyMap<string, Secret>;
  readonly #known = new Map<string, Result<StoreKey | undefined>>();

  constructor(engine: Engine, unlocks: ReadonlyMap<string, Secret> = new Map()) {
    this.#engine = engine;
    this.#unlocks = unlocks;
  }

  /** The key that the entry's store needs for its place; Problems `primary-password-needed` and `-wrong`. */
  of(entry: Entry): Result<StoreKey | undefined> {
    const store = storeOf(this.#engine, entry.store);
    if (!store?.key) return ok(undefined);
    const where = store.unlockedBy?.(entry.place) ?? JSON.stringify(entry.place);
    const known = this.#known.get(where);
    if (known) return known;
    const key = store.key(this.#engine.system.machine, entry.place, this.#unlocks.get(where));
    this.#known.set(where, key);
    return key;
  }

  [Symbol.dispose](): void {
    for (const key of this.#known.values()) if (key.ok) key.value?.dispose();
    this.#known.clear();
  }
}

export const firstEntry = (step: Step): Entry => {
  const [entry] = step.entries;
  if (!entry) throw new Error(`step ${step.id} has no entry`);
  return entry;
};

/** The secret in a step's slot of these bytes; `undefined` when nothing is stored. */
export function valueIn(step: Step, bytes: Bytes | undefined, keys: Keys): Result<Secret | undefined> {
  if (bytes === undefined) return ok(undefined);
  const key = keys.of(firstEntry(step));
  return key.ok ? lensOf(step.lens).get(bytes, step.slot, key.value) : key;
}

/** The secret that a step's place holds now; opens a seal, so only for a place that was written in this run. */
export async function writtenValue(
  engine: Engine,
  step: Step,
  keys: Keys,
): Promise<Result<Secret | undefined>> {
  const bytes = await engine.system.doors[step.place.kind].read(step.place);
  return bytes.ok ? valueIn(step, bytes.value, keys) : bytes;
}

/** The secret that a step's place holds now, if it can be read without a prompt: a seal stays closed. */
export async function storedValue(
  engine: Engine,
  step: Step,
  keys: Keys,
): Promise<Result<Secret | undefined>> {
  if (step.place.kind === 'file' && step.place.seal) return fail('cannot-verify', step.where);
  return writtenValue(engine, step, keys);
}
