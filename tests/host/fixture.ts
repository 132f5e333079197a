import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test as base, type ElectronApplication, type Page } from 'playwright/test';
import { firstPage, launch } from './launch.ts';
import { whichHost, type Host } from './which.ts';

interface AppFixtures {
  readonly host: Host;
  /** An empty folder for this test; the app's home, state and profile lie in it. */
  readonly scratch: string;
  /** The home that the app works on; a test fills it before it asks for `app` or `page`. */
  readonly home: string;
  /** More of the app's command line (`--ca=...`, `--lang=de`). */
  readonly options: readonly string[];
  readonly app: ElectronApplication;
  /** The page of the one window, loaded. */
  readonly page: Page;
}

/** One fixture for both hosts: the same call starts Electron or the host, and every report says which. */
export const test = base.extend<AppFixtures>({
  options: [[], { option: true }],
  host: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
    async ({}, use, { annotations }) => {
      const host = whichHost();
      annotations.push({ type: 'host', description: host.name });
      await use(host);
    },
    { auto: true },
  ],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  scratch: async ({}, use) => {
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-e2e-'));
    await use(scratch);
    fs.rmSync(scratch, { recursive: true, force: true });
  },
  home: async ({ scratch }, use) => {
    const home = path.join(scratch, 'home');
    fs.mkdirSync(home);
    await use(home);
  },
  app: async ({ scratch, home, options }, use) => {
    const app = await launch({ scratch, home, options });
    await use(app);
    await app.close();
  },
  page: async ({ app }, use) => {
    await use(await firstPage(app));
  },
});

export { expect } from 'playwright/test';
export { argumentsOf, firstPage } from './launch.ts';
