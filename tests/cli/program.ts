import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Scratch } from '../doubles/engine.ts';

/** The command that the package installs; it starts what `npm run build` made. */
const CLI = path.join(import.meta.dirname, '../../build/bin/rekey.cjs');

export interface CallOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Options of Node itself. */
  readonly node?: readonly string[];
  /** Called with the child's pid when it has said this on standard error; standard input stays open until then. */
  readonly when?: { readonly said: string; readonly act: (pid: number) => void };
}

export interface Called {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the installed command line as a process of its own on a scratch home. */
export function call(home: Scratch, args: readonly string[], options: CallOptions = {}): Promise<Called> {
  const child = spawn(process.execPath, [...(options.node ?? []), CLI, ...args], {
    cwd: home.root,
    env: {
      PATH: process.env['PATH'],
      HOME: home.home,
      REKEY_STATE_DIR: home.state,
      LC_ALL: 'C',
      ...options.env,
    },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
    if (options.when && child.pid !== undefined && err.includes(options.when.said))
      options.when.act(child.pid);
  });
  child.stdin.on('error', () => undefined);
  if (!options.when) child.stdin.end(options.input ?? '');
  else if (options.input !== undefined) child.stdin.write(options.input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** The arguments that every call on a scratch home starts from. */
export const on = (home: Scratch, ...args: string[]): string[] => [...args, '--home', home.home];
