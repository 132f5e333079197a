import path from 'node:path';
import { parseArgs } from 'node:util';
import { fill } from '../shared/messages/explain.ts';
import { explainOnPage } from '../shared/messages/explain-on-page.ts';
import type { Messages } from '../shared/messages/messages.ts';
import type { Problem } from '../shared/problem.ts';
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

/** Why the app did not come up, for a person who started it and may have typed nothing. */
export function whyNotStarted(messages: Messages, problem: Problem): string {
  const { cannotStart, notThere } = messages.window;
  const own = problem.kind === 'usage' ? notThere[known(problem.detail)] : undefined;
  if (own !== undefined) return `${cannotStart}\n\n${fill(own, { subject: problem.subject ?? '' })}`;
  const { sentence, next = '' } = explainOnPage(messages, problem, 'before');
  return `${cannotStart}\n\n${sentence} ${next}`.trimEnd();
}

/** Of what it can be started with, a home and a file with authorities can be missing. */
const known = (detail: string | undefined): 'home' | 'authorities' =>
  detail === 'home-missing' ? 'home' : 'authorities';
