import fs from 'node:fs';
import { expect, test } from 'vitest';
import { disk } from '../../electron/system/disk.ts';
import { shortDisk } from '../doubles/disks.ts';
import { scratch, type Scratch } from '../doubles/engine.ts';
import { fileDoor, methodOf, place, replace, RUN } from './files.ts';

const NEW = Buffer.from('new bytes, somewhat longer than before\n');

const warningsOf = async (home: Scratch, name: string): Promise<readonly string[]> => {
  const look = await fileDoor(home).look(place(home.path(name)));
  return look.ok ? look.value.warnings.map(({ kind }) => kind) : [];
};

test('replaces by rename, keeps the mode, leaves nothing behind', async () => {
  using home = scratch();
  const file = home.write('rc', 'old', 0o640);
  expect(await replace(fileDoor(home), file, NEW)).toBe('written');
  expect(fs.readFileSync(file).equals(NEW)).toBe(true);
  expect(fs.statSync(file).mode & 0o7777).toBe(0o640);
  expect(fs.readdirSync(home.home)).toEqual(['rc']);
});

test('writes through a symbolic link and leaves the link', async () => {
  using home = scratch();
  home.write('dotfiles/rc', 'old');
  fs.symlinkSync('dotfiles/rc', home.path('rc'));
  expect(await replace(fileDoor(home), home.path('rc'), NEW)).toBe('written');
  expect(fs.readlinkSync(home.path('rc'))).toBe('dotfiles/rc');
  expect(home.read('dotfiles/rc')).toBe(NEW.toString());
});

test('a link that leads out of the home is told', async () => {
  using home = scratch();
  fs.writeFileSync(`${home.root}/outside`, 'old');
  fs.symlinkSync(`${home.root}/outside`, home.path('rc'));
  const look = await fileDoor(home).look(place(home.path('rc')));
  expect(look.ok && look.value.outsideHome).toBe(true);
});

test('a file with two names is written in place, with a warning', async () => {
  using home = scratch();
  const file = home.write('rc', 'a longer old text than the new one would ever need to be'.repeat(2));
  fs.linkSync(file, home.path('second'));
  expect(await methodOf(fileDoor(home), file)).toBe('inplace');
  expect(await warningsOf(home, 'rc')).toContain('hard-linked');
  expect(await replace(fileDoor(home), file, NEW)).toBe('written');
  expect(home.read('second')).toBe(NEW.toString());
});

test('a planted temporary file is never written through', async () => {
  using home = scratch();
  const file = home.write('rc', 'old');
  const victim = home.write('victim', 'untouched');
  fs.symlinkSync(victim, home.path(`.rc.rekey-${RUN}`));
  expect(await replace(fileDoor(home), file, NEW)).toBe('write-failed');
  expect(home.read('victim')).toBe('untouched');
  expect(home.read('rc')).toBe('old');
});

test('a file that is no longer as it was read is left alone', async () => {
  using home = scratch();
  const file = home.write('rc', 'edited meanwhile');
  expect(await replace(fileDoor(home), file, NEW, Buffer.from('old'))).toBe('changed');
  expect(home.read('rc')).toBe('edited meanwhile');
  expect(fs.readdirSync(home.home)).toContain('rc');
});

test('an edit between compare and rename is put back, not lost', async () => {
  using home = scratch();
  const file = home.write('rc', 'old');
  const racing = {
    ...disk,
    exchange: (a: string, b: string) => (fs.appendFileSync(file, ' edited'), disk.exchange(a, b)),
  };
  let edits = 0;
  const once = {
    ...disk,
    exchange: (a: string, b: string) => ((edits += 1) === 1 ? racing : disk).exchange(a, b),
  };
  expect(await replace(fileDoor(home, once), file, NEW)).toBe('changed');
  expect(home.read('rc')).toBe('old edited');
});

test('such an edit is put back even where the second swap is refused', async () => {
  using home = scratch();
  const file = home.write('rc', 'old');
  let swaps = 0;
  const once = {
    ...disk,
    exchange: (a: string, b: string): boolean => {
      if ((swaps += 1) > 1) return false;
      fs.appendFileSync(file, ' edited');
      return disk.exchange(a, b);
    },
  };
  expect(await replace(fileDoor(home, once), file, NEW)).toBe('changed');
  expect(home.read('rc')).toBe('old edited');
});

test('where names cannot be swapped, a plain rename does', async () => {
  using home = scratch();
  const file = home.write('rc', 'old');
  expect(await replace(fileDoor(home, { ...disk, exchange: () => false }), file, NEW)).toBe('written');
  expect(home.read('rc')).toBe(NEW.toString());
});

test('short writes are continued until every byte is out', async () => {
  using home = scratch();
  const file = home.write('rc', 'old');
  const linked = home.write('linked', 'old');
  fs.linkSync(linked, home.path('second'));
  expect(await replace(fileDoor(home, shortDisk), file, NEW)).toBe('written');
  expect(await replace(fileDoor(home, shortDisk), linked, NEW)).toBe('written');
  expect([home.read('rc'), home.read('second')]).toEqual([NEW.toString(), NEW.toString()]);
});

test('adds a file readable by its owner only, and takes it away again', async () => {
  using home = scratch();
  const file = home.path('.netrc');
  expect(await replace(fileDoor(home), file, NEW)).toBe('written');
  expect(fs.statSync(file).mode & 0o7777).toBe(0o600);
  expect(await replace(fileDoor(home), file, undefined)).toBe('written');
  expect(fs.existsSync(file)).toBe(false);
});

test('a file that others can read, or that git tracks, is told before', async () => {
  using home = scratch();
  home.write('rc', 'old', 0o644);
  fs.mkdirSync(home.path('dotfiles/.git'), { recursive: true });
  home.write('dotfiles/rc', 'old');
  expect(await warningsOf(home, 'rc')).toEqual(['readable-by-others']);
  expect(await warningsOf(home, 'dotfiles/rc')).toEqual(['tracked-by-git']);
});

test('a folder in the place of a file is not written', async () => {
  using home = scratch();
  fs.mkdirSync(home.path('rc'));
  expect(await replace(fileDoor(home), home.path('rc'), NEW)).toBe('unsupported');
});
