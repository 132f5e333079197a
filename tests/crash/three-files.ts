import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { scratch, type Scratch } from '../doubles/engine.ts';
import { furnish, NEW, OLD } from '../engine/home.ts';

/** The three files of `furnish`, one behind a link, one with a second name (written in place), one plain. */
export function furnished(): Scratch {
  const home = scratch();
  furnish(home);
  fs.mkdirSync(home.path('dotfiles'));
  fs.renameSync(home.path('.msmtprc'), home.path('dotfiles/msmtprc'));
  fs.symlinkSync('dotfiles/msmtprc', home.path('.msmtprc'));
  fs.linkSync(home.path('.netrc'), home.path('netrc-second-name'));
  return home;
}

export const NAMES = ['.msmtprc', '.netrc', '.gitconfig'] as const;

export const holds = (home: Scratch, name: string, password: string): boolean =>
  home.read(name).includes(password);

/** The text of each file by name. */
export type Contents = ReadonlyMap<string, string>;

export const contentsOf = (home: Scratch): Contents => new Map(NAMES.map((name) => [name, home.read(name)]));

/** At every moment each place is wholly old or wholly new; only the one written in place may be torn before recovery. */
export function expectWhole(home: Scratch, before: Contents, after: Contents, torn: boolean): void {
  for (const name of NAMES) {
    const text = home.read(name);
    const whole = text === before.get(name) || text === after.get(name);
    if (!whole && !(torn && name === '.netrc')) throw new Error(`${name} is neither old nor new`);
  }
  expect(fs.lstatSync(home.path('.msmtprc')).isSymbolicLink()).toBe(true);
  expect(fs.statSync(home.path('.netrc')).ino).toBe(fs.statSync(home.path('netrc-second-name')).ino);
}

/** All places hold the same password, and nothing of Rekey is left beside them. */
export function expectSettled(home: Scratch): void {
  const now = new Set(
    NAMES.map((name) => (holds(home, name, NEW) ? 'new' : holds(home, name, OLD) ? 'old' : 'neither')),
  );
  expect([...now]).toHaveLength(1);
  expect(now.has('neither')).toBe(false);
  const leftovers = [home.home, home.path('dotfiles')]
    .flatMap((dir) => fs.readdirSync(dir))
    .filter((name) => name.includes('rekey'));
  expect(leftovers).toEqual([]);
}

export function expectNoPasswordInState(home: Scratch): void {
  for (const name of fs.readdirSync(home.state, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(home.state, name);
    if (fs.statSync(file).isFile())
      expect(fs.readFileSync(file, 'latin1')).not.toMatch(/old-Pass-1|new-Pass-2/);
  }
}
