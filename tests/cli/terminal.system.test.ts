import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { scratch, type Scratch } from '../doubles/engine.ts';
import { ADDRESS, contents, furnish, NEW, OLD } from '../engine/home.ts';

const TERMINAL = path.join(import.meta.dirname, 'at_terminal.py');
const CLI = path.join(import.meta.dirname, '../../electron/cli.ts');

/** Runs apply on a real terminal, answering its prompts as fast as a program can. */
function applyAt(home: Scratch, answers: readonly string[]): { code: number | null; shown: string } {
  const args = ['apply', '--account', ADDRESS, '--home', home.home, '--without-check'];
  const { status, stdout } = spawnSync(
    'python3',
    [TERMINAL, ...answers, '--', process.execPath, CLI, ...args],
    {
      env: { PATH: process.env['PATH'], HOME: home.home, REKEY_STATE_DIR: home.state, LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  return { code: status, shown: stdout };
}

test('a terminal shows neither the password nor how long it is', () => {
  using home = scratch();
  furnish(home);
  const { code, shown } = applyAt(home, ['New password', `${NEW}\\r`, '[y/N]', 'y']);
  expect(shown).not.toContain(NEW);
  expect(shown).toContain(`New password for ${ADDRESS}: \r\n`);
  expect(shown).toContain('3 of 3 places hold the new password.');
  expect(code).toBe(0);
  expect(contents(home).every((text) => text.includes(NEW))).toBe(true);
});

test('Ctrl-C at the prompt is a clean end', () => {
  using home = scratch();
  furnish(home);
  const { code, shown } = applyAt(home, ['New password', 'half\\x03']);
  expect(code).toBe(10);
  expect(shown).not.toContain('half');
  expect(contents(home).every((text) => text.includes(OLD))).toBe(true);
});
