import { setImmediate } from 'node:timers/promises';
import { fail } from '../../shared/problem.ts';
import type { Door, Doors } from '../engine/ports.ts';

/**
 * The same doors, with a turn of the event loop after every write. Files are written synchronously, so without it a
 * cancel from the page would only be heard when everything is written.
 */
export const withTurns = (doors: Doors): Doors => ({
  file: turning(doors.file),
  'secret-service': turning(doors['secret-service']),
  keychain: turning(doors.keychain),
  kwallet: turning(doors.kwallet),
});

/** Every method by name: a door may be an instance, and a copy of one would lose what it inherits. */
const turning = (door: Door): Door => ({
  kind: door.kind,
  look: (place) => door.look(place),
  read: (place) => door.read(place),
  readRaw: (place) => door.readRaw(place),
  seal: (place, plain) => door.seal(place, plain),
  stage: (change) => door.stage(change),
  commit: async (change) => {
    const done = await door.commit(change);
    await setImmediate();
    return done;
  },
  unlock: async (place) => (await door.unlock?.(place)) ?? fail('keyring-locked'),
  settle: (places) => door.settle(places),
  discard: (change) => door.discard(change),
});
