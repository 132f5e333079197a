import type { Place, Platform } from '../../shared/model.ts';
import { fail, ok, type Problem, type Result } from '../../shared/problem.ts';
import type { Bytes, Change, Look } from '../engine/ports.ts';
import { ItemDoor } from './item-door.ts';
import type { Keychain } from './keychain.ts';

type KeychainPlace = Extract<Place, { kind: 'keychain' }>;

/** The door to `service`/`account` credentials: macOS keychain, Windows Credential Manager, Secret Service. */
export class KeychainDoor extends ItemDoor {
  readonly kind = 'keychain';
  readonly #keychain: Keychain;
  readonly #platform: Platform;
  readonly #mayPrompt: boolean;

  constructor(keychain: Keychain, platform: Platform, { mayPrompt = false } = {}) {
    super();
    this.#mayPrompt = mayPrompt;
    this.#keychain = keychain;
    this.#platform = platform;
  }

  /** `keyring-missing` without a keychain; a locked one is a precondition. On macOS another app's item prompts. */
  async look(place: Place): Promise<Result<Look>> {
    const { service, account } = own(place);
    const has = await this.#keychain.has(service, account);
    if (!has.ok && has.problem.kind !== 'keyring-locked') return has;
    const preconditions: readonly Problem[] = has.ok ? [] : [has.problem];
    return ok({
      exists: has.ok ? (has.value ?? true) : false,
      method: 'api',
      reads: this.#platform === 'darwin' ? 'prompts' : 'freely',
      preconditions,
      warnings: [],
    });
  }

  /** Has the keyring of the item opened by its owner, where one can be asked. */
  async unlock(place: Place): Promise<Result<void>> {
    const { service, account } = own(place);
    return this.#mayPrompt ? this.#keychain.unlock(service, account) : fail('keyring-locked');
  }

  read(place: Place): Promise<Result<Bytes | undefined>> {
    const { service, account } = own(place);
    return this.#keychain.get(service, account);
  }

  /** Sets the value, or deletes what was added; `changed` when it is not as `before` says. */
  async commit({ place, before, after }: Change): Promise<Result<void>> {
    const { service, account } = own(place);
    const current = await this.#keychain.get(service, account);
    if (!current.ok) return current;
    if (!same(current.value, before)) return fail('changed', service);
    current.value?.fill(0);
    if (after !== undefined) return this.#keychain.set(service, account, after);
    return before === undefined ? ok(undefined) : this.#keychain.remove(service, account);
  }
}

function own(place: Place): KeychainPlace {
  if (place.kind !== 'keychain') throw new Error(`not a keychain place: ${place.kind}`);
  return place;
}

const same = (one: Bytes | undefined, other: Bytes | undefined): boolean =>
  one === undefined || other === undefined ? one === other : one.equals(other);
