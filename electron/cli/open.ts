import os from 'node:os';
import path from 'node:path';
import { ok, type Result } from '../../shared/problem.ts';
import type { Engine } from '../engine/verbs.ts';
import { openBudget } from '../login/budget.ts';
import { authoritiesIn, openLateLogin } from '../login/late-login.ts';
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

/** `mayPrompt` where somebody is at the terminal. Problems: `foreign-home`, `usage` for a home or a certificate file that is not there, those of the state folder. */
export function openEngine(
  args: Arguments,
  environment: Environment,
  { mayPrompt = false } = {},
): Result<Opened> {
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
  const system = openSystem({ home, confined, environment, state: folder, mayPrompt });
  const trusted = args.value('ca');
  const ca = authoritiesIn(trusted && path.resolve(trusted), (file) => system.machine.read(file));
  if (!ca.ok) {
    system.close();
    return misuse('file-unreadable', '--ca');
  }
  const login = openLateLogin(ca.value);
  const engine: Engine = {
    system,
    stores: STORES,
    login,
    post: login,
    budget: openBudget(system),
  };
  return ok({ engine, home, close: () => system.close() });
}
