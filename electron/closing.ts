import { dialog, type BrowserWindow } from 'electron';
import type { WindowTexts } from '../shared/messages/window.ts';

/** A run that may be going on. */
interface Running {
  busy(): boolean;
  /** Stops it as a cancel would, the place it is at finished, and waits for its end. */
  close(): Promise<void>;
}

/**
 * Closing the window in the middle of a run asks once whether to stop; then the current place is finished, the rest
 * is left alone, and the window closes by itself. Without a run it closes at once.
 */
export function askBeforeClosing(window: BrowserWindow, run: Running, texts: WindowTexts): void {
  let asked = false;
  window.on('close', (event) => {
    if (!run.busy()) return;
    event.preventDefault();
    if (asked) return;
    asked = true;
    void mayStop(window, texts).then(async (agreed) => {
      if (agreed) await run.close();
      if (agreed) window.destroy();
      asked = false;
    });
  });
}

/** The page cannot be kept alive: the current place is finished, then the window says so and closes. */
export async function closeForGood(window: BrowserWindow, run: Running, texts: WindowTexts): Promise<void> {
  await run.close();
  dialog.showErrorBox('Rekey', `${texts.pageGone}\n${texts.pageGoneDetail}`);
  if (!window.isDestroyed()) window.destroy();
}

async function mayStop(window: BrowserWindow, texts: WindowTexts): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: texts.stillRunning,
    detail: texts.stillRunningDetail,
    buttons: [texts.stopAndClose, texts.keepRunning],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
