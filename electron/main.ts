import { app, BrowserWindow, dialog, ipcMain, Menu, session } from 'electron';
import path from 'node:path';
import { messagesFor } from '../shared/messages/index.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { openApp } from './app/open.ts';
import { askBeforeClosing, closeForGood } from './closing.ts';
import { answerCalls } from './ipc.ts';
import { launchOptions, whyNotStarted } from './launch.ts';
import { menuFor } from './menu.ts';
import { PAGE } from './page-address.ts';
import { reviveCrashed } from './reviving.ts';
import { saveFileAs } from './saving.ts';
import { confine, createWindow, denyPermissions, present } from './window.ts';

const PRELOAD = path.join(import.meta.dirname, '../preload/preload.cjs');
const PAGE_FOLDER = path.join(import.meta.dirname, '../renderer');

app.setName('Rekey');
app.enableSandbox();
registerAppScheme();

if (app.requestSingleInstanceLock()) begin();
else app.quit();

function begin(): void {
  app.on('second-instance', () => BrowserWindow.getAllWindows().forEach(present));
  app.on('web-contents-created', (_event, contents) => confine(contents));
  void app.whenReady().then(open);
}

async function open(): Promise<void> {
  const language = app.getLocale();
  const messages = messagesFor(language);
  const opened = openApp({
    ...launchOptions(process.argv, app.getPath('home')),
    environment: process.env,
    language,
    saveFile: saveFileAs(app.getPath('documents')),
  });
  if (!opened.ok) {
    dialog.showErrorBox('Rekey', whyNotStarted(messages, opened.problem));
    return app.exit(1);
  }
  const calls = opened.value;
  app.on('window-all-closed', () => void calls.close().finally(() => app.quit()));
  Menu.setApplicationMenu(menuFor(process.platform, messages.window));
  denyPermissions(session.defaultSession);
  serveApp(PAGE_FOLDER);
  const window = createWindow(PRELOAD);
  calls.lookAhead();
  answerCalls(ipcMain, calls, window.webContents);
  askBeforeClosing(window, calls, messages.window);
  reviveCrashed(window.webContents, () => void closeForGood(window, calls, messages.window));
  await window.loadURL(PAGE);
}
