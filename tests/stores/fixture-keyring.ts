import fs from 'node:fs';
import type { Attributes, Place } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, KeyringItem } from '../../electron/engine/ports.ts';

/** An item as `keyring.json` beside a fixture home keeps it. */
interface FixtureItem extends Omit<KeyringItem, 'locked'> {
  readonly locked?: boolean;
  value: string;
}

const DEFAULT = '/org/freedesktop/secrets/collection/login';

/** The keyring of a fixture, in memory. Without `keyring.json` no keyring answers. */
export class FixtureKeyring {
  readonly items: FixtureItem[] | undefined;

  constructor(file: string) {
    this.items = fs.existsSync(file)
      ? (JSON.parse(fs.readFileSync(file, 'utf8')) as FixtureItem[])
      : undefined;
  }

  /** Items that have all the given attributes, as the Secret Service finds them; their values stay behind. */
  search(wanted: Attributes): Result<readonly KeyringItem[]> {
    if (!this.items) return fail('keyring-missing');
    const found = this.items.filter(({ attributes }) =>
      Object.entries(wanted).every(([name, value]) => attributes[name] === value),
    );
    return ok(
      found.map(({ collection, label, attributes, locked = false }) => ({
        collection,
        label,
        attributes,
        locked,
      })),
    );
  }

  read(place: Place): Bytes | undefined {
    const item = this.#at(place);
    return item && Buffer.from(item.value);
  }

  /** Replaces the value in place, or adds the item that the place describes. */
  write(place: Place, bytes: Bytes): void {
    const item = this.#at(place);
    if (item) item.value = bytes.toString('utf8');
    else if (place.kind === 'secret-service') {
      const { attributes, label = '', collection = DEFAULT } = place;
      this.items?.push({ collection, label, attributes, value: bytes.toString('utf8') });
    }
  }

  #at(place: Place): FixtureItem | undefined {
    if (place.kind === 'file' || place.kind === 'kwallet')
      throw new Error(`not in the keyring: ${place.kind}`);
    const exactly = place.kind === 'keychain' ? undefined : Object.keys(place.attributes).length;
    const wanted: Attributes =
      place.kind === 'keychain' ? { service: place.service, account: place.account } : place.attributes;
    return this.items?.find(
      ({ attributes, collection }) =>
        Object.entries(wanted).every(([name, value]) => attributes[name] === value) &&
        (exactly === undefined || Object.keys(attributes).length === exactly) &&
        (place.kind === 'keychain' || place.collection === undefined || place.collection === collection),
    );
  }
}
