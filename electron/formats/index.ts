import type { Lens } from '../engine/ports.ts';

/** Every lens, by the id that entries name. */
export const LENSES: readonly Lens[] = [];
