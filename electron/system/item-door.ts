import type { Place, PlaceKind } from '../../shared/model.ts';
import { ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Change, Door, Look } from '../engine/ports.ts';

/**
 * What all keyring items share: one call of their service changes one, whole or not at all, so there is nothing to
 * prepare, to flush or to clean up, and nothing is sealed.
 */
export abstract class ItemDoor implements Door {
  abstract readonly kind: PlaceKind;
  abstract look(place: Place): Promise<Result<Look>>;
  abstract read(place: Place): Promise<Result<Bytes | undefined>>;
  abstract commit(change: Change): Promise<Result<void>>;

  readRaw(place: Place): Promise<Result<Bytes | undefined>> {
    return this.read(place);
  }

  seal(_place: Place, plain: Bytes): Promise<Result<Bytes>> {
    return Promise.resolve(ok(plain));
  }

  stage(): Promise<Result<void>> {
    return Promise.resolve(ok(undefined));
  }

  settle(_places: readonly Place[]): Promise<Result<void>> {
    return Promise.resolve(ok(undefined));
  }

  discard(): Promise<Result<void>> {
    return Promise.resolve(ok(undefined));
  }
}
