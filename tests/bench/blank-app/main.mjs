import { app, BrowserWindow, protocol } from 'electron';

/** The least that an app can be: one window, no preload, one page with a heading. */
const PAGE = '<!doctype html><title>blank</title><h1>blank</h1>';

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  protocol.handle('app', () => new Response(PAGE, { headers: { 'content-type': 'text/html' } }));
  const webPreferences = { sandbox: true, contextIsolation: true, nodeIntegration: false };
  return new BrowserWindow({ width: 880, height: 640, webPreferences }).loadURL('app://blank/index.html');
});
