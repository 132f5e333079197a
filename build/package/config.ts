import type { Configuration } from 'electron-builder';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { appFiles } from './files.ts';
import { FUSES } from './fuses.ts';
import type { Target } from './target.ts';

export const ROOT = path.join(import.meta.dirname, '../..');
const PACKAGE = z.record(z.string(), z.unknown());

/** What a package is made of, and where. */
export interface Making {
  /** A folder with the app's own package.json. */
  readonly app: string;
  /** A folder with Electron's program and what belongs to it. */
  readonly distribution: string;
  readonly output: string;
}

/** How electron-builder makes the app for one target. */
export const packageConfig = (target: Target, { app, distribution, output }: Making): Configuration => ({
  appId: 'app.rekey.Rekey',
  productName: 'Rekey',
  copyright: 'Copyright © 2026 The Rekey authors',
  electronVersion: electronVersion(),
  electronDist: distribution,
  directories: { app, output, buildResources: 'build/icons' },
  files: ['package.json', ...appFiles(target)],
  // Both native modules come prebuilt, so nothing is compiled. `false` from the hook also keeps electron-builder from
  // adding modules of its own choice; `npmRebuild: false` would end before the hook is asked.
  beforeBuild: async () => false,
  asar: { smartUnpack: false },
  asarUnpack: ['**/*.node'],
  electronFuses: FUSES,
  publish: null,
  linux: {
    target: ['AppImage', 'deb', 'tar.gz'],
    icon: 'build/icons/png',
    category: 'Utility',
    synopsis: 'Puts a reset mail password everywhere',
    maintainer: 'The Rekey authors',
    executableName: 'rekey',
    syncDesktopName: true,
  },
  win: { target: ['nsis', 'zip'], icon: 'build/icons/rekey.ico' },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  mac: {
    target: ['dmg', 'zip'],
    icon: 'build/icons/rekey.icns',
    category: 'public.app-category.utilities',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/package/entitlements.mac.plist',
    entitlementsInherit: 'build/package/entitlements.mac.plist',
  },
});

/** What Electron asks of an app's package.json, and what people may look for in it; nothing of its development. */
export function appPackageFile(): Readonly<Record<string, unknown>> {
  const { name, version, description, license, main } = packageFile('package.json');
  const known = { name, productName: 'Rekey', version, description, license, author: 'The Rekey authors' };
  // a Linux desktop finds the icon of a window through the name of the .desktop file
  return { ...known, main, desktopName: 'rekey.desktop' };
}

const electronVersion = (): string =>
  z.string().parse(packageFile('node_modules/electron/package.json')['version']);

const packageFile = (file: string): Record<string, unknown> =>
  PACKAGE.parse(JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8')));
