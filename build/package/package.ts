import fs from 'node:fs';
import path from 'node:path';
import { electronDistribution } from '../electron-binary.ts';
import { stop } from '../run-app.ts';
import { ROOT } from './config.ts';
import { contentsOf, type Contents } from './contents.ts';
import { faultsOf } from './faults.ts';
import { makePackage, makeStubPackage, type Packaged } from './make.ts';
import { thisMachine, type Target } from './target.ts';

/** `npm run package`: a package for this system. `-- --stub`: what it would hold on each system, without Electron. */
const STUBS: readonly Target[] = [
  { system: 'linux', architecture: 'x64' },
  { system: 'win32', architecture: 'x64' },
  { system: 'darwin', architecture: 'arm64' },
];
const OUTPUT = path.join(ROOT, 'dist/package');
const STUB_OUTPUT = path.join(ROOT, 'dist/stub-package');

try {
  if (process.argv.includes('--stub')) await showStubs(process.argv.includes('--keep'));
  else await packageHere();
} catch (error) {
  stop(`Packaging ended early: ${reasonOf(error instanceof Error ? error.message : String(error))}`);
}

/** electron-builder's errors run over many lines, and may list others below a line of their own. */
function reasonOf(message: string): string {
  const [, listed] = /^\w*Error: (.*)$/m.exec(message) ?? [];
  const [first = ''] = message.split('\n');
  return listed ?? first;
}

async function packageHere(): Promise<void> {
  const distribution = electronDistribution();
  if (distribution === undefined) {
    stop(
      'Electron is not here, and a package is made of it: get it with `npx install-electron` (ELECTRON_MIRROR names ' +
        'a mirror). `npm run package -- --stub` shows without it what a package would hold.',
    );
  }
  await show(await makePackage(thisMachine(), OUTPUT, distribution));
  console.log(`\nIn ${path.relative(process.cwd(), OUTPUT)}.`);
}

async function showStubs(keep: boolean): Promise<void> {
  try {
    for (const target of STUBS) await show(await makeStubPackage(target, STUB_OUTPUT));
  } finally {
    if (!keep) fs.rmSync(STUB_OUTPUT, { recursive: true, force: true });
  }
  if (keep)
    console.log(
      `\nKept in ${path.relative(process.cwd(), STUB_OUTPUT)}. It runs nowhere: it holds no Electron.`,
    );
}

/** Reads a package back and says what it is; a fault ends with the exit code 1. */
async function show(packaged: Packaged): Promise<void> {
  const { target, archive } = packaged;
  const contents = await contentsOf(packaged);
  const faults = faultsOf(contents, target);
  console.log(`\n${target.system} ${target.architecture}: ${path.relative(process.cwd(), archive)}`);
  for (const line of told(contents, target)) console.log(`  ${line}`);
  for (const fault of faults) console.error(`  ✗ ${fault}`);
  if (faults.length === 0)
    console.log('  ✓ nothing of the development, nothing missing, nothing of another system');
  else process.exitCode = 1;
}

function told({ files, unpacked, fuses, altered, sealed }: Contents, { system }: Target): readonly string[] {
  const seal = sealed ? 'its digest is in the program' : 'its digest is not in the program';
  return [
    `in the archive (${files.length})`,
    ...files.filter((name) => !unpacked.onDisk.includes(name)).map((name) => `  ${name}`),
    `beside it (${unpacked.onDisk.length})`,
    ...unpacked.onDisk.map((name) => `  ${name}`),
    'fuses',
    ...Object.entries(fuses).map(([name, on]) => `  ${on ? 'on ' : 'off'} ${name}`),
    `integrity: ${files.length - altered.length} of ${files.length} files are as the header says; ` +
      (system === 'linux' ? 'Electron for Linux does not check the header' : seal),
  ];
}
