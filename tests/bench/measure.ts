import { spawnSync } from 'node:child_process';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '../..');
export const REKEY = path.join(ROOT, 'build/bin/rekey.cjs');

export interface Budget {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  /** What the value is a ratio of, or its unit. */
  readonly of: string;
  /** The figures behind the ratio, for people. */
  readonly detail: string;
  /** At least the limit instead of at most. */
  readonly atLeast?: boolean;
}

export const kept = ({ value, limit, atLeast }: Budget): boolean =>
  atLeast ? value >= limit : value <= limit;

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Median milliseconds of each of several actions, taken in turn so that a busy moment hits all of them. What an action
 * leaves open is closed off the clock.
 */
export async function compared<K extends string>(
  rounds: number,
  actions: Readonly<Record<K, () => unknown>>,
): Promise<Readonly<Record<K, number>>> {
  const names = Object.keys(actions) as K[];
  const times = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const started = performance.now();
      const left = await actions[name]();
      if (round > 0) times.get(name)?.push(performance.now() - started);
      if (isOpen(left)) await left[Symbol.asyncDispose]();
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<K, number>;
}

const isOpen = (left: unknown): left is AsyncDisposable =>
  typeof left === 'object' && left !== null && Symbol.asyncDispose in left;

/** Runs this Node with arguments to its end; a failure ends the benchmark. */
export function node(args: readonly string[], codes: readonly number[] = [0]): void {
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status === null || !codes.includes(status)) throw new Error(`exit ${status}: ${stderr}`);
}

export const ms = (value: number): string => `${value.toFixed(1)} ms`;
