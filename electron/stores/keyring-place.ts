import type { Place } from '../../shared/model.ts';
import type { KeyringItem, Reader } from '../engine/ports.ts';

/** The schema of keytar and its kin; where there are no schemas (macOS, Windows) the attribute is missing. */
const KEYTAR_SCHEMA = 'org.freedesktop.Secret.Generic';

/**
 * The place of a keyring item, the same one whichever client led to it. keytar can address an item by service and
 * account alone; one that carries more, bears a label of its own or exists in several keyrings is addressed exactly,
 * so that its likes stay as they are.
 */
export async function keyringPlace(machine: Reader, item: KeyringItem): Promise<Place> {
  const { attributes, collection, label } = item;
  const { service, account } = attributes;
  if (service && account && isKeytars(item)) {
    const alike = await machine.keyring({ service, account });
    if (alike.ok && alike.value.length === 1) return { kind: 'keychain', service, account };
  }
  return { kind: 'secret-service', attributes, collection, label };
}

function isKeytars({ attributes, collection, label }: KeyringItem): boolean {
  const schema = attributes['xdg:schema'];
  if (schema === undefined) return collection === '';
  const named = label === `${attributes['service']}/${attributes['account']}`;
  return schema === KEYTAR_SCHEMA && named && Object.keys(attributes).length === 3;
}
