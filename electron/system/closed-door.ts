import type { PlaceKind } from '../../shared/model.ts';
import { fail, ok } from '../../shared/problem.ts';
import type { Door } from '../engine/ports.ts';

/** The door to a kind of place that does not count here (`--home`): nothing behind it is read or written. */
export function closedDoor(kind: PlaceKind): Door {
  const shut = async () => fail('keyring-missing');
  return {
    kind,
    look: shut,
    read: shut,
    readRaw: shut,
    seal: shut,
    stage: shut,
    commit: shut,
    settle: async () => ok(undefined),
    discard: async () => ok(undefined),
  };
}
