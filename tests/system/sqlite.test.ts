import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { rows } from '../../electron/system/sqlite.ts';
import { scratch, type Scratch } from '../doubles/engine.ts';

const QUERY = 'select name from people order by name';

/** A database with one row, open. */
function people(home: Scratch, journal: 'delete' | 'wal'): DatabaseSync {
  const db = new DatabaseSync(home.path('people.db'));
  db.exec(
    `pragma journal_mode = ${journal}; create table people (name text); insert into people values ('ann')`,
  );
  return db;
}

const namesIn = (file: string): unknown => {
  const found = rows(file, QUERY);
  return found.ok ? found.value.map(({ name }) => name) : found.problem.kind;
};

/** Names, bytes and times of all files of a folder, and what lies in the folder for temporary files. */
const traces = (home: Scratch): unknown => [
  fs.readdirSync(home.home).map((name) => {
    const { mtimeNs, ino } = fs.statSync(home.path(name), { bigint: true });
    return [name, mtimeNs, ino, fs.readFileSync(home.path(name), 'base64')];
  }),
  fs.statSync(home.home, { bigint: true }).mtimeNs,
];

/** Asks while a folder of our own is the one for temporary files, and sees that nothing stays there. */
function untouched(home: Scratch, ask: () => unknown): unknown {
  const temporary = path.join(home.root, 'tmp');
  fs.mkdirSync(temporary, { recursive: true });
  const before = traces(home);
  const set = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary;
  try {
    expect(os.tmpdir()).toBe(temporary);
    return ask();
  } finally {
    if (set === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = set;
    expect(traces(home)).toEqual(before);
    expect(fs.readdirSync(temporary)).toEqual([]);
  }
}

test('a database at rest is read where it lies', () => {
  using home = scratch();
  people(home, 'delete').close();
  expect(untouched(home, () => namesIn(home.path('people.db')))).toEqual(['ann']);
});

test('a database in WAL mode is read with what its log holds, while its program has it open', () => {
  using home = scratch();
  using db = people(home, 'wal');
  db.exec("insert into people values ('bob')");
  expect(fs.readdirSync(home.home)).toEqual(['people.db', 'people.db-shm', 'people.db-wal']);
  expect(untouched(home, () => namesIn(home.path('people.db')))).toEqual(['ann', 'bob']);
});

test('a database in WAL mode that was closed gets no log from us', () => {
  using home = scratch();
  people(home, 'wal').close();
  expect(fs.readdirSync(home.home)).toEqual(['people.db']);
  expect(untouched(home, () => namesIn(home.path('people.db')))).toEqual(['ann']);
});

test('the journal of a program that was killed is left for that program; what it would take back is not read', () => {
  using home = scratch();
  using db = people(home, 'delete');
  db.exec('pragma cache_size = 1; begin');
  db.prepare('insert into people values (?)').run('x'.repeat(100_000));
  using crashed = scratch();
  for (const name of ['people.db', 'people.db-journal']) fs.copyFileSync(home.path(name), crashed.path(name));
  expect(fs.statSync(crashed.path('people.db')).size).toBeGreaterThan(50_000);
  expect(untouched(crashed, () => namesIn(crashed.path('people.db')))).toEqual(['ann']);
});

test.each(['truncate', 'persist'] as const)('a journal that is over (%s) needs no copy', (mode) => {
  using home = scratch();
  using db = people(home, 'delete');
  db.exec(`pragma journal_mode = ${mode}; insert into people values ('bob')`);
  expect(fs.readdirSync(home.home)).toEqual(['people.db', 'people.db-journal']);
  const noCopies = path.join(home.root, 'no-such-folder');
  const set = process.env['TMPDIR'];
  process.env['TMPDIR'] = noCopies;
  try {
    expect(namesIn(home.path('people.db'))).toEqual(['ann', 'bob']);
  } finally {
    if (set === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = set;
  }
  expect(untouched(home, () => namesIn(home.path('people.db')))).toEqual(['ann', 'bob']);
});

test('a file that is no database, a question that it cannot answer, and none at all', () => {
  using home = scratch();
  home.write('text.db', 'not a database, but long enough to have a header of its own');
  home.write('empty.db', '');
  expect(untouched(home, () => namesIn(home.path('text.db')))).toBe('unsupported');
  expect(untouched(home, () => namesIn(home.path('empty.db')))).toBe('unsupported');
  expect(untouched(home, () => namesIn(home.path('missing.db')))).toEqual([]);
});
