import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { filesBelow, fullHome, typicalHome } from './homes.ts';
import { compared, ms, node, REKEY, type Budget } from './measure.ts';

const READ_ALL = 'for (const file of process.argv.slice(1)) require("fs").readFileSync(file)';

/** Starting, and scanning a typical home and one with everything in it, against bare Node and Node that only reads the same files. */
export async function startBudgets(): Promise<readonly Budget[]> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-bench-'));
  const [home, state] = [path.join(root, 'home'), path.join(root, 'state')];
  typicalHome(home, { address: 'alex@example.org', password: 'old-Pass-1' });
  const files = filesBelow(home);
  const full = path.join(root, 'full');
  fullHome(full);
  const all = filesBelow(full);
  const time = await compared(15, {
    bare: () => node(['-e', '0']),
    start: () => node([REKEY, '--version']),
    read: () => node(['-e', READ_ALL, ...files]),
    scan: () => node([REKEY, 'scan', '--home', home, '--state', state]),
    readAll: () => node(['-e', READ_ALL, ...all]),
    scanAll: () => node([REKEY, 'scan', '--home', full, '--state', state]),
  });
  const peak = memoryOf(['scan', '--home', home, '--state', state]);
  fs.rmSync(root, { recursive: true });
  return [
    {
      name: 'start',
      value: time.start / time.bare,
      limit: 1.5,
      of: 'bare node',
      detail: `${ms(time.start)} : ${ms(time.bare)}`,
    },
    {
      name: 'scan a typical home',
      value: time.scan / time.read,
      limit: 1.5,
      of: 'node reading the same files',
      detail: `${ms(time.scan)} : ${ms(time.read)}`,
    },
    {
      name: 'scan a home with all stores',
      value: time.scanAll / time.readAll,
      limit: 1.5,
      of: 'node reading the same files',
      detail: `${ms(time.scanAll)} : ${ms(time.readAll)}, ${all.length} files`,
    },
    {
      name: 'memory of the command line',
      value: peak,
      limit: 110,
      of: 'MB',
      detail: 'largest resident set of a scan',
    },
  ];
}

const REPORT =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))';

/** The largest resident set of a run, in MB. */
function memoryOf(args: readonly string[]): number {
  const { stderr } = spawnSync(process.execPath, ['--import', REPORT, REKEY, ...args], { encoding: 'utf8' });
  return Number(/peak (\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1024;
}
