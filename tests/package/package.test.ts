import asar from '@electron/asar';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentsOf, extracted, type Contents } from '../../build/package/contents.ts';
import { faultsOf } from '../../build/package/faults.ts';
import { makeStubPackage, type Packaged } from '../../build/package/make.ts';
import { EXPECTED } from './expected.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const BUILT = path.join(ROOT, 'dist/app');

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-package-test-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** `dist/app/main/login-Cz4_oDgm.cjs` as `dist/app/main/*-#.cjs`. */
const readable = (name: string): string =>
  name.replace(/^(dist\/app\/.*\/)[\w-]+-[\w-]{8}(\.\w+)$/, '$1*-#$2');

/** koffi's native code comes as a package of its own, which npm installs on the machine that it is for. */
const canBeMade = ({ target }: (typeof EXPECTED)[number]): boolean =>
  target.system !== 'linux' || fs.existsSync(path.join(ROOT, 'node_modules/@koromix/koffi-linux-x64'));

describe.each(EXPECTED.filter(canBeMade))(
  'the package for $target.system',
  ({ target, files, native, begins }) => {
    let packaged: Packaged;
    let contents: Contents;
    beforeAll(async () => {
      packaged = await makeStubPackage(target, path.join(scratch, target.system));
      contents = await contentsOf(packaged);
    });

    test('holds exactly these files', () => {
      expect([...new Set(contents.files.map(readable))].sort()).toEqual([...files, ...native].sort());
    });

    test('holds the whole build, as it was built', () => {
      const built = fs
        .readdirSync(BUILT, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          path.relative(BUILT, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'),
        );
      const held = contents.files.filter((name) => name.startsWith('dist/app/'));
      expect(held).toEqual(built.map((name) => `dist/app/${name}`).sort());
      for (const name of built)
        expect(extracted(packaged.archive, `dist/app/${name}`)).toEqual(
          fs.readFileSync(path.join(BUILT, name)),
        );
    });

    test("keeps the target's native code, and only that, beside the archive", () => {
      expect(contents.unpacked).toEqual({ listed: native, onDisk: native });
      for (const name of native) {
        const file = fs.readFileSync(path.join(`${packaged.archive}.unpacked`, name));
        expect(begins(file)).not.toContain('');
      }
    });

    test('tells Electron what it needs to know, and nothing of the development', () => {
      expect(contents.packageJson).toEqual({
        name: 'rekey',
        productName: 'Rekey',
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        description: expect.stringContaining('mail password'),
        license: 'MIT',
        author: 'The Rekey authors',
        main: 'dist/app/main/main.cjs',
        desktopName: 'rekey.desktop',
      });
    });

    test('has these fuses', () => {
      expect(contents.fuses).toEqual({
        RunAsNode: false,
        EnableCookieEncryption: false,
        EnableNodeOptionsEnvironmentVariable: false,
        EnableNodeCliInspectArguments: false,
        EnableEmbeddedAsarIntegrityValidation: true,
        OnlyLoadAppFromAsar: true,
        LoadBrowserProcessSpecificV8Snapshot: false,
        GrantFileProtocolExtraPrivileges: false,
        WasmTrapHandlers: true,
      });
    });

    test('brings every package that the app asks for', () => {
      expect(contents.externals).toEqual(['electron', 'keytar', 'koffi', 'tldts']);
      const app = path.join(scratch, `${target.system}-app`);
      asar.extractAll(packaged.archive, app);
      const { resolve } = createRequire(path.join(app, 'dist/app/main/main.cjs'));
      const found = (name: string): string =>
        path.relative(app, resolve(name)).split(path.sep).slice(0, 2).join('/');
      for (const name of ['keytar', 'tldts']) expect(found(name)).toBe(`node_modules/${name}`);
      if (target.system === 'linux') expect(found('koffi')).toBe('node_modules/koffi');
      else expect(() => resolve('koffi')).toThrow("Cannot find module 'koffi'");
    });

    test("is sealed with the header's digest where Electron checks it", () => {
      const archive = fs.readFileSync(packaged.archive);
      // Chromium's pickle: the header's length stands at 12, the header begins at 16
      const header = archive.subarray(16, 16 + archive.readUInt32LE(12));
      const value = createHash('sha256').update(header).digest('hex');
      if (target.system === 'win32') {
        const seal = JSON.stringify([{ file: 'resources\\app.asar', alg: 'SHA256', value }]);
        expect(fs.readFileSync(packaged.program).includes(seal)).toBe(true);
      }
      if (target.system === 'darwin') {
        const plist = fs.readFileSync(path.join(packaged.program, 'Contents/Info.plist'), 'utf8');
        expect(plist).toMatch(new RegExp(`<key>Resources/app.asar</key>[^]*<string>${value}</string>`));
      }
      expect(contents.sealed).toBe(target.system !== 'linux');
      expect(contents.altered).toEqual([]);
    });

    test('has no fault', () => {
      expect(faultsOf(contents, target)).toEqual([]);
    });
  },
);
