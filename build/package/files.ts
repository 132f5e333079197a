import type { FileSet } from 'electron-builder';
import path from 'node:path';
import type { Target } from './target.ts';

const ROOT = path.join(import.meta.dirname, '../..');

/** Files of a folder of the project; they keep their place in the app. */
const taken = (folder: string, ...filter: string[]): FileSet => ({
  from: path.join(ROOT, folder),
  to: folder,
  filter,
});

const module = (name: string, ...filter: string[]): FileSet =>
  taken(`node_modules/${name}`, 'package.json', ...filter);

/**
 * The native code of a target, by path in the package. Electron for Linux links glibc, so musl's builds are left out.
 * koffi calls nothing but glibc (`electron/system/libc.ts`) and is therefore in no other system's package.
 */
export const nativeFiles = ({ system, architecture }: Target): readonly string[] => [
  ...(system === 'linux'
    ? [`node_modules/@koromix/koffi-linux-${architecture}/linux_${architecture}/koffi.node`]
    : []),
  `node_modules/keytar/prebuilds/${system}-${architecture}/keytar.node`,
];

/**
 * What goes into `app.asar` besides its package.json, named file by file. Target and machine are never mixed:
 * electron-builder's own `${platform}` is the machine's, and its own choice of modules would bring every platform's
 * native code.
 */
export const appFiles = (target: Target): readonly FileSet[] => [
  taken('.', 'LICENSE'),
  taken('dist/app', 'main/*.cjs', 'preload/preload.cjs', 'renderer/**'),
  module('keytar', 'LICENSE.md', 'lib/keytar.js', `prebuilds/${target.system}-${target.architecture}/*.node`),
  module('tldts', 'LICENSE', 'dist/cjs/index.js'),
  ...(target.system === 'linux' ? koffi(target) : []),
];

const koffi = ({ architecture }: Target): readonly FileSet[] => [
  module('koffi', 'LICENSE.txt', 'index.cjs', 'src/koffi/index.cjs', 'src/koffi/src/static.cjs'),
  module(`@koromix/koffi-linux-${architecture}`, 'index.js', `linux_${architecture}/koffi.node`),
];
