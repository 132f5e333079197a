import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-start-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** One of the start scripts, without a display. */
function start(script: string, args: readonly string[], environment: Readonly<Record<string, string>>) {
  const env = { PATH: process.env['PATH'], ...environment };
  const file = path.join(ROOT, 'build', script);
  return spawnSync(process.execPath, [file, ...args], { cwd: folder, env, encoding: 'utf8' });
}

/** A distribution whose program prints what it is called with. */
function stubDistribution(): string {
  const distribution = path.join(folder, 'distribution');
  fs.mkdirSync(distribution, { recursive: true });
  fs.writeFileSync(path.join(distribution, 'electron'), '#!/bin/sh\necho "$@"\nexit 7\n', { mode: 0o755 });
  return distribution;
}

describe('npm start', () => {
  test('says in one line how to get Electron where it is missing', () => {
    const { status, stdout, stderr } = start('start.ts', [], { ELECTRON_OVERRIDE_DIST_PATH: folder });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/npx install-electron.*ELECTRON_MIRROR.*ELECTRON_OVERRIDE_DIST_PATH/);
  });

  test.skipIf(process.platform === 'win32')('runs the Electron it is told of, and ends with its code', () => {
    const environment = { ELECTRON_OVERRIDE_DIST_PATH: stubDistribution() };
    const { status, stdout } = start('start.ts', ['--lang=de'], environment);
    expect(status).toBe(7);
    const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? '--no-sandbox ' : '';
    expect(stdout).toBe(`${sandbox}${ROOT} --lang=de\n`);
  });
});

describe('npm run start:chromium', () => {
  test('says in one line that there is no browser', () => {
    const { status, stderr } = start('start-chromium.ts', [], {
      ELECTRON_HOST_CHROMIUM: path.join(folder, 'none'),
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^No Chromium is here: .*\n$/);
  });

  test('says in one line that there is no display', () => {
    const { status, stderr } = start('start-chromium.ts', [], { ELECTRON_HOST_CHROMIUM: process.execPath });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^No display is here .*\n$/);
  });
});
