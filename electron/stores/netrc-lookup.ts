import { join } from 'node:path';
import type { Reader } from '../engine/ports.ts';
import { netrcLogins, netrcSlot } from '../formats/netrc-logins.ts';
import type { Whereabouts } from './command-entry.ts';

/**
 * The login of `~/.netrc` that a client falls back to: the first of this machine and user, both compared exactly. None
 * where the file holds no password for it.
 */
export function netrcLookup(
  machine: Reader,
  user: string,
  host: string,
  path = join(machine.home, '.netrc'),
): readonly Whereabouts[] {
  const read = machine.read(path);
  if (!read.ok || !read.value) return [];
  const found = netrcLogins(read.value).find((each) => each.machine === host && each.login === user);
  return found?.passwordWord
    ? [{ place: { kind: 'file', path }, lens: 'netrc', slot: netrcSlot(found) }]
    : [];
}
