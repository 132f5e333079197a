import { basename, join } from 'node:path';
import type { Entry, Trouble } from '../../shared/model.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { parseLogins } from '../formats/mozilla-logins-file.ts';
import { profileFolders } from './thunderbird-profiles.ts';
import { siteOf, toldEntry } from './told.ts';

const ID = 'browsers-firefox';

/**
 * What Firefox and LibreWolf have saved for web pages: only the sites, because user names are encrypted like the
 * passwords. A site is told once per profile, whoever signs in there.
 */
export const browsersFirefox: Store = {
  id: ID,
  name: 'Firefox, LibreWolf',
  platforms: ['linux'],

  async *find(machine) {
    const seen = new Set<string>();
    for (const [program, root] of rootsOf(machine)) {
      for (const dir of profileFolders(machine, root)) {
        if (!seen.has(dir)) yield* savedIn(machine, program, dir);
        seen.add(dir);
      }
    }
  },
};

/** Below the home folder (toolkit/xre/nsXREDirProvider.cpp, and the packages of the two). */
const ROOTS: readonly (readonly [program: string, ...path: string[]])[] = [
  ['Firefox', '.mozilla', 'firefox'],
  ['Firefox', 'snap', 'firefox', 'common', '.mozilla', 'firefox'],
  ['Firefox', '.var', 'app', 'org.mozilla.firefox', '.mozilla', 'firefox'],
  ['Firefox', '.var', 'app', 'org.mozilla.firefox', 'config', 'mozilla', 'firefox'],
  ['LibreWolf', '.librewolf'],
  ['LibreWolf', '.var', 'app', 'io.gitlab.librewolf-community', '.librewolf'],
];

function rootsOf(machine: Reader): readonly (readonly [program: string, dir: string])[] {
  const config = machine.env('XDG_CONFIG_HOME') || join(machine.home, '.config');
  return [
    ...ROOTS.map(([program, ...path]) => [program, join(machine.home, ...path)] as const),
    ['Firefox', join(config, 'mozilla', 'firefox')],
    ['LibreWolf', join(config, 'librewolf', 'librewolf')],
  ];
}

function* savedIn(machine: Reader, program: string, dir: string): Generator<Entry | Trouble> {
  const path = join(dir, 'logins.json');
  const bytes = machine.read(path);
  if (!bytes.ok) return yield { store: ID, problem: bytes.problem };
  if (!bytes.value) return;
  const file = parseLogins(bytes.value);
  if (!file.ok) return yield { store: ID, problem: { ...file.problem, subject: path } };
  const sites = file.value.logins.flatMap(({ usable, hostname }) => (usable ? (siteOf(hostname) ?? []) : []));
  for (const host of [...new Set(sites)].toSorted()) {
    const name = `${host}, profile ${profileName(dir)}`;
    yield toldEntry({ store: ID, program, name, path, login: '', host, guide: 'firefox' });
  }
}

/** `default-release`, without the eight random characters in front of it. */
const profileName = (dir: string): string => basename(dir).replace(/^[a-z0-9]{8}\./, '');
