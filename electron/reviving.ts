import type { WebContents } from 'electron';

/** A page that goes down more often than this in one window would go on doing so. */
const MOST_REVIVALS = 3;

type Page = Pick<WebContents, 'on' | 'reload' | 'isDestroyed'>;

/**
 * Loads the page again when its process is gone. A run goes on without it, and the new page finds it again. `giveUp`
 * is called instead when that has not helped.
 */
export function reviveCrashed(page: Page, giveUp: () => void): void {
  let crashes = 0;
  page.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    crashes += 1;
    // not inside the event: the browser is still clearing the old process away
    setImmediate(() => {
      if (page.isDestroyed()) return;
      if (crashes > MOST_REVIVALS) giveUp();
      else page.reload();
    });
  });
}
