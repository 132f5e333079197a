import type { Contents } from './contents.ts';
import { nativeFiles } from './files.ts';
import { FUSES } from './fuses.ts';
import type { Target } from './target.ts';

const FIELDS = new Set([
  'name',
  'productName',
  'version',
  'description',
  'license',
  'author',
  'main',
  'desktopName',
]);
const DEVELOPMENT = /\.(map|tsx?|jsx|mts|cts|tsbuildinfo|gyp|cc?|h)$|(^|\/)(tests?|spec|docs?)\//;

/** Why a package must not leave this machine, a sentence each; empty when all is well. */
export function faultsOf(contents: Contents, target: Target): readonly string[] {
  const { files, packageJson, altered, externals } = contents;
  return [
    ...nativeFaults(contents, target),
    ...fuseFaults(contents),
    ...files.filter((name) => DEVELOPMENT.test(name)).map((name) => `${name} is of the development`),
    ...Object.keys(packageJson)
      .filter((field) => !FIELDS.has(field))
      .map((field) => `package.json holds the field ${field}`),
    ...externals
      .filter((name) => !isThere(name, contents, target))
      .map((name) => `the app asks for ${name}, which is not in the package`),
    ...altered.map((name) => `${name} is not what the archive's header says`),
    ...(contents.sealed || target.system === 'linux'
      ? []
      : ["the program does not hold the archive's digest"]),
    ...contents.otherArchives.map((name) => `${name} lies beside the app`),
  ];
}

function nativeFaults({ files, unpacked }: Contents, target: Target): readonly string[] {
  const wanted = nativeFiles(target);
  const native = files.filter((name) => name.endsWith('.node'));
  return [
    ...wanted.filter((name) => !unpacked.onDisk.includes(name)).map((name) => `${name} is missing`),
    ...native.filter((name) => !wanted.includes(name)).map((name) => `${name} is for another machine`),
    ...unpacked.onDisk
      .filter((name) => !native.includes(name))
      .map((name) => `${name} lies beside the archive`),
  ];
}

/** The names differ by their first letter: electron-builder's `runAsNode` is `RunAsNode` in the wire. */
const fuseFaults = ({ fuses }: Contents): readonly string[] =>
  Object.entries(FUSES)
    .filter(([name, wanted]) => fuses[inWire(name)] !== wanted)
    .map(([name, wanted]) => `the fuse ${inWire(name)} is not ${wanted ? 'on' : 'off'}`);

const inWire = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Electron brings itself, and koffi is asked for on every system but used on Linux alone. */
function isThere(name: string, { files }: Contents, { system }: Target): boolean {
  if (name === 'electron' || (name === 'koffi' && system !== 'linux')) return true;
  return files.includes(`node_modules/${name}/package.json`);
}
