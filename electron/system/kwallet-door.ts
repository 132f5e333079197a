import { isUtf8 } from 'node:buffer';
import type { Place } from '../../shared/model.ts';
import { fail, ok, problem, type Result } from '../../shared/problem.ts';
import type { Bytes, Change, Look } from '../engine/ports.ts';
import { ItemDoor } from './item-door.ts';
import type { KWallet, WalletAddress } from './kwallet.ts';

/** The door to passwords in KWallet. The bytes of a place are the password as UTF-8. */
export class KWalletDoor extends ItemDoor {
  readonly kind = 'kwallet';
  readonly #kwallet: KWallet;
  readonly #mayPrompt: boolean;

  /** `mayPrompt` where somebody can be asked to open a wallet. */
  constructor(kwallet: KWallet, { mayPrompt = false } = {}) {
    super();
    this.#mayPrompt = mayPrompt;
    this.#kwallet = kwallet;
  }

  /** `keyring-missing` without KWallet; a closed wallet is a precondition. */
  async look(place: Place): Promise<Result<Look>> {
    const at = own(place);
    const sight = await this.#kwallet.sight(at);
    if (sight === 'absent' || sight === 'bridge') return fail('keyring-missing', at.wallet);
    return ok({
      exists: sight === 'stored',
      method: 'api',
      reads: 'freely',
      preconditions: sight === 'closed' ? [problem('keyring-locked', at.wallet)] : [],
      warnings: [],
    });
  }

  async read(place: Place): Promise<Result<Bytes | undefined>> {
    return this.#kwallet.read(own(place));
  }

  /** Has a closed wallet opened by its owner, where one can be asked. */
  async unlock(place: Place): Promise<Result<void>> {
    const { wallet } = own(place);
    return this.#mayPrompt ? this.#kwallet.unlock(wallet) : fail('keyring-locked', wallet);
  }

  /** Writes, adds or deletes; `changed` when the entry is not as `before` says. */
  async commit({ place, before, after }: Change): Promise<Result<void>> {
    const at = own(place);
    if (after !== undefined && !isUtf8(after)) return fail('format-cannot-hold', at.entry);
    const current = await this.#kwallet.read(at);
    if (!current.ok) return current;
    if (!same(current.value, before)) return fail('changed', at.entry);
    current.value?.fill(0);
    if (after !== undefined) return this.#kwallet.write(at, after);
    return before === undefined ? ok(undefined) : this.#kwallet.remove(at);
  }

  override async settle(places: readonly Place[]): Promise<Result<void>> {
    for (const wallet of new Set(places.map((place) => own(place).wallet))) await this.#kwallet.flush(wallet);
    return ok(undefined);
  }
}

function own(place: Place): WalletAddress {
  if (place.kind !== 'kwallet') throw new Error(`not a KWallet place: ${place.kind}`);
  return place;
}

const same = (one: Bytes | undefined, other: Bytes | undefined): boolean =>
  one === undefined || other === undefined ? one === other : one.equals(other);
