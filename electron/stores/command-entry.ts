import { join } from 'node:path';
import type { Attributes, Entry, Place } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader } from '../engine/ports.ts';
import { commandPlace } from '../formats/command-place.ts';
import { commandProgram, commandTarget } from '../formats/command.ts';
import { gopassFile } from './gopass-stores.ts';
import { keyringPlace } from './keyring-place.ts';

/** Where an entry's value is, and why it cannot be changed where that is so. */
export type Whereabouts = Pick<Entry, 'place' | 'lens' | 'slot' | 'problem' | 'guide' | 'stored' | 'addable'>;

/** The line of a configuration file that names a command. */
export type CommandLine = Pick<Entry, 'place' | 'lens' | 'slot'>;

/**
 * The cells behind a password command of a configuration file: several where a keyring lookup fits several items. A
 * command that is not recognised leaves the entry at the line that names it, with `external-command` and nothing but
 * the program's name.
 */
export async function behindCommand(
  machine: Reader,
  command: string,
  line: CommandLine,
): Promise<readonly Whereabouts[]> {
  const found = commandPlace(commandTarget(command), {
    home: machine.home,
    passwordStore: machine.env('PASSWORD_STORE_DIR') || join(machine.home, '.password-store'),
    gopassFile: (entry) => gopassFile(machine, entry),
  });
  if (!found) return [{ ...line, problem: problem('external-command', commandProgram(command)) }];
  if (found.place.kind === 'secret-service') return behindLookup(machine, found, found.place.attributes);
  if (found.place.kind === 'kwallet') return behindWallet(machine, found, found.place);
  if (found.place.kind === 'file' && !machine.kindOf(found.place.path))
    return [{ ...found, stored: 'missing' }];
  return [found.place.kind === 'file' && found.place.seal ? { ...found, stored: 'unknown' } : found];
}

/** The wallet's entry; where KWallet is a bridge to the Secret Service, the items that it stands for. */
async function behindWallet(
  machine: Reader,
  found: CommandLine,
  { wallet, folder, entry }: Extract<Place, { kind: 'kwallet' }>,
): Promise<readonly Whereabouts[]> {
  const sight = await machine.wallet(wallet, folder, entry);
  if (sight === 'bridge') return behindLookup(machine, found, { user: entry, server: folder });
  if (sight === 'stored') return [found];
  return [{ ...found, stored: sight === 'missing' ? 'missing' : 'unknown' }];
}

/** The items that a lookup finds, by what identifies them, so that other clients of an item share its place. */
async function behindLookup(
  machine: Reader,
  found: CommandLine,
  attributes: Attributes,
): Promise<readonly Whereabouts[]> {
  const items = await keyringItems(machine, attributes);
  if (items.length > 0) return items;
  return [{ ...found, stored: machine.confined ? 'unknown' : 'missing' }];
}

/** The Secret Service items with these attributes, as places; none where the keyring cannot be asked. */
export async function keyringItems(machine: Reader, attributes: Attributes): Promise<readonly Whereabouts[]> {
  const items = await machine.keyring(attributes);
  if (!items.ok) return [];
  return Promise.all(
    items.value.map(async (item) => ({
      place: await keyringPlace(machine, item),
      lens: 'whole',
      slot: {},
      stored: 'unknown' as const,
    })),
  );
}
