import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readKConfig } from '../../electron/formats/kconfig.ts';

/** Each question is a process of its own. */
const RUNS = Number(process.env['REKEY_KCONFIG_RUNS'] ?? 60);

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-kconfig-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const file = (): string => path.join(folder, 'rc');

function kde(program: string, ...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, XDG_CONFIG_HOME: folder, LC_ALL: 'C.UTF-8' };
  const run = spawnSync(program, ['--file', file(), ...args], { env, encoding: 'utf8', timeout: 20_000 });
  if (run.error) throw run.error;
  return run.stdout.replace(/\n$/, '');
}

const ours = (group: string, key: string): string => {
  const config = readKConfig(fs.readFileSync(file()));
  return (config.ok ? config.value.text(group, key) : undefined) ?? '';
};

/** No escape that is broken inside: KDE's guesses there are nobody's values. */
const word = fc
  .array(fc.constantFrom(...'aZ9.@_- \t=#;[]\\\\sntrq41"\'$', 'é', '\\x41', '\\xc3\\xa9'), { maxLength: 9 })
  .map((parts) => parts.join(''))
  .filter((text) => !text.includes('\\é'));

const line = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('[a]', '[b]', ' [a] ', '[a][$i]', '[a', '[]', '', '#', ' # k=1') },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom('k', ' k ', 'k[de]', 'k[$i]', 'k[$d]', 'other', 'k k'), word)
      .map(([key, value]) => `${key}=${value}`),
  },
  { weight: 1, arbitrary: word },
);

test("KDE's own reader finds the same values", () => {
  const texts = fc.sample(
    fc.array(line, { maxLength: 6 }).map((lines) => ['[a]', ...lines, ''].join('\n')),
    { numRuns: RUNS, seed: 4 },
  );
  let found = 0;
  for (const text of texts) {
    fs.writeFileSync(file(), text);
    const theirs = kde('kreadconfig5', '--group', 'a', '--key', 'k');
    expect(ours('a', 'k').replace(/\n$/, ''), JSON.stringify(text)).toBe(theirs);
    found += theirs === '' ? 0 : 1;
  }
  expect(found).toBeGreaterThan(RUNS / 4);
});

test("what KDE's own writer makes of a value is that value", () => {
  const value = fc
    .array(fc.constantFrom(...'aZ9 \t=#;,[]\\"\'$é€', '\n', '\\x41'), { minLength: 1, maxLength: 9 })
    .map((parts) => parts.join(''))
    .filter((text) => !text.startsWith('-'));
  for (const text of fc.sample(value, { numRuns: RUNS / 2, seed: 4 })) {
    fs.rmSync(file(), { force: true });
    kde('kwriteconfig5', '--group', 'a', '--key', 'k', '--', text);
    expect(ours('a', 'k')).toBe(text);
  }
});
