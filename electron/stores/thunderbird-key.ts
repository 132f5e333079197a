import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Reader } from '../engine/ports.ts';
import type { Secret } from '../engine/secret.ts';
import { KEYS_QUERY, openNssKeys, PASSWORD_QUERY, type NssKeys } from '../formats/nss-key-db.ts';

/**
 * The keys of a profile's key4.db. `primary-password-needed` and `primary-password-wrong` name the profile folder;
 * `unsupported` for a damaged database and for a profile that only has the key3.db of Thunderbird 57 and before.
 */
export function readKeys(machine: Reader, dir: string, primaryPassword?: Secret): Result<NssKeys> {
  const path = join(dir, 'key4.db');
  if (machine.kindOf(path) !== 'file') return withoutKeys(machine, dir);
  const password = machine.rows(path, PASSWORD_QUERY);
  if (!password.ok) return password;
  const rows = password.value.length === 0 ? ok([]) : machine.rows(path, KEYS_QUERY);
  if (!rows.ok) return rows;
  const keys = openNssKeys(password.value, rows.value, primaryPassword);
  if (keys.ok) return keys;
  const { kind, detail } = keys.problem;
  return fail(kind, kind === 'unsupported' ? path : dir, detail);
}

const TOO_OLD = 'passwords of an old Thunderbird: start a current one once, then scan again';

function withoutKeys(machine: Reader, dir: string): Result<NssKeys> {
  const old = ['key3.db', 'signons.sqlite'].find((name) => machine.kindOf(join(dir, name)) === 'file');
  return old === undefined ? openNssKeys([], []) : fail('unsupported', join(dir, old), TOO_OLD);
}
