import path from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../../tests/host/chromium.ts';
import { whichHost } from '../../tests/host/which.ts';
import { stop } from '../run-app.ts';
import { Camera } from './camera.ts';
import { setScene } from './scene.ts';
import { walk } from './walk.ts';

const { values } = parseArgs({
  options: {
    lang: { type: 'string', default: 'en-GB' },
    out: { type: 'string', default: path.join(import.meta.dirname, '../../docs/screens') },
    keep: { type: 'boolean', default: false },
  },
});
if (findChromium() === undefined) {
  stop('The pictures need Chromium: install it, or name its program in ELECTRON_HOST_CHROMIUM.');
}

// the same on every computer: no display, no time zone, no session bus of whoever takes the pictures
process.env['REKEY_HOST'] = 'chromium';
process.env['TZ'] = 'UTC';
delete process.env['DBUS_SESSION_BUS_ADDRESS'];

const scene = await setScene();
try {
  await walk(scene, new Camera(values.out), values.lang);
} finally {
  await scene.strike(values.keep);
}
console.log(`Pictures of every screen, on ${whichHost().name}: ${path.relative(process.cwd(), values.out)}`);
if (values.keep) console.log(`The scratch home is kept: ${scene.home}`);
