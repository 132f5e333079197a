import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { until } from '../lab/until.ts';
import { readCalls, type Call } from './strace.ts';

/** strace(1) on a process that is running already. */
export interface Attached {
  /** Resolves when a call of this name has begun. */
  begun(call: string): Promise<void>;
  /** Lets the process go, and gives the calls that were recorded. */
  end(): Promise<readonly Call[]>;
}

export interface AttachOptions {
  /** Names of the system calls to record. */
  readonly calls: readonly string[];
  /** A folder that the caller removes; the log holds all that was read and written, passwords too. */
  readonly folder: string;
  /** Left out, only the main thread is watched, which costs the others nothing. */
  readonly allThreads?: boolean;
  /** What is done to the n-th call of a name, counted from now: a signal before it, or microseconds of waiting. */
  readonly inject?: {
    readonly call: string;
    readonly nth: number;
    readonly what: `signal=${string}` | `delay_enter=${number}`;
  };
}

/** Attaches to a process; resolves when every call is seen. */
export async function attach(
  pid: number,
  { calls, folder, inject, allThreads = false }: AttachOptions,
): Promise<Attached> {
  const log = path.join(folder, `strace-${pid}.log`);
  const flags = [
    ...(allThreads ? ['-f'] : []),
    '-yy',
    '-xx',
    '-v',
    '-s',
    '8388608',
    '-o',
    log,
    '-e',
    `trace=${calls.join(',')}`,
  ];
  if (inject) flags.push('-e', `inject=${inject.call}:${inject.what}:when=${inject.nth}`);
  const strace = spawn('strace', [...flags, '-p', String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(strace, 'exit');
  let said = '';
  strace.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await until('strace to attach', () => said.includes(' attached'));
  return {
    begun: async (call) =>
      void (await until(`${call} to begin`, () => fs.readFileSync(log, 'latin1').includes(`${call}(`))),
    end: async () => {
      strace.kill('SIGINT');
      await ended;
      return readCalls(fs.readFileSync(log, 'utf8'));
    },
  };
}
