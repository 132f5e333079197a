import process from 'node:process';
import type { Keyboard, Terminal } from './terminal.ts';

export interface TerminalOptions {
  /** Standard input carries a password or a manifest, so it is no keyboard. */
  readonly inputTaken: boolean;
  readonly quiet: boolean;
  readonly noColour: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The terminal that the program was started on. */
export function standardTerminal({ inputTaken, quiet, noColour, environment }: TerminalOptions): Terminal {
  const { stdin, stdout, stderr } = process;
  const plainTerminal = noColour || Boolean(environment['NO_COLOR']) || environment['TERM'] === 'dumb';
  return {
    interactive: !inputTaken && stdin.isTTY === true && stderr.isTTY === true,
    width: stdout.isTTY ? stdout.columns : undefined,
    colours: stdout.isTTY === true && !plainTerminal,
    print: (line) => void stdout.write(`${line}\n`),
    say: (line) => void (quiet || stderr.write(`${line}\n`)),
    show: (line) => void stderr.write(`${line}\n`),
    keyboard,
  };
}

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

/** Ends the process once everything that was said has left it: pipes may still be holding output back. */
export function leave(code: number): void {
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}
