import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type * as Sqlite from 'node:sqlite';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Row } from '../engine/ports.ts';
import { codeOf } from './errors.ts';

/** Loaded on first use: most homes are scanned without a database being opened. */
export const sqlite = (): typeof Sqlite => process.getBuiltinModule('node:sqlite');

/**
 * Rows of a read-only query. A database with a journal or in WAL mode is read from a private copy, because SQLite
 * would otherwise write beside the file to recover it.
 */
export function rows(file: string, sql: string): Result<readonly Row[]> {
  if (!fs.existsSync(file)) return ok([]);
  try {
    return ok(isQuiet(file) ? queryOrCopy(file, sql) : queryCopy(file, sql));
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return code === 'EACCES'
      ? fail('access-denied', file, code)
      : fail('unsupported', file, 'not a database we can read');
  }
}

const SIDE_FILES = ['-journal', '-wal', '-shm'];

/** Bytes 18 and 19 of the header are 1 for a rollback journal (sqlite.org/fileformat.html, section 1.3). */
function isQuiet(file: string): boolean {
  const header = beginning(file, 20);
  return header[18] === 1 && header[19] === 1 && SIDE_FILES.every((side) => isIdle(file + side));
}

/** A journal that starts with a zero byte is over (`hasHotJournal` in src/pager.c); Chromium keeps such ones. */
const isIdle = (side: string): boolean =>
  !fs.existsSync(side) || (side.endsWith('-journal') && beginning(side, 1)[0] === 0);

/** The first bytes of a file, zeros where it ends earlier. */
function beginning(file: string, length: number): Buffer {
  const fd = fs.openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(length);
    fs.readSync(fd, bytes, 0, length, 0);
    return bytes;
  } finally {
    fs.closeSync(fd);
  }
}

/** A program that holds its database locked (a browser that runs) is not waited for: its bytes are read as they are. */
function queryOrCopy(file: string, sql: string): readonly Row[] {
  try {
    return query(file, sql);
  } catch (error) {
    if (resultOf(error) !== SQLITE_BUSY) throw error;
    return queryCopy(file, sql);
  }
}

/** Result codes (sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;

const resultOf = (error: unknown): unknown =>
  error instanceof Error && 'errcode' in error ? error.errcode : undefined;

function queryCopy(file: string, sql: string): readonly Row[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-'));
  try {
    const copy = path.join(folder, 'copy.db');
    fs.copyFileSync(file, copy);
    for (const side of SIDE_FILES) if (fs.existsSync(file + side)) fs.copyFileSync(file + side, copy + side);
    return query(copy, sql, false);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function query(file: string, sql: string, readOnly = true): readonly Row[] {
  const db = new (sqlite().DatabaseSync)(file, { readOnly });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}
