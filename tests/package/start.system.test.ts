import asar from '@electron/asar';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ElectronApplication } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeStubPackage } from '../../build/package/make.ts';
import { thisMachine } from '../../build/package/target.ts';
import { firstPage, launch } from '../host/launch.ts';
import { whichHost } from '../host/which.ts';

const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-packaged-')));
const folder = path.join(scratch, 'app');

const MSMTPRC = `account work
host smtp.contoso.com
from alex@contoso.com
auth on
tls on
user alex@contoso.com
password before
`;

let native: string;
let app: ElectronApplication;
beforeAll(async () => {
  const { archive } = await makeStubPackage(thisMachine(), path.join(scratch, 'package'));
  native = `${archive}.unpacked`;
  unpack(archive);
  const home = path.join(scratch, 'home');
  fs.mkdirSync(home);
  fs.writeFileSync(path.join(home, '.msmtprc'), MSMTPRC, { mode: 0o600 });
  app = await launch({ app: folder, scratch, home, options: ['--lang=en'] });
});
afterAll(async () => {
  await app.close();
  fs.rmSync(scratch, { recursive: true, force: true });
});

/** The archive as a folder; its native code is, as in Electron, the one that lies beside the archive. */
function unpack(archive: string): void {
  asar.extractAll(archive, folder);
  for (const name of fs.readdirSync(native, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.node')) continue;
    fs.rmSync(path.join(folder, name));
    fs.symlinkSync(path.join(native, name), path.join(folder, name));
  }
}

test(`the packaged files show the first screen, on: ${whichHost().name}`, async () => {
  const page = await firstPage(app);
  await page.getByRole('heading', { name: 'Which password did you change?' }).waitFor();
  expect(await page.evaluate(() => typeof window.rekey.scan)).toBe('function');
});

test('main loads its packages and their native code from the package', async () => {
  const loaded = await app.evaluate(
    (_electron, main) => {
      const { createRequire } = process.getBuiltinModule('node:module');
      const require = createRequire(main);
      const names = ['keytar', 'koffi', 'tldts'];
      for (const name of names) require(name);
      const report: unknown = process.report.getReport();
      const { sharedObjects } = Object(report);
      return {
        packages: names.map((name) => require.resolve(name)),
        libraries: Array.from<string>(sharedObjects),
      };
    },
    path.join(folder, 'dist/app/main/main.cjs'),
  );
  for (const file of loaded.packages) expect(file.startsWith(path.join(folder, 'node_modules'))).toBe(true);
  const { system, architecture } = thisMachine();
  const machine = `${system}-${architecture}`;
  expect(loaded.libraries.filter((file) => file.endsWith('.node')).sort()).toEqual([
    path.join(native, `node_modules/@koromix/koffi-${machine}/${system}_${architecture}/koffi.node`),
    path.join(native, `node_modules/keytar/prebuilds/${machine}/keytar.node`),
  ]);
});

test('the packaged engine plans', async () => {
  const page = await firstPage(app);
  const rows = await page.evaluate(async () => {
    const planned = await window.rekey.plan({ account: 'alex@contoso.com' });
    return planned.ok ? planned.value.rows.length : planned.problem.kind;
  });
  expect(rows).toBe(1);
});
