import path from 'node:path';
import { z } from 'zod';
import { run, type RunOptions } from '../lab/program.ts';

/** The command that the package installs; it starts what `npm run build` made. */
const REKEY = path.join(import.meta.dirname, '../../build/bin/rekey.cjs');

const target = z.object({
  where: z.string(),
  outcome: z.string().optional(),
  reason: z.object({ kind: z.string() }).optional(),
  verified: z.boolean().optional(),
});

const result = z.object({
  schema: z.literal('rekey.result/1'),
  command: z.string(),
  changed: z.boolean(),
  failed: z.boolean(),
  check: z.array(z.object({ protocol: z.string(), result: z.string() })).optional(),
  targets: z.array(target),
});

/** How a run of Rekey ended, what it reported, and all it said. */
export interface Rekeyed {
  readonly code: number | null;
  readonly result: z.infer<typeof result>;
  /** Both outputs, for what must not be in them. */
  readonly said: string;
}

/** Runs the built command line as a user would, with `--json`. */
export async function rekey(args: readonly string[], options: RunOptions): Promise<Rekeyed> {
  const { code, out, err } = await run(process.execPath, [REKEY, ...args, '--json'], options);
  const said = out + err;
  let report: unknown;
  try {
    report = JSON.parse(out);
  } catch (cause) {
    throw new Error(`rekey ended with ${code} and no report: ${said}`, { cause });
  }
  return { code, result: result.parse(report), said };
}
