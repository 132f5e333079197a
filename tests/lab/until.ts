import { setTimeout as pause } from 'node:timers/promises';

/**
 * The first value of `look` that is neither undefined nor false, asked for again and again until the deadline.
 * For what announces itself nowhere: a port, a line in another program's log, a file.
 * @throws naming `what` when it did not come in time.
 */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  within = 15_000,
): Promise<T> {
  const deadline = performance.now() + within;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`waited ${within} ms in vain for ${what}`);
    await pause(20);
  }
}
