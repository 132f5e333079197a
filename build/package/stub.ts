import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import type { System } from './target.ts';

/** Where the fuses stand in Electron's program: this text, a version, their number, one digit each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSE_VERSION = 1;
/** As Electron is delivered: what Rekey's package wants is mostly the opposite. */
const DELIVERED = '101100011';

const HELPERS = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'];

/**
 * A folder that electron-builder takes for Electron's distribution, for machines that cannot download the real one.
 * It shows what goes into a package and how the fuses are set. Its program runs nothing.
 */
export function writeStub(folder: string, system: System): void {
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) write(folder, name, 'stub\n');
  if (system === 'darwin') return writeMacApp(path.join(folder, 'Electron.app/Contents'));
  write(folder, 'locales/en-US.pak', '');
  write(folder, 'resources/default_app.asar', 'stub\n');
  if (system === 'linux') write(folder, 'electron', withFuses(Buffer.from('#!/bin/sh\nexit 1\n')));
  else write(folder, 'electron.exe', withFuses(windowsProgram()));
}

/** The asar's digest is written among an .exe's resources, so there must be one to begin with. */
function windowsProgram(): Buffer {
  const installer = createRequire(createRequire(import.meta.url).resolve('electron-builder')).resolve(
    'electron-winstaller/package.json',
  );
  return fs.readFileSync(path.join(path.dirname(installer), 'vendor/Squirrel.exe'));
}

function writeMacApp(contents: string): void {
  write(contents, 'Info.plist', plist('Electron'));
  write(contents, 'MacOS/Electron', '');
  write(contents, 'Resources/default_app.asar', 'stub\n');
  const framework = 'Frameworks/Electron Framework.framework/Electron Framework';
  write(contents, framework, withFuses(Buffer.alloc(0)));
  for (const each of HELPERS) {
    const name = `Electron Helper${each}`;
    const helper = path.join(contents, 'Frameworks', `${name}.app`, 'Contents');
    write(helper, 'Info.plist', plist(name));
    write(helper, `MacOS/${name}`, '');
  }
}

const plist = (name: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict><key>CFBundleExecutable</key><string>${name}</string></dict></plist>
`;

const withFuses = (program: Buffer): Buffer =>
  Buffer.concat([
    program,
    Buffer.from(SENTINEL),
    Buffer.of(FUSE_VERSION, DELIVERED.length),
    Buffer.from(DELIVERED),
  ]);

function write(folder: string, name: string, content: string | Buffer): void {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content, { mode: 0o755 });
}
