import { basename, join } from 'node:path';
import type { Entry, Trouble } from '../../shared/model.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { siteOf, toldEntry } from './told.ts';

const ID = 'browsers-chromium';

/**
 * What Chromium and its relatives have saved for web pages. The passwords are sealed with a key of the browser, so the
 * logins are only told, by site and user name; the column of the passwords is never read.
 */
export const browsersChromium: Store = {
  id: ID,
  name: 'Chromium, Chrome, Brave, Edge, Vivaldi, Opera',
  platforms: ['linux'],

  async *find(machine) {
    for (const [program, root] of rootsOf(machine)) {
      for (const dir of profilesIn(machine, root)) {
        for (const file of FILES) yield* savedIn(machine, program, dir, join(dir, file));
      }
    }
  },
};

/** Below the configuration folder (chrome/common/chrome_paths_linux.cc and the packages of the relatives). */
const FOLDERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Chromium: [['chromium']],
  Chrome: [['google-chrome'], ['google-chrome-beta'], ['google-chrome-unstable']],
  Brave: [['BraveSoftware', 'Brave-Browser']],
  Edge: [['microsoft-edge'], ['microsoft-edge-beta'], ['microsoft-edge-dev']],
  Vivaldi: [['vivaldi']],
  Opera: [['opera']],
};

/** The home of each program's configuration in a Flatpak or a snap, below the user's own. */
const SANDBOXES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Chromium: [
    ['.var', 'app', 'org.chromium.Chromium', 'config'],
    ['snap', 'chromium', 'common'],
  ],
  Chrome: [['.var', 'app', 'com.google.Chrome', 'config']],
  Brave: [
    ['.var', 'app', 'com.brave.Browser', 'config'],
    ['snap', 'brave', 'current', '.config'],
  ],
  Edge: [['.var', 'app', 'com.microsoft.Edge', 'config']],
  Vivaldi: [
    ['.var', 'app', 'com.vivaldi.Vivaldi', 'config'],
    ['snap', 'vivaldi', 'current', '.config'],
  ],
  Opera: [
    ['.var', 'app', 'com.opera.Opera', 'config'],
    ['snap', 'opera', 'current', '.config'],
  ],
};

function rootsOf(machine: Reader): readonly (readonly [program: string, dir: string])[] {
  const { home } = machine;
  const own = machine.env('CHROME_CONFIG_HOME') || machine.env('XDG_CONFIG_HOME') || join(home, '.config');
  return Object.entries(FOLDERS).flatMap(([program, folders]) => {
    const bases = [own, ...(SANDBOXES[program] ?? []).map((path) => join(home, ...path))];
    return bases.flatMap((base) => folders.map((folder) => [program, join(base, ...folder)] as const));
  });
}

/** The passwords of this computer, and those of the account that is signed in to the browser. */
const FILES = ['Login Data', 'Login Data For Account'];

/** `Default`, `Profile 1`; Opera's older profile is the root itself. */
const profilesIn = (machine: Reader, root: string): readonly string[] =>
  machine.kindOf(root) === 'directory' ? [root, ...machine.list(root).map((name) => join(root, name))] : [];

/** What was saved with a user name, without the sites for which saving was declined or another site signs in. */
const SAVED = `SELECT DISTINCT origin_url, username_value FROM logins
  WHERE blacklisted_by_user = 0 AND username_value <> '' AND coalesce(federation_url, '') = ''
  ORDER BY origin_url, username_value`;

/** The table is that of components/password_manager/core/browser/password_store/login_database.cc. */
function* savedIn(machine: Reader, program: string, dir: string, path: string): Generator<Entry | Trouble> {
  if (machine.kindOf(path) !== 'file') return;
  const rows = machine.rows(path, SAVED);
  if (!rows.ok) return yield { store: ID, problem: rows.problem };
  const told = new Set<string>();
  for (const { origin_url: origin, username_value: login } of rows.value) {
    const host = typeof origin === 'string' ? siteOf(origin) : undefined;
    if (host === undefined || typeof login !== 'string' || told.has(`${host}\n${login}`)) continue;
    told.add(`${host}\n${login}`);
    const name = `${login} on ${host}, ${profileName(dir)}`;
    yield toldEntry({ store: ID, program, name, path, login, host, guide: 'chromium' });
  }
}

/** `profile Default`, `Profile 1`. */
const profileName = (dir: string): string => basename(dir).replace(/^(?!Profile )/, 'profile ');
