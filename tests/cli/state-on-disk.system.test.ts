import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { scratch, type Scratch } from '../doubles/engine.ts';
import { ADDRESS, contents, furnish, NEW } from '../engine/home.ts';
import { mountTmpfs } from '../system/tmpfs.ts';
import { call, on, type Called } from './program.ts';
import { resultSchema } from './result.ts';

const isRoot = process.getuid?.() === 0;
const PAGE = 4096;

const apply = (home: Scratch): Promise<Called> =>
  call(
    home,
    on(home, 'apply', '--account', ADDRESS, '--password-stdin', '--yes', '--without-check', '--json'),
    {
      input: `${NEW}\n`,
    },
  );

test('a state folder on a read-only mount: a clear end, and nothing changed', async () => {
  using home = scratch();
  furnish(home);
  const before = contents(home);
  using mounted = mountTmpfs(home.state, '64k');
  if (!mounted.done) return expect(isRoot).toBe(false);
  execFileSync('mount', ['-o', 'remount,ro', home.state]);
  const ran = await apply(home);
  expect(ran.code).toBe(2);
  expect(ran.err).toMatch(/cannot be used/);
  expect(contents(home)).toEqual(before);
});

test('a state folder that is read-only, after it was used: a clear end, and nothing changed', async () => {
  using home = scratch();
  furnish(home);
  using mounted = mountTmpfs(home.state, '64k');
  if (!mounted.done) return expect(isRoot).toBe(false);
  expect((await apply(home)).code).toBe(0);
  furnish(home);
  const before = contents(home);
  execFileSync('mount', ['-o', 'remount,ro', home.state]);
  const ran = await apply(home);
  expect(ran.code).toBe(4);
  expect(ran.err).toContain(path.join(home.state, 'lock.db'));
  expect(contents(home)).toEqual(before);
});

/** Fills a file system to the last page but these. */
function fill(dir: string, pagesLeft: number): void {
  const { bavail, bsize } = fs.statfsSync(dir);
  const bytes = bavail * bsize - pagesLeft * PAGE;
  if (bytes > 0) fs.writeFileSync(path.join(dir, 'filler'), Buffer.alloc(bytes));
}

test('a state folder with hardly any room: all or nothing, with a reason, and a retry with room succeeds', async () => {
  const codes = new Set<number | null>();
  for (let pages = 0; pages <= 7; pages += 1) {
    using home = scratch();
    furnish(home);
    const before = contents(home);
    using mounted = mountTmpfs(home.state, '128k');
    if (!mounted.done) return expect(isRoot).toBe(false);
    fill(home.state, pages);
    const ran = await apply(home);
    codes.add(ran.code);
    const { changed, reason, warnings } = resultSchema.parse(JSON.parse(ran.out));
    expect(changed).toBe(ran.code === 0);
    if (ran.code !== 0) {
      expect(contents(home), `${pages} pages`).toEqual(before);
      expect(reason?.kind).toBe('disk-full');
    }
    fs.rmSync(path.join(home.state, 'filler'), { force: true });
    if (ran.code === 0) {
      const isClosed = !warnings.some(({ kind }) => kind === 'disk-full');
      const recovered = await call(home, on(home, 'recover'));
      expect([recovered.code, recovered.out.includes('nothing to recover')]).toEqual([0, isClosed]);
      expect((await call(home, on(home, 'undo'))).code, `${pages} pages`).toBe(0);
      expect(contents(home)).toEqual(before);
    }
    expect((await apply(home)).code, `${pages} pages`).toBe(0);
    for (const text of contents(home)) expect(text).toContain(NEW);
  }
  expect([...codes].sort()).toEqual([0, 4]);
});

test('a home with hardly any room: every place is whole, and a retry with room succeeds', async () => {
  const codes = new Set<number | null>();
  for (let pages = 0; pages <= 3; pages += 1) {
    using home = scratch();
    using mounted = mountTmpfs(home.home, '64k');
    if (!mounted.done) return expect(isRoot).toBe(false);
    furnish(home);
    const before = contents(home);
    fill(home.home, pages);
    const ran = await apply(home);
    codes.add(ran.code);
    for (const [index, text] of contents(home).entries())
      expect(text === before[index] || text.includes(NEW)).toBe(true);
    fs.rmSync(home.path('filler'), { force: true });
    expect((await apply(home)).code).toBe(0);
    expect(fs.readdirSync(home.home).sort()).toEqual(['.gitconfig', '.msmtprc', '.netrc']);
  }
  expect([...codes].sort()).toEqual([0, 4]);
});
