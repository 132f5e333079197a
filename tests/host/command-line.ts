/** Electron's own command line, as far as Playwright and people use it. */
export interface CommandLine {
  /** The app: a folder with a package.json, or its main file. */
  readonly app: string | undefined;
  /** What follows the app is the app's. */
  readonly rest: readonly string[];
  /** Modules loaded before the app (`-r`). */
  readonly required: readonly string[];
  readonly switches: ReadonlyMap<string, string>;
}

/** Switches of Chromium count wherever they stand, as they do in Electron. */
const ANYWHERE = new Set(['user-data-dir', 'lang', 'no-sandbox', 'headless']);

/** `[-r module] [--switch[=value]]... app [argument]...` */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const required: string[] = [];
  const switches = new Map<string, string>();
  let at = 0;
  for (; args[at]?.startsWith('-'); at += 1) {
    if (args[at] === '-r' || args[at] === '--require') required.push(args[(at += 1)] ?? '');
    else switches.set(...switchOf(args[at] ?? ''));
  }
  const rest = args.slice(at + 1);
  for (const argument of rest) {
    const [name, value] = switchOf(argument);
    if (argument.startsWith('--') && ANYWHERE.has(name)) switches.set(name, value);
  }
  return { app: args[at], rest, required, switches };
}

function switchOf(argument: string): [name: string, value: string] {
  const [, name = '', value = ''] = /^--?([^=]*)=?(.*)$/s.exec(argument) ?? [];
  return [name, value];
}
