import { ok, type Result } from '../../shared/problem.ts';
import { misuse } from './usage.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A password in the environment is refused before anything else happens, whoever put it there. */
export function refusedVariable(environment: Environment): Result<true> {
  const name = Object.keys(environment).find((each) => /^REKEY_(\w+_)?PASSWORD$/i.test(each));
  return name === undefined ? ok(true) : misuse('password-in-environment', name.toUpperCase());
}
