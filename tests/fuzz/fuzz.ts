import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import path from 'node:path';

/** The bounded fuzz: the tests of this folder with many more cases, from a seed that repeats them. */
const { REKEY_FUZZ_SEED = String(randomInt(2 ** 31)) } = process.env;
console.log(`To see the same cases again: REKEY_FUZZ_SEED=${REKEY_FUZZ_SEED} npm run fuzz`);

const VITEST = path.join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
const HOURS = 3 * 60 * 60 * 1000;
const args = [VITEST, 'run', '--testTimeout', String(HOURS), 'tests/fuzz'];
const env = { ...process.env, REKEY_FUZZ: '1', REKEY_FUZZ_SEED };
const running = spawn(process.execPath, args, { stdio: 'inherit', env });
running.on('close', (code) => (process.exitCode = code ?? 1));
