import path from 'node:path';
import { z } from 'zod';
import type { Scratch } from '../doubles/engine.ts';
import { traced, type Call, type Injection, type Traced } from '../doubles/strace.ts';
import { ADDRESS, NEW } from '../engine/home.ts';
import { homeEnvironment, run, type Ran, type RunOptions } from '../lab/program.ts';

/** The command that the package installs; it starts what `npm run build` made. */
export const REKEY = path.join(import.meta.dirname, '../../build/bin/rekey.cjs');

/** Calls that change something on disk, under the names that the kernel knows. */
export const CHANGING = [
  'mkdir',
  'openat',
  'write',
  'pwrite64',
  'ftruncate',
  'fchmod',
  'fchown',
  'fsync',
  'rename',
  'renameat2',
  'unlink',
  'rmdir',
] as const;

/** The code cache would be read or written, and so shift the counts of calls, depending on what ran before. */
const environment = (home: string): NodeJS.ProcessEnv => ({
  ...homeEnvironment(home),
  NODE_DISABLE_COMPILE_CACHE: '1',
});

const common = ({ home, state }: Scratch): string[] => ['--home', home, '--state', state, '--json'];

const applying = (home: Scratch) => ({
  args: [
    REKEY,
    'apply',
    ...common(home),
    '--account',
    ADDRESS,
    '--password-stdin',
    '--yes',
    '--without-check',
  ],
  options: { env: environment(home.home), input: `${NEW}\n` },
});

/** An apply of the new password without a login check, under strace. */
export function tracedApply(home: Scratch, inject?: Injection): Promise<Traced> {
  const { args, options } = applying(home);
  return trace(home, args, options, inject);
}

/** A command that needs no password, under strace. */
export const tracedCommand = (home: Scratch, args: readonly string[], inject?: Injection): Promise<Traced> =>
  trace(home, [REKEY, ...args, ...common(home)], { env: environment(home.home) }, inject);

/** V8's own threads wake each other by writes and opens, whose number differs from run to run; so it gets none. */
const trace = (
  { root }: Scratch,
  args: readonly string[],
  options: RunOptions,
  inject?: Injection,
): Promise<Traced> =>
  traced(process.execPath, ['--single-threaded', ...args], {
    ...options,
    calls: CHANGING,
    folder: root,
    ...(inject ? { inject } : {}),
  });

const REPORT = z.object({
  run: z.string().optional(),
  changed: z.boolean(),
  exitCode: z.number(),
  targets: z.array(z.object({ where: z.string(), outcome: z.string(), verified: z.boolean().optional() })),
  warnings: z.array(z.object({ kind: z.string() })),
  reason: z.object({ kind: z.string(), text: z.string() }).optional(),
  summary: z.string(),
});

export interface Said extends Ran {
  readonly report: z.infer<typeof REPORT>;
}

/** The object that `--json` prints, whatever the exit code. */
export function reportOf({ out, err }: Ran): Said['report'] {
  try {
    return REPORT.parse(JSON.parse(out));
  } catch (cause) {
    throw new Error(`no report: ${out}${err}`, { cause });
  }
}

const said = (ran: Ran): Said => ({ ...ran, report: reportOf(ran) });

export async function apply(home: Scratch): Promise<Said> {
  const { args, options } = applying(home);
  return said(await run(process.execPath, args, options));
}

/** A command that needs no password. */
export async function command(home: Scratch, ...args: readonly string[]): Promise<Said> {
  return said(
    await run(process.execPath, [REKEY, ...args, ...common(home)], { env: environment(home.home) }),
  );
}

/** One call of a traced run that changes the home or the state, and how strace finds it again. */
export interface Point {
  readonly call: string;
  readonly nth: number;
  /** What is done to which file, in the same words in every run. */
  readonly what: string;
}

/** The points of a run in order. strace counts per thread and name, and every call here is made by the main thread. */
export function pointsOf({ root }: Scratch, calls: readonly Call[]): readonly Point[] {
  const main = calls[0]?.thread;
  const counts = new Map<string, number>();
  return calls
    .filter(({ thread }) => thread === main)
    .flatMap((call) => {
      const nth = (counts.get(call.name) ?? 0) + 1;
      counts.set(call.name, nth);
      const file = fileOf(call);
      if (!file?.startsWith(`${root}/`) || (call.name === 'openat' && !OPENS_TO_WRITE.test(call.args)))
        return [];
      return [{ call: call.name, nth, what: `${call.name} ${steady(file.slice(root.length + 1))}` }];
    });
}

const OPENS_TO_WRITE = /O_(CREAT|WRONLY|RDWR)/;

/** The file that a call changes: the one behind its descriptor, else the last path among its arguments. */
export const fileOf = (call: Call): string | undefined => call.on ?? call.texts.at(-1)?.toString();

/** Without the run's id, which differs from run to run. */
const steady = (file: string): string => file.replaceAll(/\d{8}-\d{6}-[0-9a-f]{6}/g, 'RUN');
