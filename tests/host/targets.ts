import type { Chromium, Told } from './chromium.ts';
import { ATTACHED, DETACHED } from './page-events.ts';
import { BrowserWindow } from './window.ts';

/** Leads what the browser tells to the windows, and closes every target that is none of ours. */
export async function followTargets(chromium: Chromium): Promise<void> {
  chromium.on('told', (told) => {
    if (told.method === 'Target.attachedToTarget') void receive(chromium, told);
    else if (told.method === 'Target.detachedFromTarget')
      bySession(DETACHED.parse(told.params).sessionId)?.leave();
    else if (told.sessionId) bySession(told.sessionId)?.webContents.hear(told);
  });
  chromium.on('gone', () => {
    for (const window of BrowserWindow.getAllWindows()) window.leave();
  });
  await chromium.ask('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
  });
}

const bySession = (id: string): BrowserWindow | undefined =>
  BrowserWindow.getAllWindows().find(({ webContents }) => webContents.sessionId === id);

const isOurs = (target: string): boolean =>
  BrowserWindow.getAllWindows().some(({ webContents }) => webContents.targetId === target);

/** The window that waits for this target; a headless shell does not say the address of a new one yet. */
const windowFor = (url: string): BrowserWindow | undefined =>
  BrowserWindow.getAllWindows().find(({ marker, webContents }) =>
    url === '' ? webContents.targetId === '' : url.includes(marker),
  );

async function receive(chromium: Chromium, { params }: Told): Promise<void> {
  const { sessionId, targetInfo } = ATTACHED.parse(params);
  const { targetId, url, openerId } = targetInfo;
  try {
    const window = openerId === undefined ? windowFor(url) : undefined;
    // asked together: a headless shell keeps the order, and answers only when the target was let go
    await Promise.all([
      window?.attach(chromium, sessionId, targetId),
      chromium.ask('Runtime.runIfWaitingForDebugger', {}, sessionId),
    ]);
    // a popup is closed after it was let go: one that is closed while it waits leaves its opener waiting too
    if (openerId !== undefined && isOurs(openerId)) await chromium.ask('Target.closeTarget', { targetId });
  } catch {
    // the target went away meanwhile
  }
}
