import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Electron's program, found as the npm package `electron` does (`index.js`: `path.txt`, then the folder `dist` or the
 * one in `ELECTRON_OVERRIDE_DIST_PATH`) but without asking that package, which would start a download.
 */
export function electronBinary(): string | undefined {
  const folder = packageFolder();
  if (folder === undefined) return undefined;
  const named = textOf(path.join(folder, 'path.txt'));
  const distribution = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const program = distribution
    ? path.join(distribution, named ?? 'electron')
    : path.join(folder, 'dist', named ?? 'electron');
  return fs.existsSync(program) ? program : undefined;
}

/** The folder that Electron's program came in, whole: packages are made of it. */
export function electronDistribution(): string | undefined {
  const program = electronBinary();
  if (program === undefined) return undefined;
  const [folder = ''] = program.split(`${path.sep}Electron.app${path.sep}`);
  const distribution = folder === program ? path.dirname(program) : folder;
  return fs.existsSync(path.join(distribution, 'version')) ? distribution : undefined;
}

function packageFolder(): string | undefined {
  try {
    return path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

const textOf = (file: string): string | undefined =>
  fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
