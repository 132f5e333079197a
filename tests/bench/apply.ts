import fs from 'node:fs';
import path from 'node:path';
import { apply } from '../../electron/engine/apply.ts';
import { plan } from '../../electron/engine/plan.ts';
import { scan } from '../../electron/engine/scan.ts';
import type { Disk } from '../../electron/engine/ports.ts';
import { countingDisk } from '../doubles/disks.ts';
import { ALL_ACCEPTED, engineOn, quietRun, scratch, secret, type Scratch } from '../doubles/engine.ts';
import { filesBelow, textHome, typicalHome } from './homes.ts';
import { compared, ms, type Budget } from './measure.ts';

const ADDRESS = 'alex@example.org';
let round = 0;

const nextPassword = (): string => `new-Pass-${(round += 1)}`;

type Where = Pick<Scratch, 'home' | 'state'>;

/** Everything up to the moment at which the password is accepted; what is left is the apply itself. */
async function readyToApply(home: Where, address = ADDRESS, disk?: Disk): Promise<() => Promise<number>> {
  const engine = engineOn(home, disk ? { disk } : {});
  const planned = await plan(engine, await scan(engine), { account: address });
  if (!planned.ok) throw new Error(planned.problem.kind);
  const secrets = { password: secret(nextPassword()) };
  return async () => {
    const report = await apply(engine, planned.value, secrets, ALL_ACCEPTED, quietRun());
    return report.outcomes.filter(({ outcome }) => outcome === 'written').length;
  };
}

/** The safe way by hand: temporary file, flush, rename, flush of the folder; nothing is checked or can be undone. */
function safelyByHand(file: string, bytes: Buffer): void {
  const temporary = `${file}.tmp`;
  const fd = fs.openSync(temporary, 'wx', 0o600);
  fs.writeSync(fd, bytes);
  fs.fsyncSync(fd);
  fs.closeSync(fd);
  fs.renameSync(temporary, file);
  flushFolder(path.dirname(file));
}

function flushFolder(dir: string): void {
  const fd = fs.openSync(dir, 'r');
  fs.fsyncSync(fd);
  fs.closeSync(fd);
}

/** Flushes and time of one apply to the places of a typical home. */
export async function applyBudgets(): Promise<readonly Budget[]> {
  using home = scratch();
  typicalHome(home.home, { address: ADDRESS, password: 'old-Pass-1' });
  const counting = countingDisk();
  const slots = await (await readyToApply(home, ADDRESS, counting.disk))();
  const files = filesBelow(home.home).filter(
    (file) => fs.readFileSync(file, 'latin1').includes(`new-Pass-${round}`) || file.endsWith('logins.json'),
  );
  const flushes = counting.count('flush');
  const contents = files.map((file) => [file, fs.readFileSync(file)] as const);
  let next = await readyToApply(home);
  const time = await compared(9, {
    hand: () => contents.forEach(([file, bytes]) => safelyByHand(file, bytes)),
    plan: async () => {
      next = await readyToApply(home);
    },
    rekey: () => next(),
  });
  return [
    {
      name: `flushes of an apply to ${files.length} files`,
      value: flushes,
      limit: 2 * files.length + 6,
      of: 'flushes',
      detail: `${slots} passwords in them`,
    },
    {
      name: 'apply, with journal and read-back',
      value: time.rekey / time.hand,
      limit: 2,
      of: 'writing the same files safely by hand',
      detail: `${ms(time.rekey)} : ${ms(time.hand)}`,
    },
  ];
}

/** Many homes, one after the other, as a machine with many users has them. */
export async function manyHomesBudgets(count = 1000): Promise<readonly Budget[]> {
  using root = scratch();
  const homes = Array.from({ length: count }, (_, n) => manyHome(root, n));
  const scanAll = async (): Promise<void> => {
    for (const { home } of homes) await scan(engineOn(home));
  };
  await scanAll();
  const started = performance.now();
  await scanAll();
  const scanned = performance.now() - started;
  const [sample, others] = [homes.slice(0, 100), homes.slice(100, 200)];
  const files = others.map(({ home }) =>
    filesBelow(home.home).map((file) => [file, fs.readFileSync(file)] as const),
  );
  let ready = await Promise.all(sample.map(({ home, address }) => readyToApply(home, address)));
  const time = await compared(3, {
    batch: () => files.forEach(stagedBatch),
    rekey: async () => {
      for (const act of ready) await act();
    },
    plan: async () => {
      ready = await Promise.all(sample.map(({ home, address }) => readyToApply(home, address)));
    },
  });
  return [
    {
      name: `scan ${count} homes, warm`,
      value: scanned / 1000,
      limit: 0.5,
      of: 's',
      detail: ms(scanned / count) + ' a home',
    },
    {
      name: 'apply to 100 homes, with journal',
      value: time.rekey / time.batch,
      limit: 2,
      of: 'a staged batch by hand',
      detail: `${ms(time.rekey)} : ${ms(time.batch)}`,
    },
  ];
}

function manyHome(root: Scratch, n: number): { home: Pick<Scratch, 'home' | 'state'>; address: string } {
  const home = { home: path.join(root.root, `u${n}/home`), state: path.join(root.root, `u${n}/state`) };
  const address = `u${n}@example.org`;
  fs.mkdirSync(`${home.state}/runs`, { recursive: true });
  textHome(home.home, { address, password: 'old-Pass-1' });
  return { home, address };
}

/** All temporary files of a home written and flushed, then renamed, then one flush per folder. */
function stagedBatch(files: readonly (readonly [string, Buffer])[]): void {
  for (const [file, bytes] of files) {
    const fd = fs.openSync(`${file}.tmp`, 'wx', 0o600);
    fs.writeSync(fd, bytes);
    fs.fsyncSync(fd);
    fs.closeSync(fd);
  }
  for (const [file] of files) fs.renameSync(`${file}.tmp`, file);
  for (const dir of new Set(files.map(([file]) => path.dirname(file)))) flushFolder(dir);
}
