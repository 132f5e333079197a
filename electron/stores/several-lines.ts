import { problem } from '../../shared/problem.ts';
import type { Reader } from '../engine/ports.ts';
import type { Whereabouts } from './command-entry.ts';

/**
 * For clients that take everything a command prints for the password: a file that `cat` prints must not have a second
 * line, because only the first one would be changed.
 */
export function withoutSeveralLines(machine: Reader, command: string, found: Whereabouts): Whereabouts {
  if (found.place.kind !== 'file' || found.place.seal || !/^[^|]*\bcat\b[^|]*$/.test(command)) return found;
  const read = machine.read(found.place.path);
  if (!read.ok || !read.value || !/\n[^\n]/.test(read.value.toString('latin1'))) return found;
  return { ...found, problem: problem('unsupported', undefined, 'several lines'), guide: 'text-file' };
}
