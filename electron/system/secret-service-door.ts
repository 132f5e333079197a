import type { Attributes, Place } from '../../shared/model.ts';
import { fail, ok, problem, type Problem, type Result } from '../../shared/problem.ts';
import type { Bytes, Change, Look } from '../engine/ports.ts';
import { ItemDoor } from './item-door.ts';
import { GENERIC_SCHEMA, nameOf, type SecretService, type ServiceItem } from './secret-service.ts';

type ServicePlace = Extract<Place, { kind: 'secret-service' }>;

/** What libsecret gives a password that it stores. */
const CONTENT_TYPE = 'text/plain';

/**
 * The door to Secret Service items. An item is known by its collection and exactly its attributes (`xdg:schema`
 * is one of them), never by an object path, which the service is free to reuse. The bytes of a place are the
 * secret alone; attributes, label and content type stay as they are.
 */
export class SecretServiceDoor extends ItemDoor {
  readonly kind = 'secret-service';
  readonly #service: SecretService;
  readonly #mayPrompt: boolean;

  constructor(service: SecretService, { mayPrompt = false } = {}) {
    super();
    this.#service = service;
    this.#mayPrompt = mayPrompt;
  }

  /** `keyring-missing` without bus or service; a locked keyring is a precondition. */
  async look(place: Place): Promise<Result<Look>> {
    const found = await this.#find(place);
    if (!found.ok && found.problem.kind !== 'keyring-locked') return found;
    return ok({
      exists: found.ok && found.value !== undefined,
      method: 'api',
      reads: 'freely',
      preconditions: shutBy(found),
      warnings: [],
    });
  }

  /** Has the keyring of the place opened by its owner, where one can be asked. */
  async unlock(place: Place): Promise<Result<void>> {
    const found = await this.#find(place);
    const collection = (found.ok && found.value?.collection) || own(place).collection;
    return this.#mayPrompt
      ? this.#service.unlock(collection)
      : fail('keyring-locked', collection && nameOf(collection));
  }

  /** The secret's bytes; `keyring-locked` rather than a prompt. */
  async read(place: Place): Promise<Result<Bytes | undefined>> {
    const item = await this.#find(place);
    if (!item.ok) return item;
    if (!item.value) return ok(undefined);
    const secret = await this.#service.read(item.value);
    return secret.ok ? ok(secret.value.value) : secret;
  }

  /** Writes in place, adds or deletes; `changed` when the item is not as `before` says. */
  async commit(change: Change): Promise<Result<void>> {
    const found = await this.#find(change.place);
    if (!found.ok) return found;
    const item = found.value;
    if (!item) return change.before === undefined ? this.#add(change) : gone(change.place);
    const current = await this.#service.read(item);
    if (!current.ok) return current;
    const { value, contentType } = current.value;
    const asBefore = change.before !== undefined && value.equals(change.before);
    value.fill(0);
    if (!asBefore) return gone(change.place);
    return change.after === undefined
      ? this.#service.remove(item)
      : this.#service.write(item, { value: change.after, contentType });
  }

  async #add({ place, after }: Change): Promise<Result<void>> {
    if (after === undefined) return ok(undefined);
    const { attributes, label = '', collection } = own(place);
    const item = { attributes, label, ...(collection === undefined ? {} : { collection }) };
    return this.#service.create(item, { value: after, contentType: CONTENT_TYPE });
  }

  /**
   * The one item that the place names. None at all in a locked keyring is `keyring-locked`, since some services
   * hide what is locked; several that only a collection would tell apart are `unsupported`.
   */
  async #find(place: Place): Promise<Result<ServiceItem | undefined>> {
    const { attributes, collection } = own(place);
    const wanted = withoutGenericSchema(attributes);
    const found = await this.#service.search(wanted);
    if (!found.ok) return found;
    const items = found.value.filter(
      (item) =>
        sameAttributes(withoutGenericSchema(item.attributes), wanted) &&
        (collection === undefined || item.collection === collection),
    );
    if (items.length > 1) return fail('unsupported', nameFor(place), 'several keyring items are alike');
    const [item] = items;
    if (item) return ok(item);
    const target = await this.#service.target(collection);
    return target.ok || target.problem.kind !== 'keyring-locked' ? ok(undefined) : target;
  }
}

function own(place: Place): ServicePlace {
  if (place.kind !== 'secret-service') throw new Error(`not a Secret Service place: ${place.kind}`);
  return place;
}

function shutBy(found: Result<ServiceItem | undefined>): readonly Problem[] {
  if (!found.ok) return [found.problem];
  return found.value?.locked ? [problem('keyring-locked', nameOf(found.value.collection))] : [];
}

const nameFor = (place: Place): string | undefined => own(place).label;

const gone = (place: Place): Result<void> => fail('changed', nameFor(place));

/**
 * An item stored without a schema gets this one when GNOME Keyring loads its file again, a second later or after a
 * login: both spellings are the same item.
 */
function withoutGenericSchema(attributes: Attributes): Attributes {
  const { 'xdg:schema': schema, ...rest } = attributes;
  return schema === GENERIC_SCHEMA ? rest : attributes;
}

function sameAttributes(one: Attributes, other: Attributes): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
