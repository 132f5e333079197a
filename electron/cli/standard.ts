import type { Keyboard, Terminal } from './terminal.ts';

export interface TerminalOptions {
  /** Standard input carries a password or a manifest, so it is no keyboard. */
  readonly inputTaken: boolean;
  readonly quiet: boolean;
  readonly noColour: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The terminal that the program was started on. Node opens each standard stream when it is first looked at, which
 * costs as much as a small command, so nothing is looked at before it is needed.
 */
export function standardTerminal({ inputTaken, quiet, noColour, environment }: TerminalOptions): Terminal {
  const plainTerminal = noColour || Boolean(environment['NO_COLOR']) || environment['TERM'] === 'dumb';
  return {
    get interactive() {
      return !inputTaken && isTerminal(process.stdin) && isTerminal(process.stderr);
    },
    get width() {
      return isTerminal(process.stdout) ? process.stdout.columns : undefined;
    },
    get colours() {
      return !plainTerminal && isTerminal(process.stdout);
    },
    print: (line) => void process.stdout.write(`${line}\n`),
    say: (line) => void (quiet || process.stderr.write(`${line}\n`)),
    show: (line) => void process.stderr.write(`${line}\n`),
    keyboard,
  };
}

/** Streams that are no terminal have no `isTTY` at all. */
const isTerminal = (stream: { readonly isTTY?: boolean }): boolean => stream.isTTY ?? false;

const keyboard: Keyboard = {
  write: (text) => void process.stderr.write(text),
  listen: (take) => {
    const { stdin } = process;
    stdin.setRawMode(true);
    stdin.on('data', take);
    stdin.resume();
    return {
      stop: () => {
        stdin.off('data', take);
        stdin.pause();
        stdin.setRawMode(false);
      },
    };
  },
};

/** Ends the process once everything that was said has left it: a pipe may still hold the result back. */
export function leave(code: number): void {
  process.exitCode = code;
  process.stdout.write('', () => process.exit(code));
}
