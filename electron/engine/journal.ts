import type { Method, Place, RunRecord, Step } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { digest } from './fingerprint.ts';
import { openBlob, sealBlob, type Versions } from './journal-blob.ts';
import { decodeLog, encodeRecord, type Direction, type LogRecord, type Tally } from './journal-log.ts';
import { whereOf } from './place.ts';
import type { Bytes, JournalKey, System } from './ports.ts';

/** One place of a run. `before` and `after` are keyed digests. */
export interface JournalEntry {
  readonly place: Place;
  readonly method: Method;
  readonly steps: readonly Step[];
  readonly before: string;
  readonly after: string;
}

interface Manifest {
  readonly version: 1;
  readonly id: string;
  readonly account: string;
  readonly at: number;
  readonly protection: JournalKey['protection'];
  readonly entries: readonly JournalEntry[];
  /** How many passwords the run left for later before it began to write. */
  readonly waiting?: number;
}

/** A planned change of one place with its bytes, before it is journalled. */
export interface PlannedChange extends Versions {
  readonly place: Place;
  readonly method: Method;
  readonly steps: readonly Step[];
}

/** A run whose manifest exists: it can be carried out, finished or taken back. */
export interface OpenRun {
  readonly manifest: Manifest;
  readonly versions: readonly Versions[];
  readonly key: JournalKey;
  readonly log: readonly LogRecord[];
  record(record: LogRecord): Result<void>;
}

const folderOf = (id: string): string => `runs/${id}`;

/**
 * Registers changes before any of them is made: the sealed old and new bytes, then the manifest, whose existence
 * means that the run is prepared. `waiting` counts the passwords that the run leaves for later.
 */
export async function prepare(
  system: System,
  account: string,
  changes: readonly PlannedChange[],
  waiting = 0,
): Promise<Result<OpenRun>> {
  const key = await system.keys.current();
  if (!key.ok) return key;
  const at = system.clock.now();
  const id = runId(at, system.random(3));
  const manifest: Manifest = {
    version: 1,
    id,
    account,
    at: at.getTime(),
    protection: key.value.protection,
    entries: changes.map((change) => journalEntry(change, key.value.key)),
    waiting,
  };
  const written = writeRun(system, manifest, sealBlob(key.value.key, id, changes, system.random));
  return written.ok ? ok(openRun(system, manifest, changes, key.value, [])) : written;
}

function writeRun({ files }: System, manifest: Manifest, blob: Bytes): Result<void> {
  const folder = folderOf(manifest.id);
  const made = files.makeFolder(folder);
  if (!made.ok) return made;
  const steps = [
    () => files.touch(`${folder}/log`),
    () => files.create(`${folder}/blob`, blob),
    () => files.create(`${folder}/manifest`, Buffer.from(JSON.stringify(manifest))),
  ];
  for (const step of steps) {
    const done = step();
    if (done.ok) continue;
    files.removeFolder(folder);
    return done;
  }
  return ok(undefined);
}

const journalEntry = ({ before, after, ...rest }: PlannedChange, key: Bytes): JournalEntry => ({
  place: rest.place,
  method: rest.method,
  steps: rest.steps,
  before: digest(key, before),
  after: digest(key, after),
});

/** Sortable, and readable for the person who types it: date, time (UTC) and six hex digits. */
function runId(at: Date, random: Bytes): string {
  const stamp = at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return `${stamp}-${random.toString('hex')}`;
}

/** An earlier run with its bytes; `run-unknown`, or the Problem of its files or its key. */
export async function load(system: System, id: string): Promise<Result<OpenRun>> {
  const manifest = manifestOf(system, id);
  if (!manifest.ok) return manifest;
  const blob = system.files.read(`${folderOf(id)}/blob`);
  if (!blob.ok) return blob;
  if (!manifest.value || !blob.value) return fail('run-unknown', id);
  const log = logOf(system, id);
  if (!log.ok) return log;
  const key = await system.keys.of(manifest.value.protection);
  if (!key.ok) return key;
  const versions = openBlob(key.value.key, id, blob.value);
  return versions.ok ? ok(openRun(system, manifest.value, versions.value, key.value, log.value)) : versions;
}

function openRun(
  system: System,
  manifest: Manifest,
  versions: readonly Versions[],
  key: JournalKey,
  earlier: readonly LogRecord[],
): OpenRun {
  const log = [...earlier];
  const record = (entry: LogRecord): Result<void> => {
    log.push(entry);
    return system.files.append(`${folderOf(manifest.id)}/log`, encodeRecord(entry));
  };
  return { manifest, versions, key, log, record };
}

function logOf({ files }: System, id: string): Result<readonly LogRecord[]> {
  const bytes = files.read(`${folderOf(id)}/log`);
  return bytes.ok ? ok(decodeLog(bytes.value)) : bytes;
}

/** `undefined` when there is none: the run was never prepared. */
function manifestOf({ files }: System, id: string): Result<Manifest | undefined> {
  if (!isRunId(id)) return fail('run-unknown', id);
  const bytes = files.read(`${folderOf(id)}/manifest`);
  if (!bytes.ok || !bytes.value) return bytes.ok ? ok(undefined) : bytes;
  const manifest = parse(bytes.value);
  return manifest ? ok(manifest) : fail('undo-impossible', id, 'its manifest is damaged');
}

function parse(bytes: Bytes): Manifest | undefined {
  try {
    const manifest = JSON.parse(bytes.toString('utf8')) as Manifest;
    return manifest.version === 1 ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what a person types from naming anything outside the runs folder. */
const isRunId = (id: string): boolean => /^[0-9a-f-]+$/.test(id);

/** Every run on record that can be read, the oldest first. */
export function runs(system: System): readonly RunRecord[] {
  const found = system.files.list('runs').flatMap((id) => {
    const manifest = manifestOf(system, id);
    const log = logOf(system, id);
    return manifest.ok && manifest.value && log.ok ? [runRecord(manifest.value, log.value)] : [];
  });
  // Ids only tell seconds apart.
  return found.sort((a, b) => a.at - b.at);
}

function runRecord(manifest: Manifest, log: readonly LogRecord[]): RunRecord {
  const state = stateOf(log);
  const planned = manifest.entries.reduce((sum, { steps }) => sum + steps.length, 0);
  const tally = tallyIn(log) ?? { changed: planned, waiting: manifest.waiting ?? 0 };
  return {
    id: manifest.id,
    account: manifest.account,
    at: manifest.at,
    state,
    places: manifest.entries.map(({ place }) => whereOf(place)),
    changes: tally.changed,
    waiting: tally.waiting,
    undoable: state === 'committed',
    ...(manifest.entries.every(removes) ? { removes: true } : {}),
  };
}

const removes = ({ steps }: JournalEntry): boolean => steps.every(({ effect }) => effect === 'remove');

/** The count of the run's own end: an undo of single places closes the run again, without one. */
const tallyIn = (log: readonly LogRecord[]): Tally | undefined =>
  log.flatMap((record) => (record.kind === 'committed' && record.tally ? [record.tally] : []))[0];

function stateOf(log: readonly LogRecord[]): RunRecord['state'] {
  const last = log.findLast(
    ({ kind }) => kind === 'committed' || kind === 'rolling-back' || kind === 'rolled-back',
  );
  return last && last.kind !== 'begin' && last.kind !== 'done' ? last.kind : 'prepared';
}

/** Runs that were being written when the power went: their folder exists, their manifest does not. */
export const unprepared = (system: System): readonly string[] =>
  system.files.list('runs').filter((id) => {
    const manifest = manifestOf(system, id);
    return manifest.ok && manifest.value === undefined;
  });

export const remove = (system: System, id: string): Result<void> => system.files.removeFolder(folderOf(id));

export type { Direction };
