import path from 'node:path';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { openBudget } from '../login/budget.ts';
import { authoritiesIn, openLateLogin } from '../login/late-login.ts';
import { STORES } from '../stores/index.ts';
import { platform } from '../system/machine.ts';
import { openSystem } from '../system/open.ts';
import { ownFolder } from '../system/ownership.ts';
import { makeStateFolder, stateFolder } from '../system/state-folder.ts';
import { openCalls, type CallsOptions, type OpenCalls } from './calls.ts';

export interface AppOptions extends Omit<CallsOptions, 'engine'> {
  /** Absolute path of the home folder to work on. */
  readonly home: string;
  /** Only files under `home` count: for another home than the user's own, a scratch one above all. */
  readonly confined: boolean;
  /** Where Rekey keeps its own files, if not where the platform wants them. */
  readonly state?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A file with authorities (PEM) that are trusted besides the usual ones. */
  readonly ca?: string;
}

/**
 * The app on the real machine; `close` ends its run and its connections. Problems: `foreign-home`, `usage` for a home
 * or a certificate file that is not there, that of the file system where the state folder cannot be made.
 */
export function openApp(options: AppOptions): Result<OpenCalls> {
  const { home, confined, environment } = options;
  const own = confined ? ownFolder(home) : ok(true);
  if (!own.ok) return own;
  if (own.value === undefined) return fail('usage', home, 'home-missing');
  const folder = path.resolve(
    options.state ?? stateFolder({ platform: platform(), home, confined, environment }),
  );
  const made = makeStateFolder(folder);
  if (!made.ok) return made;
  const system = openSystem({ home, confined, environment, state: folder, mayPrompt: true });
  const ca = authoritiesIn(options.ca && path.resolve(options.ca), (file) => system.machine.read(file));
  if (!ca.ok) {
    system.close();
    return ca;
  }
  const login = openLateLogin(ca.value);
  const engine = { system, stores: STORES, login, post: login, budget: openBudget(system) };
  const calls = openCalls({ ...options, engine });
  return ok({ ...calls, close: () => calls.close().finally(() => system.close()) });
}
