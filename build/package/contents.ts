import asar from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { externalsOf } from './externals.ts';
import type { Packaged } from './make.ts';

const FILE = z.object({
  unpacked: z.boolean().optional(),
  integrity: z.object({ algorithm: z.literal('SHA256'), hash: z.string() }),
});
const PACKAGE = z.record(z.string(), z.unknown());

/** What a package holds, read from the package alone. */
export interface Contents {
  /** Every file of the archive, sorted, `/` between folders. */
  readonly files: readonly string[];
  /** Those of them that lie beside the archive, as the archive says and as the disk says. */
  readonly unpacked: { readonly listed: readonly string[]; readonly onDisk: readonly string[] };
  /** The packages that the app's own code asks for when it runs. */
  readonly externals: readonly string[];
  readonly packageJson: Readonly<Record<string, unknown>>;
  /** By name of `FuseV1Options`; `undefined` where the program has no such fuse. */
  readonly fuses: Readonly<Record<string, boolean | undefined>>;
  /** Files whose bytes are not what the archive's header says. */
  readonly altered: readonly string[];
  /** Archives that Electron would look for beside ours. */
  readonly otherArchives: readonly string[];
  /** Whether the program holds the header's digest; Electron for Linux knows no such thing. */
  readonly sealed: boolean;
}

/** Reads a package back. */
export async function contentsOf({ target, program, archive }: Packaged): Promise<Contents> {
  asar.uncache(archive);
  const files = filesOf(archive);
  const entries = new Map(
    files.map((name) => [name, FILE.parse(asar.statFile(archive, path.normalize(name)))]),
  );
  const digest = sha256(Buffer.from(asar.getRawHeader(archive).headerString));
  const seal = target.system === 'darwin' ? path.join(program, 'Contents/Info.plist') : program;
  return {
    files,
    unpacked: {
      listed: files.filter((name) => entries.get(name)?.unpacked),
      onDisk: filesBelow(`${archive}.unpacked`),
    },
    externals: [...new Set(files.flatMap((name) => externalsIn(archive, name)))].sort(),
    packageJson: PACKAGE.parse(JSON.parse(extracted(archive, 'package.json').toString('utf8'))),
    fuses: await fusesOf(program),
    altered: files.filter((name) => sha256(extracted(archive, name)) !== entries.get(name)?.integrity.hash),
    otherArchives: fs
      .readdirSync(path.dirname(archive))
      .filter((name) => name.endsWith('.asar') && name !== path.basename(archive)),
    sealed: fs.readFileSync(seal).includes(digest),
  };
}

/** A file of an archive, wherever it lies. */
export const extracted = (archive: string, name: string): Buffer =>
  asar.extractFile(archive, path.normalize(name));

const externalsIn = (archive: string, name: string): readonly string[] =>
  /^dist\/app\/.*\.cjs$/.test(name) ? externalsOf(extracted(archive, name).toString('utf8')) : [];

function filesOf(archive: string): readonly string[] {
  const names = asar.listPackage(archive, { isPack: false }).map((name) => name.slice(1));
  const folders = new Set(names.map((name) => path.dirname(name)));
  return names
    .filter((name) => !folders.has(name))
    .map((name) => name.replaceAll(path.sep, '/'))
    .sort();
}

function filesBelow(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

async function fusesOf(program: string): Promise<Contents['fuses']> {
  const wire = await getCurrentFuseWire(program);
  const all = Object.values(FuseV1Options).filter((each) => typeof each === 'number');
  return Object.fromEntries(all.map((fuse) => [FuseV1Options[fuse], isOn(wire[fuse])]));
}

function isOn(state: FuseState | undefined): boolean | undefined {
  if (state === FuseState.ENABLE) return true;
  return state === FuseState.DISABLE ? false : undefined;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
