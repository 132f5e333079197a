import type { Request } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { Secret } from '../engine/secret.ts';
import type { Secrets } from '../engine/verbs.ts';

/** The passwords of one run, erased when it is over. */
export interface Passwords extends Secrets, Disposable {}

/** Takes the passwords out of a request. Problem: `password-unusable` for what no mail program could send. */
export function passwordsOf({
  password,
  oldPassword,
  unlocks,
}: Pick<Request<'apply'>, 'password' | 'oldPassword' | 'unlocks'>): Result<Passwords> {
  if (!isUsable(password)) return fail('password-unusable');
  const keys = unlocksOf(unlocks);
  const secrets = {
    password: Secret.fromText(password),
    ...(oldPassword === undefined ? {} : { old: Secret.fromText(oldPassword) }),
    unlocks: keys.unlocks,
  };
  return ok({
    ...secrets,
    [Symbol.dispose]: () => {
      for (const secret of [secrets.password, secrets.old, keys]) secret?.[Symbol.dispose]();
    },
  });
}

/** The primary passwords of one run, by what each opens; erased when it is over. */
export interface Unlocks extends Disposable {
  readonly unlocks: ReadonlyMap<string, Secret>;
}

/** Takes the primary passwords out of a request. */
export function unlocksOf(given: Request<'apply'>['unlocks']): Unlocks {
  const unlocks = new Map(Object.entries(given).map(([where, each]) => [where, Secret.fromText(each)]));
  return {
    unlocks,
    [Symbol.dispose]: () => {
      for (const secret of unlocks.values()) secret.dispose();
    },
  };
}

/** Half a surrogate pair has no UTF-8 form and would be stored as another character. */
const isUsable = (password: string): boolean =>
  password !== '' && password.isWellFormed() && !/[\0\r\n]/.test(password);
