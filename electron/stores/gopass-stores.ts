import { join } from 'node:path';
import type { Reader } from '../engine/ports.ts';
import { utf8 } from '../formats/git-config.ts';
import { parseGitConfig } from '../formats/git-config-syntax.ts';
import { configHome } from './config-folders.ts';

/**
 * The file of an entry of gopass (github.com/gopasspw/gopass): in the root store or in a store that is mounted there.
 * Undefined where this gopass has no configuration and no store of its own, so that the command is another program of
 * that name (Debian's `gopass` package), and for a store that is not sealed with GnuPG (age).
 */
export function gopassFile(machine: Reader, entry: string): string | undefined {
  const mounts = mountsOf(machine);
  const inside = [...mounts.keys()].filter((name) => name === '' || entry.startsWith(`${name}/`));
  const [name] = inside.toSorted((a, b) => b.length - a.length);
  const store = name === undefined ? undefined : mounts.get(name);
  if (name === undefined || store === undefined || machine.kindOf(join(store, '.gpg-id')) !== 'file')
    return undefined;
  return join(store, `${name === '' ? entry : entry.slice(name.length + 1)}.gpg`);
}

/** Folders of the stores by the name they are mounted under; the root's is empty (`mounts` in internal/config). */
function mountsOf(machine: Reader): ReadonlyMap<string, string> {
  const config = machine.read(configFile(machine));
  const variables = config.ok && config.value ? parseGitConfig(config.value) : undefined;
  const own = defaultRoot(machine);
  if (config.ok && config.value && !variables?.ok) return new Map();
  const stated = (variables?.ok ? variables.value : []).flatMap(({ section, key, subsection, value }) =>
    section === 'mounts' && key === 'path' && value
      ? [[utf8(subsection ?? ''), expanded(machine, utf8(value))] as const]
      : [],
  );
  return new Map([...(machine.kindOf(own) === 'directory' ? [['', own] as const] : []), ...stated]);
}

const configFile = (machine: Reader): string =>
  machine.env('GOPASS_CONFIG') || join(base(machine, 'config'), 'gopass', 'config');

const defaultRoot = (machine: Reader): string => join(base(machine, 'data'), 'gopass', 'stores', 'root');

/** `GOPASS_HOMEDIR` takes the place of the XDG folders (pkg/appdir/appdir_xdg.go). */
function base(machine: Reader, kind: 'config' | 'data'): string {
  const below = kind === 'config' ? ['.config'] : ['.local', 'share'];
  const moved = machine.env('GOPASS_HOMEDIR');
  if (moved) return join(moved, ...below);
  return kind === 'config'
    ? configHome(machine)
    : machine.env('XDG_DATA_HOME') || join(machine.home, ...below);
}

const expanded = (machine: Reader, path: string): string =>
  path.startsWith('~/') ? join(machine.home, path.slice(2)) : path;
