import { createHash } from 'node:crypto';
import { fail, ok } from '../../shared/problem.ts';
import type { Budget, Bytes, Clock, StateFiles } from '../engine/ports.ts';

const FILE = 'budget.json';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const WINDOW = 30 * MINUTE;
const PAUSE = MINUTE;
/** Rejections in the window after which nothing is sent for a while. */
export const MOST_REJECTIONS = 3;

/** An unknown identity: what was lost with a damaged file could have been anybody's. */
const ANYBODY = '*';

/** Moments of rejection by identity, in milliseconds since the epoch, oldest first. */
type Rejections = ReadonlyMap<string, readonly number[]>;

/**
 * How often a password may still be tried: after one rejection at once, after the second in 30 minutes a minute
 * later, after the third not for 30 minutes. Directories lock accounts after as few as five bad passwords, and
 * other programs use some of these up. Only moments and hashed identities are kept.
 *
 * A file that cannot be understood counts as two rejections of everybody at this moment. Starting again at none would
 * let a damaged file pay for a locked account; counting as used up would keep people out for half an hour for
 * nothing they did. So the next attempt waits a minute, which the user is told, and the one after it is the last.
 */
export function openBudget(system: { readonly files: StateFiles; readonly clock: Clock }): Budget {
  let remembered: Rejections = new Map();
  const now = (): number => system.clock.now().getTime();
  /** What this process counted stays counted where the file cannot be written. */
  const load = (): Rejections => {
    remembered = merged(remembered, stored(system.files, now()), now());
    return remembered;
  };
  const lately = (identity: string): readonly number[] => {
    const rejections = load();
    const own = rejections.get(nameOf(identity)) ?? [];
    return [...own, ...(rejections.get(ANYBODY) ?? [])].sort((a, b) => a - b);
  };
  return {
    allows: (identity) => {
      const wait = waitAfter(lately(identity), now());
      return wait > 0 ? fail('attempts-used-up', undefined, String(Math.ceil(wait / SECOND))) : ok(undefined);
    },
    count: (identity) => {
      const name = nameOf(identity);
      const own = load().get(name) ?? [];
      // Never the same moment twice: equal moments count as one and the same rejection.
      const moment = Math.max(now(), (own.at(-1) ?? 0) + 1);
      remembered = new Map([...remembered, [name, [...own, moment]]]);
      // A full disk must not hide the answer of the server; memory still counts this run's attempts.
      store(system.files, remembered);
    },
    used: (identity) => lately(identity).filter((moment) => now() - moment < WINDOW).length,
  };
}

/** How long nothing may be sent after these rejections, the oldest first. */
function waitAfter(moments: readonly number[], now: number): number {
  const last = moments.at(-1);
  if (last === undefined) return 0;
  const within = (count: number): boolean => {
    const first = moments.at(-count);
    return first !== undefined && last - first < WINDOW;
  };
  const pause = within(MOST_REJECTIONS) ? WINDOW : within(MOST_REJECTIONS - 1) ? PAUSE : 0;
  return Math.max(0, last + pause - now);
}

/** So that the file does not tell whose passwords were tried. */
const nameOf = (identity: string): string =>
  createHash('sha256').update(`rekey budget\0${identity}`).digest('hex').slice(0, 32);

function stored(files: StateFiles, now: number): Rejections {
  const file = files.read(FILE);
  if (file.ok && file.value === undefined) return new Map();
  const known = file.ok && file.value !== undefined ? decoded(file.value) : undefined;
  if (known) return known;
  const unknown: Rejections = new Map([[ANYBODY, [now - 1, now]]]);
  // Where it cannot even be replaced, the pause would start anew with every run and never end.
  return store(files, unknown) ? unknown : new Map();
}

/** Writes the record, and its folder where this is the first thing that Rekey keeps. */
function store(files: StateFiles, rejections: Rejections): boolean {
  const bytes = encoded(rejections);
  if (files.create(FILE, bytes).ok) return true;
  return files.makeFolder('').ok && files.create(FILE, bytes).ok;
}

/**
 * Both records as one, without what is over: a third rejection blocks for a window, and the first of the three may be
 * a window older. Moments that lie ahead by more than that come from a clock that was wrong.
 */
function merged(ours: Rejections, theirs: Rejections, now: number): Rejections {
  const names = new Set([...ours.keys(), ...theirs.keys()]);
  const entries = [...names].map((name): [string, readonly number[]] => {
    const both = new Set([...(ours.get(name) ?? []), ...(theirs.get(name) ?? [])]);
    const moments = [...both].filter((moment) => Math.abs(now - moment) < 2 * WINDOW);
    return [name, moments.sort((a, b) => a - b)];
  });
  return new Map(entries.filter(([, moments]) => moments.length > 0));
}

const encoded = (rejections: Rejections): Bytes =>
  Buffer.from(`${JSON.stringify({ rejections: Object.fromEntries(rejections) })}\n`);

function decoded(bytes: Bytes): Rejections | undefined {
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    const rejections = isRecord(parsed) ? parsed['rejections'] : undefined;
    return isRejections(rejections) ? new Map(Object.entries(rejections)) : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRejections = (value: unknown): value is Record<string, readonly number[]> =>
  isRecord(value) &&
  Object.values(value).every(
    (list) => Array.isArray(list) && list.every((moment) => Number.isFinite(moment)),
  );
