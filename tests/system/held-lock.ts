import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Another process that holds a lock until it is killed. */
export interface Holder {
  readonly pid: number;
  kill(): Promise<void>;
}

/** Starts a program that says its process id once it holds the lock, and then waits for its input to end. */
export async function hold(program: string, args: readonly string[]): Promise<Holder> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [said]: unknown[] = await Promise.race([once(child.stdout, 'data'), ended]);
  if (!Buffer.isBuffer(said)) throw new Error(`${program} ended before it held the lock`);
  return {
    pid: Number(said.toString()),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const RUN_LOCK = path.join(import.meta.dirname, '../../electron/system/run-lock.ts');

/** Another Rekey in the middle of a run. */
export const holdRunLock = (state: string): Promise<Holder> =>
  hold(process.execPath, [
    '--input-type=module',
    '--disable-warning=ExperimentalWarning',
    '-e',
    `import { takeLock } from ${JSON.stringify(RUN_LOCK)};
     const lock = takeLock(${JSON.stringify(state)});
     if (!lock.ok) process.exit(1);
     console.log(process.pid);
     // a lock that nobody refers to any more is closed by the garbage collector
     process.stdin.on('end', () => lock.value.release()).resume();`,
  ]);

/** A mail client that has its profile open: SQLite's exclusive lock is fcntl(2)'s, as the one on `.parentlock`. */
export const holdFile = (file: string): Promise<Holder> =>
  hold(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '-e',
    `new (require('node:sqlite').DatabaseSync)(process.argv[1]).exec('begin exclusive');
     console.log(process.pid);
     process.stdin.resume();`,
    file,
  ]);
