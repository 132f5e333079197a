import fs from 'node:fs';
import { fail, ok, type Result } from '../../shared/problem.ts';

/**
 * Succeeds for a folder of the effective user. Problem: `foreign-home` when it belongs to somebody else; where the
 * system knows no user numbers (Windows), the rights on the files decide. `undefined`: there is no such folder.
 */
export function ownFolder(path: string): Result<true | undefined> {
  const stat = fs.statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return ok(undefined);
  const user = process.geteuid?.();
  return user === undefined || stat.uid === user ? ok(true) : fail('foreign-home', path);
}
