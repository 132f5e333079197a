import fs from 'node:fs';
import type { Result } from '../../shared/problem.ts';
import { attempt } from './errors.ts';

/** Writes a text that only its owner can read. Problems: those of the file system, about the path. */
export const writeNewFile = (file: string, contents: string): Result<void> =>
  attempt(file, () => fs.writeFileSync(file, contents, { mode: 0o600 }));
