import os from 'node:os';
import path from 'node:path';
import { ok, type Result } from '../../shared/problem.ts';
import type { Login } from '../engine/ports.ts';
import type { Engine } from '../engine/verbs.ts';
import { openBudget } from '../login/budget.ts';
import { STORES } from '../stores/index.ts';
import { platform } from '../system/machine.ts';
import { openSystem } from '../system/open.ts';
import { ownFolder } from '../system/ownership.ts';
import { makeStateFolder, stateFolder } from '../system/state-folder.ts';
import type { Arguments } from './arguments.ts';
import type { Environment } from './refused.ts';
import { misuse } from './usage.ts';

/** An engine on the real machine; `close` ends its connections. */
export interface Opened {
  readonly engine: Engine;
  readonly home: string;
  close(): void;
}

/** Problems: `foreign-home`, `usage` for a home or a certificate file that is not there, those of the state folder. */
export function openEngine(args: Arguments, environment: Environment): Result<Opened> {
  const named = args.value('home');
  const home = named === undefined ? os.homedir() : path.resolve(named);
  const confined = named !== undefined;
  const own = confined ? ownFolder(home) : ok(true);
  if (!own.ok) return own;
  if (own.value === undefined) return misuse('home-missing', '--home');
  const state = args.value('state') ?? (environment['REKEY_STATE_DIR'] || undefined);
  const options = { platform: platform(), home, confined, environment };
  const folder = state === undefined ? stateFolder(options) : path.resolve(state);
  // A scan keeps nothing, so it leaves no trace either.
  if (args.command !== 'scan' && !makeStateFolder(folder).ok) return misuse('state-unusable');
  const system = openSystem({ home, confined, environment, state: folder });
  const ca = authorities(args, (file) => system.machine.read(file));
  if (!ca.ok) {
    system.close();
    return ca;
  }
  const engine: Engine = {
    system,
    stores: STORES,
    login: lateLogin(ca.value),
    budget: openBudget(system),
  };
  return ok({ engine, home, close: () => system.close() });
}

/** The PEM text of `--ca`. */
function authorities(
  args: Arguments,
  read: (file: string) => Result<Buffer | undefined>,
): Result<readonly string[]> {
  const file = args.value('ca');
  if (file === undefined) return ok([]);
  const bytes = read(path.resolve(file));
  const text = bytes.ok ? bytes.value?.toString('utf8') : undefined;
  return text?.includes('-----BEGIN CERTIFICATE-----') ? ok([text]) : misuse('file-unreadable', '--ca');
}

/** The login, whose module is loaded at the first check: most commands ask no server. */
function lateLogin(ca: readonly string[]): Login {
  const opened = async (): Promise<Login> => (await import('../login/login.ts')).openLogin({ ca });
  let login: Promise<Login> | undefined;
  return {
    check: async (endpoint, password, run) => (await (login ??= opened())).check(endpoint, password, run),
  };
}
