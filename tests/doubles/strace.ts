import fs from 'node:fs';
import path from 'node:path';
import { run, type Ran, type RunOptions } from '../lab/program.ts';

/** One system call of a traced program, its texts decoded. */
export interface Call {
  readonly thread: string;
  readonly name: string;
  /** The arguments as strace prints them, for flags. */
  readonly args: string;
  /** Every string argument (paths, written bytes, argv, environment) as bytes. */
  readonly texts: readonly Buffer[];
  /** The file or socket behind the descriptor that the call works on. */
  readonly on?: string;
  /** The file that the call opened. */
  readonly opened?: string;
  readonly failed: boolean;
}

/** What strace does to the n-th call of a name in a thread: a signal before the call, or an error instead of it. */
export interface Injection {
  readonly call: string;
  readonly nth: number;
  readonly what: `signal=${string}` | `error=${string}`;
}

export interface TraceOptions extends RunOptions {
  /** Names of the system calls to record. */
  readonly calls: readonly string[];
  /** A folder that the caller removes; the log holds all that was written, passwords too. */
  readonly folder: string;
  readonly inject?: Injection;
}

export interface Traced extends Ran {
  readonly calls: readonly Call[];
}

/** Runs a program under strace(1), with its threads and children; nothing of what it writes is abridged. */
export async function traced(
  program: string,
  args: readonly string[],
  { calls, folder, inject, ...options }: TraceOptions,
): Promise<Traced> {
  const log = path.join(folder, 'strace.log');
  const flags = [
    '-f',
    '-qq',
    '-yy',
    '-xx',
    '-v',
    '-s',
    '1048576',
    '-o',
    log,
    '-e',
    `trace=${calls.join(',')}`,
  ];
  if (inject) flags.push('-e', `inject=${inject.call}:${inject.what}:when=${inject.nth}`);
  const ran = await run('strace', [...flags, '--', program, ...args], options);
  return { ...ran, calls: readCalls(fs.readFileSync(log, 'utf8')) };
}

/** The calls of a log in the order in which they ended; a call that another thread interrupted is put together. */
export function readCalls(log: string): readonly Call[] {
  const begun = new Map<string, string>();
  return log.split('\n').flatMap((line) => {
    const [, thread = '', text = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const unfinished = / <unfinished \.\.\.>$/.exec(text);
    if (!unfinished)
      return toCall(
        thread,
        text.replace(/^<\.\.\. \w+ resumed>/, () => begun.get(thread) ?? ''),
      );
    begun.set(thread, text.slice(0, unfinished.index));
    return [];
  });
}

function toCall(thread: string, text: string): readonly Call[] {
  const [, name, args, result] = /^(\w+)\((.*?)\) += (.*)$/.exec(text) ?? [];
  if (name === undefined || args === undefined || result === undefined) return [];
  const on = /^\d+<((?:->|[^>])*)>/.exec(args)?.[1];
  const opened = /^\d+<((?:->|[^>])*)>/.exec(result)?.[1];
  return [
    {
      thread,
      name,
      args,
      texts: [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => decoded(hex)),
      ...(on === undefined ? {} : { on: decoded(on).toString() }),
      ...(opened === undefined ? {} : { opened: decoded(opened).toString() }),
      failed: result.startsWith('-1'),
    },
  ];
}

/** strace -xx prints file names as bytes, and the kind of a socket (`TCP:`) with its addresses as text. */
function decoded(text: string): Buffer {
  const bytes = text.replaceAll(/\\x([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}
