import type { Request } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { Secret } from '../engine/secret.ts';
import type { Secrets } from '../engine/verbs.ts';
import { wholePath } from '../report/homely.ts';

/** The passwords of one run, erased when it is over. */
export interface Passwords extends Secrets, Disposable {}

/** Takes the passwords out of a request. Problem: `password-unusable` for what no mail program could send. */
export function passwordsOf(
  { password, oldPassword, unlocks }: Pick<Request<'apply'>, 'password' | 'oldPassword' | 'unlocks'>,
  home: string,
): Result<Passwords> {
  if (!isUsable(password)) return fail('password-unusable');
  const keys = unlocksOf(unlocks, home);
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

/** Takes the primary passwords out of a request; what they open may be spelled with `~`. */
export function unlocksOf(given: Request<'apply'>['unlocks'], home: string): Unlocks {
  const unlocks = new Map(
    Object.entries(given).map(([where, each]) => [wholePath(where, home), Secret.fromText(each)]),
  );
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
