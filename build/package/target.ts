import { z } from 'zod';

/** A system that the app is packaged for, as Node and keytar's prebuilt files name it. */
export type System = 'linux' | 'win32' | 'darwin';
export type Architecture = 'x64' | 'arm64';

/** What a package is made for; nothing in it may depend on the machine that makes it. */
export interface Target {
  readonly system: System;
  readonly architecture: Architecture;
}

const SYSTEM = z.enum(['linux', 'win32', 'darwin']);
const ARCHITECTURE = z.enum(['x64', 'arm64']);

/** The machine that this runs on; throws where Electron has no distribution for it. */
export const thisMachine = (): Target => ({
  system: SYSTEM.parse(process.platform),
  architecture: ARCHITECTURE.parse(process.arch),
});
