import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { PEOPLE } from '../../tests/doubles/mail-home.ts';
import { findChromium } from '../../tests/host/chromium.ts';
import { argumentsOf } from '../../tests/host/launch.ts';
import { STAND_IN, whichHost } from '../../tests/host/which.ts';
import { electronBinary } from '../electron-binary.ts';
import { sandboxSwitches, stop } from '../run-app.ts';
import { Printer } from './print.ts';
import { setStage, type Stage } from './stage.ts';
import { walk } from './walk.ts';

const PASSWORD = "Winter #sun & 5€ 'home'";
const FOLDER = path.join(import.meta.dirname, '../../demo-out');
const { DISPLAY, WAYLAND_DISPLAY } = process.env;

const printer = new Printer();
const electron = electronBinary();
const chromium = findChromium();
const hasDisplay = process.platform !== 'linux' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY);
if (chromium === undefined && (electron === undefined || !hasDisplay)) {
  stop(
    hasDisplay
      ? 'Neither Electron nor Chromium is here: get one with `npx install-electron`.'
      : 'Without a display the demo needs Chromium: install it, or name its program in ELECTRON_HOST_CHROMIUM.',
  );
}

const stage = await setStage();
try {
  stage.server.setPassword(PEOPLE.owner.login, PASSWORD);
  await (hasDisplay ? open(stage) : show(stage));
} finally {
  await stage.strike(false);
}
process.exitCode = printer.failed === 0 ? 0 : 1;

/** The app in a window, until it is closed. */
async function open({ root, home, appOptions }: Stage): Promise<void> {
  if (electron === undefined) printer.title('Electron is not here: this is the app in a Chromium window.');
  printer.title(`The password of ${PEOPLE.owner.login} was reset to:   ${PASSWORD}`);
  printer.line(
    'Type it into the app, and it goes into nine places of a scratch home. The mail server of this',
  );
  printer.line('demo refuses any other. Everything is removed when the window is closed.');
  const args = [...sandboxSwitches(), ...argumentsOf({ scratch: root, home, options: appOptions })];
  const running = spawn(electron ?? path.join(STAND_IN, 'electron'), args, {
    stdio: 'inherit',
    env: { ...process.env, HOME: home },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => running.kill(signal));
  await once(running, 'close');
}

/** Where nobody could see a window, the wizard is walked, and pictures of it are left. */
async function show(stage: Stage): Promise<void> {
  // Electron does not start without a display
  process.env['REKEY_HOST'] = 'chromium';
  printer.title(`Rekey's window, walked through without a display, on: ${whichHost().name}.`);
  fs.mkdirSync(FOLDER, { recursive: true });
  await walk(stage, printer, { folder: FOLDER, password: PASSWORD });
  const where = path.relative(process.cwd(), FOLDER);
  printer.title(`Pictures of the six screens and the report are in ${where}.`);
}
