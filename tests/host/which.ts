import path from 'node:path';
import { electronBinary } from '../../build/electron-binary.ts';

/** What the app runs on in a test. */
export interface Host {
  readonly kind: 'electron' | 'chromium';
  /** For reports, so that a green run is never taken for one on Electron. */
  readonly name: string;
}

const ELECTRON: Host = { kind: 'electron', name: 'Electron' };
const CHROMIUM: Host = { kind: 'chromium', name: 'Chromium host (not Electron)' };

/** Where the stand-in for Electron's program lies. */
export const STAND_IN = path.join(import.meta.dirname, 'bin');

/** Electron wherever its program is there, unless `REKEY_HOST=chromium` asks for the other. */
export function whichHost(): Host {
  if (process.env['REKEY_HOST'] === 'chromium') return CHROMIUM;
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH'] === STAND_IN) return CHROMIUM;
  return electronBinary() === undefined ? CHROMIUM : ELECTRON;
}
