import type { PlaceKind } from '../../shared/model.ts';
import { fail } from '../../shared/problem.ts';
import type { Door, JournalKeys } from '../engine/ports.ts';

/** Something that is made when it is first asked for, and once: starting is most of what a scan costs. */
export interface Late<T> {
  readonly get: () => Promise<T>;
  /** What was made, if anything was. */
  readonly made: () => Promise<T> | undefined;
}

export function late<T>(make: () => Promise<T>): Late<T> {
  let made: Promise<T> | undefined;
  return { get: () => (made ??= make()), made: () => made };
}

/** A door whose code is loaded when somebody knocks. */
export const lateDoor = (kind: PlaceKind, open: () => Promise<Door>): Door => ({
  kind,
  look: async (place) => (await open()).look(place),
  read: async (place) => (await open()).read(place),
  readRaw: async (place) => (await open()).readRaw(place),
  seal: async (place, plain) => (await open()).seal(place, plain),
  stage: async (change) => (await open()).stage(change),
  commit: async (change) => (await open()).commit(change),
  unlock: async (place) => (await (await open()).unlock?.(place)) ?? fail('keyring-locked'),
  settle: async (places) => (await open()).settle(places),
  discard: async (change) => (await open()).discard(change),
});

export const lateKeys = (open: () => Promise<JournalKeys>): JournalKeys => ({
  current: async () => (await open()).current(),
  of: async (protection) => (await open()).of(protection),
});
