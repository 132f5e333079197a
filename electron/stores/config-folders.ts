import { join } from 'node:path';
import type { Reader } from '../engine/ports.ts';

/** Where a desktop program keeps its settings. */
export interface ConfigFolder {
  readonly path: string;
  /** The keyring file that libsecret uses inside a Flatpak sandbox, where there is one. */
  readonly sandboxed?: string;
}

/** The settings folder of a program on the machine itself. */
export const configHome = (machine: Reader): string =>
  machine.env('XDG_CONFIG_HOME') || join(machine.home, '.config');

/** A program's settings folders: its own and the one of its Flatpak (`flatpak run`: XDG folders below `~/.var/app`). */
export function configFolders(machine: Reader, name: string, flatpak: string): readonly ConfigFolder[] {
  const sandbox = join(machine.home, '.var', 'app', flatpak);
  return [
    { path: join(configHome(machine), name) },
    {
      path: join(sandbox, 'config', name),
      sandboxed: join(sandbox, 'data', 'keyrings', 'default.keyring'),
    },
  ];
}
