import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Attributes, Platform } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Doer, KeyringItem } from '../engine/ports.ts';
import { attempt, codeOf } from './errors.ts';
import { lockHolder } from './locks.ts';
import { rows } from './sqlite.ts';

/** What the machine's reader is opened with. */
export interface MachineOptions {
  readonly home: string;
  readonly confined: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Finds keyring items; never prompts. Left out when confined. */
  readonly keyring?: (attributes: Attributes) => Promise<Result<readonly KeyringItem[]>>;
}

const RUN_LIMIT_MS = 20_000;

/** The real machine as stores may see it. */
export function openMachine(options: MachineOptions): Doer {
  const { home, confined, environment } = options;
  return {
    platform: platform(),
    home,
    confined,
    env: (name) => (confined ? undefined : environment[name]),
    read: readFile,
    list: listFolder,
    kindOf,
    modeOf,
    rows,
    lockHolder,
    keyring: (attributes) =>
      confined || !options.keyring ? Promise.resolve(fail('keyring-missing')) : options.keyring(attributes),
    run: (program, args) => run(program, args),
  };
}

export const platform = (): Platform =>
  process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';

function readFile(file: string): Result<Bytes | undefined> {
  try {
    return ok(fs.readFileSync(file));
  } catch (error) {
    if (ABSENT.has(codeOf(error) ?? '')) return ok(undefined);
    return attempt(file, () => {
      throw error;
    });
  }
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

function listFolder(dir: string): readonly string[] {
  try {
    return fs.readdirSync(dir).sort();
  } catch {
    return [];
  }
}

function kindOf(file: string): 'file' | 'directory' | undefined {
  const stat = fs.statSync(path.resolve(file), { throwIfNoEntry: false });
  if (stat?.isFile()) return 'file';
  return stat?.isDirectory() ? 'directory' : undefined;
}

function modeOf(file: string): number | undefined {
  if (process.platform === 'win32') return undefined;
  const stat = fs.statSync(path.resolve(file), { throwIfNoEntry: false });
  return stat && stat.mode & 0o777;
}

function run(program: string, args: readonly string[]): Promise<Result<void>> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: RUN_LIMIT_MS }, (error) => {
      resolve(error ? fail('refresh-failed', program, codeOf(error)) : ok(undefined));
    });
  });
}
