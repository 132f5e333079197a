import { electronBinary } from './electron-binary.ts';
import { buildAndRun, stop } from './run-app.ts';

const electron = electronBinary();
if (electron === undefined) {
  stop(
    'Electron is not here: get it with `npx install-electron` (ELECTRON_MIRROR names a mirror), ' +
      'or name a folder that holds it in ELECTRON_OVERRIDE_DIST_PATH.',
  );
}
buildAndRun(electron);
