import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kdeObscured } from '../../electron/formats/kde-obscured.ts';
import { get, put } from '../formats/lens-laws.ts';
import { samplePasswords } from '../formats/passwords.ts';

const SLOT = { group: 'Transport 9' };
const KEY = ['--group', SLOT.group, '--key', 'password'];
const EMPTY = '[Transport 9]\nid=9\npassword=x\n';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-obscured-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function run(program: string, args: readonly string[], input = ''): string {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, LC_ALL: 'C.UTF-8' };
  const done = spawnSync(program, [...args], { env, input, encoding: 'utf8', timeout: 20_000 });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
}

/** KDE's own disguise of each text; it is its own inverse. */
const obscured = (texts: readonly string[]): readonly string[] =>
  JSON.parse(run('python3', [path.join(import.meta.dirname, 'kde.py')], JSON.stringify(texts))) as string[];

const file = (): string => path.join(folder, 'mailtransports');

test("KDE's own code reads the passwords that the lens writes", () => {
  const written = samplePasswords(60).flatMap((password) => {
    const bytes = put(kdeObscured, Buffer.from(EMPTY), SLOT, password);
    if (!bytes.ok) return [];
    fs.writeFileSync(file(), bytes.value);
    const read = run('kreadconfig5', ['--file', file(), ...KEY]).replace(/\n$/, '');
    return [{ password, read }];
  });
  expect(obscured(written.map(({ read }) => read))).toEqual(written.map(({ password }) => password));
  expect(written.length).toBeGreaterThan(20);
});

test("the lens reads the passwords that KDE's own code wrote", () => {
  const passwords = samplePasswords(60).filter((each) => put(kdeObscured, Buffer.from(EMPTY), SLOT, each).ok);
  const disguises = obscured(passwords);
  for (const [index, password] of passwords.entries()) {
    fs.rmSync(file(), { force: true });
    run('kwriteconfig5', ['--file', file(), ...KEY, '--', disguises[index] ?? '']);
    const bytes = fs.readFileSync(file());
    expect(get(kdeObscured, bytes, SLOT)).toBe(password);
    const again = put(kdeObscured, bytes, SLOT, password);
    expect(again.ok && again.value.equals(bytes), JSON.stringify(password)).toBe(true);
  }
});
