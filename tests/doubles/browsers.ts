import fs from 'node:fs';
import path from 'node:path';
import type { Scratch } from './engine.ts';

const STORES = path.join(import.meta.dirname, '../stores');

/** Moves the browsers of the store fixtures into a home. */
export function moveInBrowsers(home: Pick<Scratch, 'home'>): void {
  for (const store of ['browsers-chromium', 'browsers-firefox'])
    fs.cpSync(path.join(STORES, store, 'profiles/home'), home.home, { recursive: true });
}
