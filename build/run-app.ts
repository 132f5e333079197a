import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');
const VITE = path.join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
const CONFIG = path.join(ROOT, 'build/electron.vite.config.ts');

/** Builds the app and runs it on a program that takes Electron's command line; ends with that program's code. */
export function buildAndRun(program: string): void {
  const built = spawnSync(process.execPath, [VITE, 'build', '--config', CONFIG, '--logLevel', 'error'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (built.status !== 0) process.exit(1);
  const running = spawn(program, [...sandboxSwitches(), ROOT, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => running.kill(signal));
  running.on('error', ({ message }) => stop(`${program} does not start: ${message}`));
  running.on('close', (code) => process.exit(code ?? 1));
}

/** Chromium has no sandbox for root on Linux and refuses to start without being told so. */
export function sandboxSwitches(): readonly string[] {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return [];
  console.error('Running as root, where Chromium has no sandbox: starting with --no-sandbox.');
  return ['--no-sandbox'];
}

/** One line, and the exit code 1. */
export function stop(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
