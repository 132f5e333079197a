import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-package-command-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** `npm run package` with an Electron distribution in this folder. */
function runPackage() {
  const env = { PATH: process.env['PATH'], ELECTRON_OVERRIDE_DIST_PATH: folder };
  const script = path.join(ROOT, 'build/package/package.ts');
  return spawnSync(process.execPath, [script], { env, encoding: 'utf8' });
}

test('says in one line how to get Electron where it is missing', () => {
  const { status, stdout, stderr } = runPackage();
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Electron is not here.*npx install-electron.*ELECTRON_MIRROR.*--stub.*\n$/);
});

test('takes a program without the rest of its distribution for no Electron', () => {
  fs.writeFileSync(path.join(folder, 'electron'), '');
  const { status, stderr } = runPackage();
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Electron is not here.*\n$/);
});
