import { createHash } from 'node:crypto';
import type { Attributes, Place, Slot } from '../../shared/model.ts';
import { assertNever } from '../../shared/problem.ts';

/** The same text for the same place, whatever order its fields came in. A file's seal and a label are not identity. */
export function placeKey(place: Place): string {
  switch (place.kind) {
    case 'file':
      return `file:${place.path}`;
    case 'secret-service':
      return `secret-service:${place.collection ?? ''}:${sorted(place.attributes)}`;
    case 'keychain':
      return `keychain:${JSON.stringify([place.service, place.account])}`;
    case 'kwallet':
      return `kwallet:${JSON.stringify([place.wallet, place.folder, place.entry])}`;
    default:
      return assertNever(place);
  }
}

export const slotKey = (place: Place, slot: Slot): string => `${placeKey(place)}#${sorted(slot)}`;

/** The store's name and 12 hex digits over place and slot: stable across runs and machines with the same paths. */
export function stepId(store: string, place: Place, slot: Slot): string {
  return `${store}-${createHash('sha256').update(slotKey(place, slot)).digest('hex').slice(0, 12)}`;
}

/** Where the place is, for people. */
export function whereOf(place: Place): string {
  switch (place.kind) {
    case 'file':
      return place.path;
    case 'secret-service':
      return place.label ?? attributesText(place.attributes);
    case 'keychain':
      return `${place.service}/${place.account}`;
    case 'kwallet':
      return `${place.wallet}/${place.folder}/${place.entry}`;
    default:
      return assertNever(place);
  }
}

const sorted = (fields: Attributes | Slot): string =>
  JSON.stringify(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));

const attributesText = (attributes: Attributes): string =>
  Object.entries(attributes)
    .filter(([name]) => name !== 'xdg:schema')
    .map(([name, value]) => `${name} ${value}`)
    .join(' ');
