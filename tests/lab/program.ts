import { spawn } from 'node:child_process';

/** How a program ended and what it said. `code` is null when it had to be ended at the deadline. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** Given on standard input, which is closed afterwards. */
  readonly input?: string;
  /** The whole environment; by default the path alone. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Milliseconds until the program is ended. */
  readonly within?: number;
}

/** An environment that knows only the given home: no session bus, no XDG folders, no proxies of the caller. */
export const homeEnvironment = (home: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: home,
  LANG: 'C.UTF-8',
});

/**
 * Runs a program to its end. Never synchronously: the lab's policy server lives in this process, and a blocked
 * event loop would leave Dovecot waiting for it.
 */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { input = '', env = { PATH: process.env['PATH'] }, cwd, within = 30_000 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, cwd, timeout: within, killSignal: 'SIGKILL' });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    // a program that ends without reading its input is judged by its exit code
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() });
    });
  });
}

/** What the program printed; throws with its complaint when it fails. */
export async function mustRun(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, out, err } = await run(program, args, options);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${err || out}`);
  return out;
}
