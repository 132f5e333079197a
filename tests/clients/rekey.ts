import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { run, type RunOptions } from '../lab/program.ts';

/** The command line as `npm run build` makes it. */
const CLI = path.join(import.meta.dirname, '../../dist/cli/cli.mjs');

const target = z.object({
  id: z.string(),
  stores: z.array(z.string()),
  where: z.string(),
  state: z.string(),
  outcome: z.string().optional(),
  reason: z.object({ kind: z.string() }).optional(),
  verified: z.boolean().optional(),
});

const result = z.object({
  schema: z.literal('rekey.result/1'),
  command: z.string(),
  run: z.string().optional(),
  changed: z.boolean(),
  failed: z.boolean(),
  check: z.array(z.object({ protocol: z.string(), port: z.number(), result: z.string() })).optional(),
  targets: z.array(target),
});

export type Target = z.infer<typeof target>;

/** How a run of Rekey ended, what it reported, and all it said. */
export interface Rekeyed {
  readonly code: number | null;
  readonly result: z.infer<typeof result>;
  /** Both outputs, for what must not be in them. */
  readonly said: string;
}

/** Runs the built command line as a user would, with `--json`. */
export async function rekey(args: readonly string[], options: RunOptions): Promise<Rekeyed> {
  if (!fs.existsSync(CLI)) throw new Error('dist/cli/cli.mjs is missing: run `npm run build` first');
  const { code, out, err } = await run(process.execPath, [CLI, ...args, '--json'], options);
  const said = out + err;
  let report: unknown;
  try {
    report = JSON.parse(out);
  } catch (cause) {
    throw new Error(`rekey ended with ${code} and no report: ${said}`, { cause });
  }
  return { code, result: result.parse(report), said };
}
