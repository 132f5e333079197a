import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

/** Tests that start real mail servers: those switch users, which only root can. */
const NEEDS_ROOT = '**/*.root.system.test.ts';

const modules = path.join(import.meta.dirname, '../node_modules');
const VITEST = [path.join(modules, 'vitest/vitest.mjs'), 'run'];
const PLAYWRIGHT = [
  path.join(modules, 'playwright/cli.js'),
  'test',
  '--config',
  'tests/playwright.config.ts',
];

/** What root's tests need of the caller's environment: the same programs, and the screen for a window. */
const KEPT = ['PATH', 'DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'XDG_RUNTIME_DIR', 'REKEY_HOST'];

const variable = (name: string): readonly string[] => {
  const value = process.env[name];
  return value === undefined ? [] : [`${name}=${value}`];
};

interface Ended {
  readonly code: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs a test runner to its end, shows what it says, and reads its closing line. */
function run(script: readonly string[], asRoot = false): Promise<Ended> {
  const command = [process.execPath, ...script];
  const [program = '', ...rest] = asRoot ? ['sudo', 'env', ...KEPT.flatMap(variable), ...command] : command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: ['inherit', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      said = (said + chunk.toString()).slice(-2000);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, ...closingLine(said) }));
  });
}

/** A runner that ended without its closing line has failed, whatever it says. */
function closingLine(said: string): Omit<Ended, 'code'> {
  const [, passed, failed, skipped] = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(said) ?? [];
  return { passed: Number(passed ?? 0), failed: Number(failed ?? 1), skipped: Number(skipped ?? 0) };
}

async function everything(): Promise<readonly Ended[]> {
  const app = await run(PLAYWRIGHT);
  if (process.getuid?.() === 0) return [app, await run(VITEST)];
  const own = await run([...VITEST, '--exclude', NEEDS_ROOT]);
  console.log('The tests with real mail servers need root; they are run with sudo.');
  // what root leaves behind must not lie in the caller's folders
  const output = path.join(os.tmpdir(), 'rekey-e2e-as-root');
  return [
    app,
    own,
    await run([...VITEST, 'root.system.test.ts'], true),
    await run([...PLAYWRIGHT, '--output', output, 'root.system.spec.ts'], true),
  ];
}

const ended = await everything();
const sum = (field: keyof Ended): number => ended.reduce((total, each) => total + each[field], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = ended.find(({ code }) => code !== 0)?.code ?? 0;
