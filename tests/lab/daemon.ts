import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { until } from './until.ts';

/** A long-running program of our own, in a process group of its own. */
export interface Daemon {
  /** Ends it and everything it started: asks first, insists after the deadline. */
  stop(): Promise<void>;
}

export interface DaemonOptions {
  /** Receives the program's output. */
  readonly log: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Ends the whole group when its standard input closes: at `stop`, and when the test process itself dies. */
const KEEPER = '"$@" & read -r _; trap "" TERM; kill -TERM 0; wait';

const signalGroup = (leader: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
};

/** Starts a program that stays in the foreground. */
export function startDaemon(program: string, args: readonly string[], options: DaemonOptions): Daemon {
  const log = fs.openSync(options.log, 'a');
  const child = spawn('/bin/sh', ['-c', KEEPER, 'keeper', program, ...args], {
    detached: true,
    stdio: ['pipe', log, log],
    ...(options.env ? { env: options.env } : {}),
  });
  fs.closeSync(log);
  const { pid, stdin } = child;
  if (pid === undefined || stdin === null) throw new Error(`${program} could not be started`);
  const gone = (): boolean => !signalGroup(pid, 0);
  return {
    stop: async () => {
      stdin.end();
      const ended = await until(`the end of ${program}`, gone, 10_000).catch(() => false);
      if (ended) return;
      signalGroup(pid, 'SIGKILL');
      await until(`the end of ${program}`, gone);
    },
  };
}
