import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** A source as Evolution's library makes it. */
export interface GnomeSource {
  readonly uid: string;
  readonly name?: string;
  readonly type: string;
  readonly backend: string;
  readonly host?: string;
  readonly user?: string;
  readonly method?: string;
}

export type GnomeRequest =
  | { readonly do: 'key-file' | 'variant'; readonly text: string }
  | { readonly do: 'source' | 'lookup'; readonly source: GnomeSource }
  | { readonly do: 'serves'; readonly collection: GnomeSource; readonly child: GnomeSource }
  | { readonly do: 'store'; readonly source: GnomeSource; readonly password: string };

/** Asks GLib and Evolution's library, in the given session if they need one. The Python is Debian's own. */
export function askGnome(requests: readonly GnomeRequest[], env: NodeJS.ProcessEnv = {}): readonly unknown[] {
  const done = spawnSync('/usr/bin/python3', [path.join(import.meta.dirname, 'gnome.py')], {
    input: JSON.stringify(requests),
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', GSETTINGS_BACKEND: 'memory', ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0) throw new Error(`gnome.py: ${done.stderr}`);
  return JSON.parse(done.stdout) as readonly unknown[];
}
