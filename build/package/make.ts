import { Arch, build, Platform } from 'electron-builder';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { appPackageFile, packageConfig, ROOT, type Making } from './config.ts';
import { writeStub } from './stub.ts';
import type { Target } from './target.ts';

const PLATFORMS = { linux: Platform.LINUX, win32: Platform.WINDOWS, darwin: Platform.MAC };
const PROGRAMS = { linux: 'rekey', win32: 'Rekey.exe', darwin: 'Rekey.app' };

/** A package's app as it will lie on a user's disk. */
export interface Packaged {
  readonly target: Target;
  /** Electron's program, or on macOS the bundle. */
  readonly program: string;
  readonly archive: string;
}

/** Packages the built app (`dist/app`) in the configured forms, around the Electron of a distribution. */
export const makePackage = (target: Target, output: string, distribution: string): Promise<Packaged> =>
  inScratch((app) => make(target, { app, output, distribution }, 'installers'));

/** Packages the app around a stub of Electron. The result runs nowhere and is never to be given away. */
export const makeStubPackage = (target: Target, output: string): Promise<Packaged> =>
  inScratch((app) =>
    inScratch((distribution) => {
      writeStub(distribution, target.system);
      return make(target, { app, output, distribution }, 'folder');
    }),
  );

async function make(target: Target, making: Making, as: 'folder' | 'installers'): Promise<Packaged> {
  const { system, architecture } = target;
  fs.writeFileSync(path.join(making.app, 'package.json'), JSON.stringify(appPackageFile(), null, 2));
  let folder = '';
  await build({
    projectDir: ROOT,
    targets: PLATFORMS[system].createTarget(as === 'folder' ? 'dir' : null, Arch[architecture]),
    config: {
      ...packageConfig(target, making),
      afterExtract: ({ appOutDir }) => withoutDefaultApp(appOutDir),
      afterPack: ({ appOutDir }) => void (folder = appOutDir),
    },
    publish: 'never',
  });
  const program = path.join(folder, PROGRAMS[system]);
  const resources =
    system === 'darwin' ? path.join(program, 'Contents/Resources') : path.join(folder, 'resources');
  return { target, program, archive: path.join(resources, 'app.asar') };
}

/** An installed distribution still has the app that Electron shows when it is given none. */
function withoutDefaultApp(folder: string): void {
  for (const resources of ['resources', 'Electron.app/Contents/Resources'])
    fs.rmSync(path.join(folder, resources, 'default_app.asar'), { force: true });
}

async function inScratch<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-package-'));
  try {
    return await act(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
