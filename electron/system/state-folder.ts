import path from 'node:path';
import type { Platform } from '../../shared/model.ts';
import type { Result } from '../../shared/problem.ts';
import { disk } from './disk.ts';
import { makeFolders } from './durable.ts';
import { attempt } from './errors.ts';

export interface StateFolderOptions {
  readonly platform: Platform;
  readonly home: string;
  /** Under `--home` no variable counts and the state lies inside that folder. */
  readonly confined: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Where Rekey keeps its own files unless told otherwise: `$XDG_STATE_HOME` (XDG Base Directory Specification, which
 * wants relative values ignored), `%LOCALAPPDATA%`, or `~/Library/Application Support`.
 */
export function stateFolder({ platform, home, confined, environment }: StateFolderOptions): string {
  const named = (variable: string): string | undefined => {
    const value = confined ? undefined : environment[variable];
    return value !== undefined && path.isAbsolute(value) ? value : undefined;
  };
  switch (platform) {
    case 'linux':
      return path.join(named('XDG_STATE_HOME') ?? path.join(home, '.local', 'state'), 'rekey');
    case 'win32':
      return path.join(named('LOCALAPPDATA') ?? path.join(home, 'AppData', 'Local'), 'Rekey');
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'Rekey');
  }
}

/** Makes the state folder where it does not exist; the Problem is that of the file system. */
export const makeStateFolder = (folder: string): Result<void> =>
  attempt(folder, () => makeFolders(disk, path.join(folder, 'runs'), 0o700));
