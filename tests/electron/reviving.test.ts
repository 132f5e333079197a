import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { reviveCrashed } from '../../electron/reviving.ts';

/** A page whose process can go. */
class Page extends EventEmitter {
  reloads = 0;
  destroyed = false;

  reload(): void {
    this.reloads += 1;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  async lose(reason: string): Promise<void> {
    this.emit('render-process-gone', {}, { reason, exitCode: 1 });
    await new Promise(setImmediate);
  }
}

function revived(): { readonly page: Page; readonly gaveUp: () => number } {
  const page = new Page();
  let gaveUp = 0;
  reviveCrashed(page as unknown as Parameters<typeof reviveCrashed>[0], () => (gaveUp += 1));
  return { page, gaveUp: () => gaveUp };
}

test('a page that went down is loaded again, three times at most', async () => {
  const { page, gaveUp } = revived();
  for (const reason of ['crashed', 'killed', 'oom']) await page.lose(reason);
  expect([page.reloads, gaveUp()]).toEqual([3, 0]);
  await page.lose('crashed');
  expect([page.reloads, gaveUp()]).toEqual([3, 1]);
});

test('a page that ended by itself, or whose window is gone, is left alone', async () => {
  const { page, gaveUp } = revived();
  await page.lose('clean-exit');
  page.destroyed = true;
  await page.lose('crashed');
  expect([page.reloads, gaveUp()]).toEqual([0, 0]);
});
