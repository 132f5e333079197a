import { isAbsolute, join, normalize, relative, sep } from 'node:path';
import type { Platform } from '../../shared/model.ts';
import type { Reader } from '../engine/ports.ts';

/** A folder with the preferences of one Thunderbird, SeaMonkey or relative. */
export interface Profile {
  readonly client: string;
  readonly dir: string;
}

type Root = readonly [client: string, ...path: string[]];

/** Below the home folder, on Windows below the roaming application data (toolkit/xre/nsXREDirProvider.cpp). */
const ROOTS: Readonly<Record<Platform, readonly Root[]>> = {
  linux: [
    ['Thunderbird', '.thunderbird'],
    ['Thunderbird', 'snap', 'thunderbird', 'common', '.thunderbird'],
    ['Thunderbird', '.var', 'app', 'org.mozilla.Thunderbird', '.thunderbird'],
    ['Thunderbird', '.var', 'app', 'net.thunderbird.Thunderbird', '.thunderbird'],
    ['Betterbird', '.var', 'app', 'eu.betterbird.Betterbird', '.thunderbird'],
    ['SeaMonkey', '.mozilla', 'seamonkey'],
  ],
  darwin: [
    ['Thunderbird', 'Library', 'Thunderbird'],
    ['SeaMonkey', 'Library', 'Application Support', 'SeaMonkey'],
    ['Postbox', 'Library', 'Application Support', 'PostboxApp'],
  ],
  win32: [
    ['Thunderbird', 'Thunderbird'],
    ['SeaMonkey', 'Mozilla', 'SeaMonkey'],
    ['Postbox', 'PostboxApp'],
  ],
};

/** Debian leaves these as links to `.thunderbird`, so they count only where that is absent. */
const FORMER_ROOTS: readonly Root[] = [
  ['Thunderbird', '.icedove'],
  ['Thunderbird', '.mozilla-thunderbird'],
];

/** Every profile with a prefs.js: those that profiles.ini names and those that merely lie in the root. */
export function profilesOf(machine: Reader): readonly Profile[] {
  const profiles = new Map<string, Profile>();
  for (const [client, root] of rootsOf(machine)) {
    for (const dir of profileFolders(machine, root)) {
      const known = profiles.has(dir) || machine.kindOf(join(dir, 'prefs.js')) !== 'file';
      if (!known) profiles.set(dir, { client, dir });
    }
  }
  return [...profiles.values()];
}

/** The folders below a Mozilla program's root that may be profiles; one can be named twice. */
export const profileFolders = (machine: Reader, root: string): readonly string[] => [
  ...namedFolders(machine, root),
  ...lyingFolders(machine, root),
];

function rootsOf(machine: Reader): readonly (readonly [client: string, dir: string])[] {
  const { home, platform } = machine;
  const base = platform === 'win32' ? (machine.env('APPDATA') ?? join(home, 'AppData', 'Roaming')) : home;
  const roots = ROOTS[platform].map(([client, ...path]) => [client, join(base, ...path)] as const);
  if (platform !== 'linux') return roots;
  const config = machine.env('XDG_CONFIG_HOME') ?? join(home, '.config');
  const former = machine.kindOf(join(home, '.thunderbird')) === 'directory' ? [] : FORMER_ROOTS;
  return [
    ...roots,
    ['Thunderbird', join(config, 'thunderbird')],
    ...former.map(([client, ...path]) => [client, join(home, ...path)] as const),
  ];
}

/** The `Path` of every profile section (toolkit/profile/nsToolkitProfileService.cpp), as absolute folders. */
function namedFolders(machine: Reader, root: string): readonly string[] {
  const ini = machine.read(join(root, 'profiles.ini'));
  if (!ini.ok || !ini.value) return [];
  return sectionsOf(ini.value.toString('utf8'))
    .filter(({ name }) => /^Profile\d+$/.test(name))
    .flatMap(({ values }) => folderOf(machine, root, values));
}

function folderOf(machine: Reader, root: string, values: ReadonlyMap<string, string>): readonly string[] {
  const path = values.get('Path') ?? '';
  if (path === '') return [];
  if (values.get('IsRelative') === '1') return [normalize(join(root, path))];
  const reachable = isAbsolute(path) && !(machine.confined && isOutside(machine.home, path));
  return reachable ? [normalize(path)] : [];
}

function isOutside(home: string, path: string): boolean {
  const way = relative(home, path);
  return isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`);
}

/** Windows and macOS keep profiles one level further down. */
const lyingFolders = (machine: Reader, root: string): readonly string[] =>
  [root, join(root, 'Profiles')]
    .flatMap((dir) => machine.list(dir).map((name) => join(dir, name)))
    .filter((dir) => machine.kindOf(dir) === 'directory');

interface Section {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

function sectionsOf(text: string): readonly Section[] {
  const sections: { name: string; values: Map<string, string> }[] = [];
  for (const line of text.split(/[\r\n]+/)) {
    const name = /^\[([^\]]+)\]/.exec(line)?.[1];
    const [, key, value] = /^([^=;#]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) sections.push({ name, values: new Map() });
    else if (key !== undefined && value !== undefined) sections.at(-1)?.values.set(key.trim(), value.trim());
  }
  return sections;
}
