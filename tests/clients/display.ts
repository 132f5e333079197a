import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A screen that nobody sees, for programs with windows. */
export interface Display extends AsyncDisposable {
  /** The value of `DISPLAY`. */
  readonly name: string;
}

/** Starts Xvfb on a number of its own choice; it is ready when it says that number. */
export async function openDisplay(): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(server, 'exit');
  const [said]: unknown[] = await Promise.race([once(server.stdout, 'data'), ended]);
  if (!Buffer.isBuffer(said)) throw new Error('Xvfb did not start');
  return {
    name: `:${said.toString().trim()}`,
    [Symbol.asyncDispose]: async () => {
      server.kill();
      await ended;
    },
  };
}
