import { test as base, type Page } from 'playwright/test';
import { findChromium } from '../host/chromium.ts';
import { startPreview } from '../renderer/preview.ts';

interface Worker {
  /** The address of the built page with the double behind it. */
  readonly address: string;
}

/** Every test gets a fresh page; the page is built and served once. */
export const test = base.extend<object, Worker>({
  address: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const preview = await startPreview();
      await use(preview.url);
      await preview.close();
    },
    { scope: 'worker' },
  ],
  launchOptions: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
    async ({}, use) => {
      // Chromium's own sandbox does not start for root
      const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      const executablePath = findChromium();
      if (executablePath === undefined) throw new Error('the tests of the page need a Chromium in the path');
      await use({ executablePath, args });
    },
    { scope: 'worker' },
  ],
  locale: 'en-GB',
  viewport: { width: 880, height: 640 },
});

/** How far the page reaches beyond the window, to the right. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The marks and borders that forced colours have taken away. */
export const vanished = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.mark svg, .button:not(.quiet), .field')]
      .filter((element) => {
        const { stroke, borderTopColor, borderTopWidth } = getComputedStyle(element);
        return element instanceof SVGElement
          ? stroke === getComputedStyle(document.body).backgroundColor
          : borderTopWidth === '0px' || borderTopColor === 'rgba(0, 0, 0, 0)';
      })
      .map((element) => element.outerHTML),
  );

/** Controls that assistive technology would announce without a name: they stand bare in the accessibility tree. */
export async function nameless(page: Page): Promise<readonly string[]> {
  const tree = await page.locator('body').ariaSnapshot();
  return tree.split('\n').filter((line) => BARE_CONTROL.test(line));
}

const BARE_CONTROL = /^\s*- (button|checkbox|radio|textbox|link|dialog)(?! ")/;
