import { BrowserWindow } from './window.ts';
import type { WebContents } from './web-contents.ts';

/**
 * What `electron` means in the main process under this host: the part of Electron's API that the app uses. A name
 * that is missing here fails when the app is loaded, with the name.
 */
export { app } from './app.ts';
export { dialog, Menu } from './dialogs.ts';
export { ipcMain } from './ipc-main.ts';
export { net, protocol } from './schemes.ts';
export { session } from './session.ts';
export { BrowserWindow } from './window.ts';

const all = (): readonly WebContents[] => BrowserWindow.getAllWindows().map((window) => window.webContents);

export const webContents = {
  getAllWebContents: all,
  fromDevToolsTargetId: (id: string): WebContents | undefined =>
    all().find(({ targetId }) => targetId === id),
};
