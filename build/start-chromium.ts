import path from 'node:path';
import { findChromium } from '../tests/host/chromium.ts';
import { buildAndRun, stop } from './run-app.ts';

if (findChromium() === undefined) {
  stop('No Chromium is here: install it, or name its program in ELECTRON_HOST_CHROMIUM.');
}
const headless = process.argv.includes('--headless');
if (!headless && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
  stop('No display is here to show a window on: set DISPLAY or WAYLAND_DISPLAY, or add `-- --headless`.');
}
console.error(
  'This is the developers’ host: the app in a Chromium window with Node, not in Electron. ' +
    'It has no package integrity, and its dialogs need zenity. For daily use: npm start.',
);
buildAndRun(path.join(import.meta.dirname, '../tests/host/bin/electron'));
