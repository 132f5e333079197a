import type { Place } from '../../shared/model.ts';
import { fail, ok, type Problem, type Result } from '../../shared/problem.ts';
import { isToldOnly } from './certainty.ts';
import type { Store } from './ports.ts';
import type { Engine } from './verbs.ts';

/** One door that was tried, or one store that looked around. */
export interface DoctorCheck {
  /** `state-folder`, `lock`, `secret-service`, `keychain`, or a store's own name. */
  readonly name: string;
  readonly result: 'works' | Problem;
  /** How many places a store found; what a browser knows of other sites is nobody's place. */
  readonly places?: number;
}

const FOLDER = 'doctor';
const DUMMY: readonly Place[] = [
  { kind: 'secret-service', attributes: { service: 'Rekey', account: 'doctor' }, label: 'Rekey (doctor)' },
  { kind: 'keychain', service: 'Rekey', account: 'doctor' },
];

/**
 * Tries every door with a dummy that is written, read back and removed, and counts what each store finds. Under
 * `--home` the keyrings are no doors, so they are not tried. Touches no client and prompts for nothing.
 */
export async function doctor(engine: Engine): Promise<readonly DoctorCheck[]> {
  const { system, stores } = engine;
  const checks = [check('state-folder', tryStateFolder(engine)), check('lock', tryLock(engine))];
  if (!system.machine.confined) {
    for (const place of DUMMY) checks.push(check(place.kind, await tryPlace(engine, place)));
  }
  for (const store of stores) {
    if (store.platforms.includes(system.machine.platform)) checks.push(await tryStore(engine, store));
  }
  return checks;
}

const check = (name: string, result: Result<unknown>): DoctorCheck => ({
  name,
  result: result.ok ? 'works' : result.problem,
});

function tryStateFolder({ system: { files, random } }: Engine): Result<unknown> {
  const bytes = random(32);
  files.removeFolder(FOLDER);
  const made = files.makeFolder(FOLDER);
  if (!made.ok) return made;
  const written = files.create(`${FOLDER}/dummy`, bytes);
  const read = files.read(`${FOLDER}/dummy`);
  const removed = files.removeFolder(FOLDER);
  if (!written.ok || !read.ok) return written.ok ? read : written;
  return read.value?.equals(bytes) === true ? removed : fail('mismatch', FOLDER);
}

function tryLock({ system }: Engine): Result<unknown> {
  const lock = system.lock();
  if (lock.ok) lock.value.release();
  return lock;
}

/** A dummy that an earlier doctor left behind is taken over. */
async function tryPlace({ system }: Engine, place: Place): Promise<Result<unknown>> {
  const door = system.doors[place.kind];
  const left = await door.readRaw(place);
  if (!left.ok) return left;
  const bytes = Buffer.from(system.random(16).toString('hex'));
  const change = { run: 'doctor', place, method: 'api' as const };
  const written = await door.commit({ ...change, before: left.value, after: bytes });
  if (!written.ok) return written;
  const stored = await door.readRaw(place);
  const removed = await door.commit({ ...change, before: bytes, after: undefined });
  if (!stored.ok || !removed.ok) return stored.ok ? removed : stored;
  return stored.value?.equals(bytes) === true ? ok(undefined) : fail('mismatch', place.kind);
}

async function tryStore({ system }: Engine, store: Store): Promise<DoctorCheck> {
  let places = 0;
  let trouble: Problem | undefined;
  for await (const found of store.find(system.machine)) {
    if (!('slot' in found)) trouble ??= found.problem;
    else if (!isToldOnly(found)) places += 1;
  }
  return { name: store.name, result: trouble ?? 'works', places };
}
