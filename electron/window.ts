import { BrowserWindow, type Session, type WebContents } from 'electron';
import { PAGE } from './page-address.ts';
import { webPreferences } from './web-preferences.ts';

/** The one window; it is shown when there is something to see. */
export function createWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 880,
    height: 640,
    minWidth: 480,
    minHeight: 400,
    show: false,
    title: 'Rekey',
    autoHideMenuBar: true,
    webPreferences: webPreferences(preload),
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Keeps contents where they are: the page itself, no other address, no second window, no embedded one. */
export function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (event.url !== PAGE) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (event.url !== PAGE || !event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Denies camera, location, notifications and every other permission, asked for or looked up. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** Brings the window to the front, from wherever it is. */
export function present(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
