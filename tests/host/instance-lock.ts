import fs from 'node:fs';
import path from 'node:path';

/** Another start of the app, told to the one that runs. */
export type SecondStart = (argv: readonly string[], folder: string) => void;

/**
 * True for the only instance on this folder. A second one leaves its command line beside the lock, where the first
 * one watches, and gets false.
 */
export function takeInstanceLock(folder: string, onSecond: SecondStart): boolean {
  fs.mkdirSync(folder, { recursive: true });
  const lock = path.join(folder, 'instance.lock');
  const calls = path.join(folder, 'instance.calls');
  if (!isFree(lock)) {
    fs.appendFileSync(calls, `${JSON.stringify({ argv: process.argv, folder: process.cwd() })}\n`);
    return false;
  }
  fs.writeFileSync(lock, String(process.pid));
  fs.writeFileSync(calls, '');
  fs.watch(calls, () => {
    const lines = fs.readFileSync(calls, 'utf8').split('\n').filter(Boolean);
    if (lines.length === 0) return;
    fs.writeFileSync(calls, '');
    for (const line of lines) {
      const { argv, folder: from }: { argv: string[]; folder: string } = JSON.parse(line);
      onSecond(argv, from);
    }
  }).unref();
  process.on('exit', () => fs.rmSync(lock, { force: true }));
  return true;
}

/** A lock whose process is gone is nobody's. */
function isFree(lock: string): boolean {
  if (!fs.existsSync(lock)) return true;
  try {
    process.kill(Number(fs.readFileSync(lock, 'utf8')), 0);
    return false;
  } catch {
    return true;
  }
}
