import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { contentsOf, type Contents } from '../../build/package/contents.ts';
import { faultsOf } from '../../build/package/faults.ts';
import { makeStubPackage, type Packaged } from '../../build/package/make.ts';
import type { Target } from '../../build/package/target.ts';

const TARGET: Target = { system: 'win32', architecture: 'x64' };
const KEYTAR = 'node_modules/keytar/prebuilds/win32-x64/keytar.node';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-faults-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

let sound: Packaged;
let contents: Contents;
beforeAll(async () => {
  sound = await makeStubPackage(TARGET, path.join(scratch, 'sound'));
  contents = await contentsOf(sound);
});

/** A copy of the package, to be spoiled. */
let copy: Packaged;
beforeEach(() => {
  const folder = path.join(scratch, 'copy');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(path.dirname(sound.program), folder, { recursive: true });
  copy = {
    ...sound,
    program: path.join(folder, path.basename(sound.program)),
    archive: path.join(folder, 'resources/app.asar'),
  };
});

const faults = async (): Promise<readonly string[]> => faultsOf(await contentsOf(copy), TARGET);

test.each([
  ['RunAsNode', FuseV1Options.RunAsNode, true],
  ['EnableNodeOptionsEnvironmentVariable', FuseV1Options.EnableNodeOptionsEnvironmentVariable, true],
  ['EnableNodeCliInspectArguments', FuseV1Options.EnableNodeCliInspectArguments, true],
  ['EnableEmbeddedAsarIntegrityValidation', FuseV1Options.EnableEmbeddedAsarIntegrityValidation, false],
  ['OnlyLoadAppFromAsar', FuseV1Options.OnlyLoadAppFromAsar, false],
  ['GrantFileProtocolExtraPrivileges', FuseV1Options.GrantFileProtocolExtraPrivileges, true],
] as const)('the fuse %s the other way', async (name, fuse, on) => {
  await flipFuses(copy.program, { version: FuseVersion.V1, [fuse]: on });
  expect(await faults()).toEqual([`the fuse ${name} is not ${on ? 'off' : 'on'}`]);
});

test('a byte more in a file beside the archive', async () => {
  fs.appendFileSync(path.join(`${copy.archive}.unpacked`, KEYTAR), '\0');
  expect(await faults()).toEqual([`${KEYTAR} is not what the archive's header says`]);
});

test('one letter of the app changed in the archive', async () => {
  const bytes = fs.readFileSync(copy.archive);
  bytes.write('X', bytes.indexOf('MIT License'));
  fs.writeFileSync(copy.archive, bytes);
  expect(await faults()).toEqual(["LICENSE is not what the archive's header says"]);
});

test('a program that was made for another archive', async () => {
  const bytes = fs.readFileSync(copy.program);
  bytes.write('0'.repeat(64), bytes.indexOf('"value":"') + '"value":"'.length);
  fs.writeFileSync(copy.program, bytes);
  expect(await faults()).toEqual(["the program does not hold the archive's digest"]);
});

test('a second archive beside the app', async () => {
  fs.writeFileSync(path.join(path.dirname(copy.archive), 'default_app.asar'), '');
  expect(await faults()).toEqual(['default_app.asar lies beside the app']);
});

test("another machine's native code, and none of the target's", () => {
  const foreign = 'node_modules/keytar/prebuilds/linux-x64/keytar.node';
  const files = contents.files.map((name) => (name === KEYTAR ? foreign : name));
  const spoiled = { ...contents, files, unpacked: { listed: [foreign], onDisk: [foreign] } };
  expect(faultsOf(spoiled, TARGET)).toEqual([`${KEYTAR} is missing`, `${foreign} is for another machine`]);
});

test.each([
  'dist/app/main/main.cjs.map',
  'electron/main.ts',
  'renderer/app.tsx',
  'tests/doubles/rekey-api.js',
  'node_modules/keytar/binding.gyp',
])('%s in the archive', (name) => {
  const spoiled = { ...contents, files: [...contents.files, name] };
  expect(faultsOf(spoiled, TARGET)).toEqual([`${name} is of the development`]);
});

test('a development field in package.json', () => {
  const spoiled = { ...contents, packageJson: { ...contents.packageJson, devDependencies: {} } };
  expect(faultsOf(spoiled, TARGET)).toEqual(['package.json holds the field devDependencies']);
});

test('a package that the app asks for and does not bring', () => {
  const spoiled = { ...contents, externals: [...contents.externals, 'imapflow'] };
  expect(faultsOf(spoiled, TARGET)).toEqual(['the app asks for imapflow, which is not in the package']);
});
