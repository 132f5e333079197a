import { spawn } from 'node:child_process';
import { ok, fail, type Result } from '../../shared/problem.ts';
import type { Bytes } from '../engine/ports.ts';
import { codeOf } from './errors.ts';

/** What a program gave back for what it was fed. */
export interface Piped {
  /** `null` when it was ended for taking too long. */
  readonly code: number | null;
  readonly output: Bytes;
  /** Its stderr, for its keywords; never shown. */
  readonly messages: string;
}

const LIMIT_MS = 20_000;

/**
 * Runs a program without a shell and pipes bytes through it: they are in no argument, variable or file.
 * `unsupported` with the program's name when it cannot be started.
 */
export function pipeThrough(
  program: string,
  args: readonly string[],
  input: Bytes,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Result<Piped>> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: { ...environment }, timeout: LIMIT_MS, windowsHide: true });
    const output: Buffer[] = [];
    const messages: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => messages.push(chunk));
    child.on('error', (error) => resolve(fail('unsupported', program, codeOf(error))));
    child.on('close', (code) => {
      const whole = Buffer.concat(output);
      for (const chunk of output) chunk.fill(0);
      resolve(ok({ code, output: whole, messages: Buffer.concat(messages).toString('latin1') }));
    });
    // A program that ends before it has read everything says why by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
