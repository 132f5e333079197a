import { isAbsolute, join } from 'node:path';
import type { Trouble } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader } from '../engine/ports.ts';

/**
 * Says that a configuration file takes in another one that seems to hold logins: what stands there is not read, and
 * may come before what does. Nothing is said of a file that is missing or named by more than a plain path.
 */
export function* includedFile(
  machine: Reader,
  store: string,
  spelled: string,
  holdsLogins: RegExp,
): Generator<Trouble> {
  const path = spelled.startsWith('~/') ? join(machine.home, spelled.slice(2)) : spelled;
  if (!isAbsolute(path)) return;
  const read = machine.read(path);
  if (read.ok && read.value && holdsLogins.test(read.value.toString('latin1')))
    yield { store, problem: problem('unsupported', path, 'included by another file') };
}
