import { spawn } from 'node:child_process';
import path from 'node:path';

/** Tests that start real mail servers: those switch users, which only root can. */
const NEEDS_ROOT = '**/*.root.system.test.ts';

const VITEST = path.join(import.meta.dirname, '../node_modules/vitest/vitest.mjs');

interface Ended {
  readonly code: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs vitest to its end, shows what it says, and reads its closing line. */
function vitest(args: readonly string[], asRoot = false): Promise<Ended> {
  const command = [process.execPath, VITEST, 'run', ...args];
  const [program = '', ...rest] = asRoot
    ? ['sudo', 'env', `PATH=${process.env['PATH']}`, ...command]
    : command;
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

function closingLine(said: string): Omit<Ended, 'code'> {
  const [, passed, failed, skipped] = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(said) ?? [];
  return { passed: Number(passed ?? 0), failed: Number(failed ?? 1), skipped: Number(skipped ?? 0) };
}

if (process.getuid?.() === 0) {
  process.exitCode = (await vitest([])).code;
} else {
  const own = await vitest(['--exclude', NEEDS_ROOT]);
  console.log('The tests with real mail servers need root; they are run with sudo.');
  const root = await vitest(['root.system.test.ts'], true);
  const sum = (field: keyof Ended): number => own[field] + root[field];
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  process.exitCode = own.code || root.code;
}
