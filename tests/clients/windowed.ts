import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { run } from '../lab/program.ts';
import type { Display } from './display.ts';

/** A program with its window open. */
export interface Windowed extends AsyncDisposable {
  /** Asks the running program to do something, as a second call of it does. */
  tell(...args: readonly string[]): Promise<void>;
  /** Types a line into the window of this name. */
  type(title: string, text: string): Promise<void>;
  /** Ends it as the end of a session does. */
  quit(): Promise<void>;
  kill(): Promise<void>;
}

/** Starts a program that keeps its sockets in `run` and `tmp` of the home. */
export function startWindowed(
  program: string,
  args: readonly string[],
  home: string,
  display: Display,
): Windowed {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    LANG: 'C.UTF-8',
    XDG_RUNTIME_DIR: path.join(home, 'run'),
    TMPDIR: path.join(home, 'tmp'),
    DISPLAY: display.name,
    NO_AT_BRIDGE: '1',
  };
  const child = spawn(program, args, { env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  return {
    tell: async (...more) => void (await run(program, more, { env })),
    async type(title, text) {
      const typed = [
        'search',
        '--sync',
        '--name',
        title,
        'windowfocus',
        '--sync',
        'type',
        '--delay',
        '0',
        text,
      ];
      await run('xdotool', typed, { env });
      await run('xdotool', ['key', 'Return'], { env });
    },
    quit: () => end(child, ended, 'SIGTERM'),
    kill: () => end(child, ended, 'SIGKILL'),
    [Symbol.asyncDispose]: () => end(child, ended, 'SIGKILL'),
  };
}

async function end(child: ChildProcess, ended: Promise<unknown>, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await ended;
}
