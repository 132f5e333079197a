import path from 'node:path';
import { parseArgs } from 'node:util';
import type { AppOptions } from './app/open.ts';

type LaunchOptions = Pick<AppOptions, 'home' | 'confined' | 'state' | 'ca'>;

const text = { type: 'string' } as const;

/**
 * What the app was started with: `--home DIR`, `--state DIR` and `--ca FILE` as on the command line. Everything else
 * on an Electron command line is Chromium's or a path, and is passed over.
 */
export function launchOptions(argv: readonly string[], ownHome: string): LaunchOptions {
  const { values } = parseArgs({
    args: argv.slice(1),
    options: { home: text, state: text, ca: text },
    strict: false,
    allowPositionals: true,
  });
  const named = (value: string | boolean | undefined): string | undefined =>
    typeof value === 'string' && value !== '' ? path.resolve(value) : undefined;
  const [home, state, ca] = [named(values['home']), named(values['state']), named(values['ca'])];
  return {
    home: home ?? ownHome,
    confined: home !== undefined,
    ...(state === undefined ? {} : { state }),
    ...(ca === undefined ? {} : { ca }),
  };
}
