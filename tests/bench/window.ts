import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ElectronApplication, Page } from 'playwright';
import { makeThunderbirdProfile } from '../doubles/thunderbird-profile.ts';
import { findChromium } from '../host/chromium.ts';
import { firstPage, launch } from '../host/launch.ts';
import { whichHost } from '../host/which.ts';
import { typicalHome } from './homes.ts';
import { compared, median, ms, ROOT, type Budget } from './measure.ts';

const ADDRESS = 'alex@example.org';
const PLACES = 12;
const BLANK = path.join(import.meta.dirname, 'blank-app');
const PAGE_FOLDER = path.join(ROOT, 'dist/app/renderer');

/** Why no window can be opened here; undefined where one can. */
export function whyNoWindow(): string | undefined {
  if (whichHost().kind === 'chromium') return findChromium() ? undefined : 'no Electron and no Chromium here';
  const hasDisplay = Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  return process.platform === 'linux' && !hasDisplay ? 'no display here' : undefined;
}

/** Starting the app to its first screen, and from there to the places, on whichever host is here. */
export async function windowBudgets(): Promise<readonly Budget[]> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-bench-'));
  const home = path.join(scratch, 'home');
  furnish(home);
  const blank = { app: BLANK, scratch, home, options: [] };
  const toPlaces: number[] = [];
  try {
    const time = await compared(5, {
      blank: async () => opened(await launch(blank), (page) => page.locator('h1').waitFor()),
      rekey: async () => {
        const app = await launch({ scratch, home, options: ['--lang=en'] });
        const window = await opened(app, (page) => page.getByRole('radio', { name: ADDRESS }).waitFor());
        return {
          [Symbol.asyncDispose]: async () => {
            const { places, ms } = await window.page.evaluate(timeToPlaces);
            await window[Symbol.asyncDispose]();
            if (places < PLACES) throw new Error(`${places} places instead of ${PLACES}`);
            toPlaces.push(ms);
          },
        };
      },
    });
    return [
      {
        name: 'window to the first screen',
        value: time.rekey / time.blank,
        limit: 1.3,
        of: 'a blank page in the same host',
        detail: `${ms(time.rekey)} : ${ms(time.blank)} on ${whichHost().name}`,
      },
      {
        name: `from there to ${PLACES} places`,
        value: median(toPlaces),
        limit: 300,
        of: 'ms',
        detail: `plan and picture, ${toPlaces.map((each) => each.toFixed(0)).join(', ')}`,
      },
    ];
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A typical home, and a second Thunderbird profile. */
function furnish(home: string): void {
  const person = { address: ADDRESS, password: 'old-Pass-1' };
  typicalHome(home, person);
  const server = { host: 'mail.example.org', login: ADDRESS, ...person };
  makeThunderbirdProfile(home, {
    name: 'spare',
    accounts: [
      { protocol: 'imap', port: 993, tls: 'implicit', ...server },
      { protocol: 'pop3', port: 995, tls: 'implicit', ...server },
      { protocol: 'smtp', port: 587, tls: 'starttls', ...server },
    ],
  });
}

type Opened = AsyncDisposable & { readonly page: Page };

async function opened(app: ElectronApplication, ready: (page: Page) => Promise<void>): Promise<Opened> {
  const page = await firstPage(app);
  await ready(page);
  return { page, [Symbol.asyncDispose]: () => app.close() };
}

/** Runs in the page: from the click to the frame after the one with the places; and how many there are. */
function timeToPlaces(): Promise<{ readonly places: number; readonly ms: number }> {
  return new Promise((resolve) => {
    const started = performance.now();
    const look = (): void => {
      const places = document.querySelectorAll('[data-screen="places"] input[type="checkbox"]').length;
      const ms = performance.now() - started;
      // a screen that does not come is told as one without places
      if (places > 0 || ms > 10_000) requestAnimationFrame(() => resolve({ places, ms }));
      else requestAnimationFrame(look);
    };
    document.querySelector<HTMLButtonElement>('footer .button.primary')?.click();
    look();
  });
}

/** What the page loads before it shows anything: the files that its HTML names, as a server would compress them. */
export function bundleBudget(): Budget {
  const html = fs.readFileSync(path.join(PAGE_FOLDER, 'index.html'), 'utf8');
  const named = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+)"/g)].map(
    ([, name = '']) => name,
  );
  const files = ['index.html', ...named.filter((name) => /\.(?:js|css)$/.test(name))];
  const sizes = files.map((name) => gzipSync(fs.readFileSync(path.join(PAGE_FOLDER, name))).length);
  return {
    name: 'first bundle of the page',
    value: sizes.reduce((sum, size) => sum + size, 0) / 1000,
    limit: 300,
    of: 'kB, compressed',
    detail: `${files.length} files`,
  };
}
