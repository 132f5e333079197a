import type { Attributes, Entry } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader } from '../engine/ports.ts';
import { keyringPlace } from './keyring-place.ts';

/** Where an entry's value is in the Secret Service, and what could be seen of it. */
export type StoredItem = Pick<Entry, 'place' | 'stored' | 'addable' | 'problem' | 'guide'>;

/** What a client looks up, and what it would store. */
export interface WantedItem {
  /** The attributes that the client's lookup names. */
  readonly lookup: Attributes;
  /** All attributes that the client gives an item, its schema (`xdg:schema`) among them. */
  readonly attributes: Attributes;
  readonly label: string;
  /** The client would read an item that was added. */
  readonly addable: boolean;
  /** A keyring file of its own that a sandboxed client may use instead, and that nobody else can open. */
  readonly sandboxed?: string;
}

/**
 * Every item that a client's lookup fits, in whatever keyring: the client takes any of them. None is the one that it
 * would store itself; where no keyring can be asked nobody knows, and its door says why.
 */
export async function storedItems(machine: Reader, wanted: WantedItem): Promise<readonly StoredItem[]> {
  const { attributes, label, sandboxed } = wanted;
  const items = await machine.keyring(wanted.lookup);
  if (items.ok && items.value.length > 0) {
    return Promise.all(
      items.value.map(async (item) => ({
        place: await keyringPlace(machine, item),
        ...(item.locked ? { stored: 'unknown' as const } : {}),
      })),
    );
  }
  // libsecret's file backend (libsecret/secret-file-backend.c): its key comes from the desktop's portal.
  if (sandboxed !== undefined && machine.kindOf(sandboxed) === 'file')
    return [{ place: { kind: 'file', path: sandboxed }, problem: problem('by-hand'), guide: 'asks-again' }];
  const place = { kind: 'secret-service', attributes, label } as const;
  if (!items.ok) return [{ place, stored: 'unknown' }];
  const addable = wanted.addable && sandboxed === undefined;
  return [{ place, stored: 'missing', ...(addable ? { addable } : {}) }];
}
