import path from 'node:path';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Lock } from '../engine/ports.ts';
import { codeOf } from './errors.ts';
import { sqlite } from './sqlite.ts';

/**
 * One run at a time: an exclusive transaction on a small database. The kernel frees it when its holder dies, so no
 * stale lock can be left. Problems: `run-active`; `disk-full`, `access-denied` or `write-failed` where the state
 * folder cannot hold the lock.
 */
export function takeLock(state: string): Result<Lock> {
  const file = path.join(state, 'lock.db');
  let opened: Held | undefined;
  try {
    const db = new (sqlite().DatabaseSync)(file);
    opened = db;
    db.exec('pragma busy_timeout = 0');
    db.exec('begin exclusive');
    // A file that may not be written is opened all the same, and then not locked. A change, never committed, shows it.
    db.exec('pragma user_version = 1');
    held.add(db);
    return ok({ release: () => release(db) });
  } catch (error) {
    opened?.close();
    return failure(file, error);
  }
}

interface Held {
  readonly isOpen: boolean;
  close(): void;
}

/** Keeps a held database from being collected, which would close it and free the lock in mid-run. */
const held = new Set<Held>();

function release(db: Held): void {
  held.delete(db);
  if (db.isOpen) db.close();
}

/** SQLite's result codes (sqlite.org/rescode.html); the upper bytes of an extended one say more than is needed. */
const BUSY = 5;
const READONLY = 8;
const FULL = 13;
const CANTOPEN = 14;

function failure(file: string, error: unknown): Result<never> {
  const code = codeOf(error);
  if (!(error instanceof Error) || code !== 'ERR_SQLITE_ERROR' || !('errcode' in error)) throw error;
  switch (Number(error.errcode) & 0xff) {
    case BUSY:
      return fail('run-active');
    case FULL:
      return fail('disk-full', file);
    case READONLY:
    case CANTOPEN:
      return fail('access-denied', file);
    default:
      return fail('write-failed', file, String(error.errcode));
  }
}
