import fs from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright';
import { inPalette } from './palette-png.ts';

/** How a screen is shown: the size of the window and the colours that the system asks for. */
interface View {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

const VIEWS: readonly View[] = [
  { width: 800, height: 600, colorScheme: 'light' },
  { width: 800, height: 600, colorScheme: 'dark' },
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'dark' },
];

interface Shot {
  /** In how many of the views; all of them if left out. */
  readonly views?: number;
  /** What is scrolled to the top. */
  readonly top?: Locator;
}

/** Takes a picture of what stands on the page in every size and colour, under the screen's name. */
export class Camera {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    fs.mkdirSync(folder, { recursive: true });
  }

  async take(page: Page, name: string, { views = VIEWS.length, top }: Shot = {}): Promise<void> {
    // where the last button was pressed, the next one would look pressed too
    await page.mouse.move(0, 0);
    for (const { width, height, colorScheme } of VIEWS.slice(0, views)) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const file = path.join(this.#folder, `${name}-${colorScheme}-${width}x${height}.png`);
      await top?.evaluate((element) => element.scrollIntoView({ block: 'start' }));
      const picture = await page.screenshot({ caret: 'hide', animations: 'disabled' });
      fs.writeFileSync(file, inPalette(picture));
    }
  }
}
