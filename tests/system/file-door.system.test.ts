import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { scratch } from '../doubles/engine.ts';
import { fileDoor, methodOf, replace } from './files.ts';
import { mountTmpfs } from './tmpfs.ts';

const NEW = Buffer.from('new bytes\n');
const isRoot = process.getuid?.() === 0;
const run = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8' });

test('access control lists and extended attributes are kept (getfacl, getfattr)', async () => {
  using home = scratch();
  const file = home.write('rc', 'old', 0o640);
  run('setfacl', '-m', 'u:daemon:r--', file);
  run('setfattr', '-n', 'user.note', '-v', 'kept', file);
  const before = [run('getfacl', '-cp', file), run('getfattr', '-d', '--absolute-names', file)];
  expect(await replace(fileDoor(home), file, NEW)).toBe('written');
  expect([run('getfacl', '-cp', file), run('getfattr', '-d', '--absolute-names', file)]).toEqual(before);
});

test('a read-only mount refuses before anything is tried', async () => {
  using home = scratch();
  fs.mkdirSync(home.path('mount'));
  using mounted = mountTmpfs(home.path('mount'), '64k');
  if (!mounted.done) return expect(isRoot).toBe(false);
  fs.writeFileSync(home.path('mount/rc'), 'old');
  run('mount', '-o', 'remount,ro', home.path('mount'));
  expect(await replace(fileDoor(home), home.path('mount/rc'), NEW)).toBe('read-only');
});

test('an immutable file refuses before anything is tried', async () => {
  using home = scratch();
  const file = home.write('rc', 'old');
  if (spawnSync('chattr', ['+i', file]).status !== 0) return expect(isRoot).toBe(false);
  using _mutable = undo(() => spawnSync('chattr', ['-i', file]));
  expect(await methodOf(fileDoor(home), file)).toBe('blocked');
  expect(fs.readFileSync(file, 'utf8')).toBe('old');
});

test('a nearly full disk: the place fails, the old bytes are intact, nothing is left behind', async () => {
  using home = scratch();
  const mount = home.path('mount');
  fs.mkdirSync(mount);
  using mounted = mountTmpfs(mount, '256k');
  if (!mounted.done) return expect(isRoot).toBe(false);
  const old = Buffer.alloc(40_000, 'o');
  fs.writeFileSync(`${mount}/rc`, old);
  fs.writeFileSync(`${mount}/linked`, old);
  fs.linkSync(`${mount}/linked`, `${mount}/second`);
  fs.writeFileSync(`${mount}/filler`, Buffer.alloc(120_000));
  const bigger = Buffer.alloc(120_000, 'n');
  expect(await replace(fileDoor(home), `${mount}/rc`, bigger)).toBe('disk-full');
  expect(await replace(fileDoor(home), `${mount}/linked`, bigger)).toBe('disk-full');
  expect(fs.readFileSync(`${mount}/rc`).equals(old)).toBe(true);
  expect(fs.readFileSync(`${mount}/second`).equals(old)).toBe(true);
  expect(fs.readdirSync(mount).toSorted()).toEqual(['filler', 'linked', 'rc', 'second']);
});

test('a folder that we may not write leads to writing in place', async () => {
  using home = scratch();
  fs.chmodSync(home.root, 0o755);
  const file = home.write('closed/rc', 'old');
  fs.chmodSync(home.path('closed'), 0o555);
  using _open = undo(() => fs.chmodSync(home.path('closed'), 0o755));
  if (isRoot) return expect(await methodOf(fileDoor(home), file)).toBe('rename');
  expect(await methodOf(fileDoor(home), file)).toBe('inplace');
  expect(await replace(fileDoor(home), file, NEW)).toBe('written');
});

test('owner and group are kept when root writes a file of somebody else', async () => {
  using home = scratch();
  const file = home.write('rc', 'old');
  if (!isRoot) return;
  fs.chownSync(file, 1234, 1234);
  expect(await replace(fileDoor(home), file, NEW)).toBe('written');
  expect([fs.statSync(file).uid, fs.statSync(file).gid]).toEqual([1234, 1234]);
});

const undo = (act: () => unknown): Disposable => ({ [Symbol.dispose]: () => void act() });
