import path from 'node:path';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Lock } from '../engine/ports.ts';
import { codeOf } from './errors.ts';
import { sqlite } from './sqlite.ts';

/**
 * One run at a time: an exclusive transaction on a small database. The kernel frees it when its holder dies, so no
 * stale lock can be left. Problem: `run-active`.
 */
export function takeLock(state: string): Result<Lock> {
  const db = new (sqlite().DatabaseSync)(path.join(state, 'lock.db'));
  try {
    db.exec('pragma busy_timeout = 0');
    db.exec('begin exclusive');
  } catch (error) {
    db.close();
    if (codeOf(error) === 'ERR_SQLITE_ERROR') return fail('run-active');
    throw error;
  }
  return ok({ release: () => void (db.isOpen && db.close()) });
}
