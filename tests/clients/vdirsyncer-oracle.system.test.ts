import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vdirsyncerConfig } from '../../electron/formats/vdirsyncer-config.ts';
import { vdirsyncer } from '../../electron/stores/vdirsyncer.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { HttpBasicStub } from '../doubles/http-basic-stub.ts';
import { get, put } from '../formats/lens-laws.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { homeEnvironment, mustRun, run } from '../lab/program.ts';
import { findAll } from '../stores/fixture.ts';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-vdirsyncer-'));
const file = path.join(home, '.vdirsyncer', 'config');
const SLOT = { section: 'storage work' };
let stub: HttpBasicStub;

beforeAll(async () => {
  fs.mkdirSync(path.dirname(file));
  stub = await HttpBasicStub.listen();
});
afterAll(async () => {
  await stub[Symbol.asyncDispose]();
  fs.rmSync(home, { recursive: true, force: true });
});

const config = (...lines: readonly string[]): string =>
  [
    '[general]',
    `status_path = "${home}/status/"`,
    '[pair p]',
    'a = "work"',
    'b = "local"',
    'collections = ["from a"]',
    '[storage local]',
    'type = "filesystem"',
    `path = "${home}/local/"`,
    'fileext = ".ics"',
    '[storage work]',
    'type = "caldav"',
    `url = "${stub.url}"`,
    'username = "anna"',
    ...lines,
    '',
  ].join('\n');

/** Prints one JSON list: what vdirsyncer's own reader makes of each file named in its input, null for a refusal. */
const READER = `
import json, sys
from vdirsyncer.cli.config import Config
def password(name):
    try:
        return Config.from_filename_or_environment(name).get_storage_args("work").get("password", "")
    except Exception:
        return None
print(json.dumps([password(name) for name in sys.stdin.read().split()]))
`;

async function readAll(configs: readonly (Buffer | string)[]): Promise<readonly unknown[]> {
  const files = configs.map((content, at) => {
    const name = path.join(home, `config-${at}`);
    fs.writeFileSync(name, content);
    return name;
  });
  const read: unknown = JSON.parse(
    await mustRun('/usr/bin/python3', ['-c', READER], { input: files.join('\n') }),
  );
  return Array.isArray(read) ? read : [];
}

/** What vdirsyncer sends when it looks for collections; `user:password`. */
async function sent(content: Buffer | string): Promise<string | undefined> {
  fs.writeFileSync(file, content);
  await run('vdirsyncer', ['discover', 'p'], { env: homeEnvironment(home), within: 20_000 });
  return stub.drain()[0];
}

function written(content: string, password: string): Buffer {
  const result = put(vdirsyncerConfig, Buffer.from(content), SLOT, password);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
}

describe('vdirsyncer', () => {
  test('reads spellings as the lens does', async () => {
    const configs = [
      'password = "o l d"',
      'PASSWORD: "\\u00e9\\/\\"\\\\\\t"',
      'password = "%(x)s %% # ; x"',
      'password = "old"\r',
      'password = "old"\n # comment',
      'password = old',
      'password = "old" # comment',
      "password = 'old'",
      'password = "a"\npassword = "b"',
      '[DEFAULT]\npassword = "elsewhere"\n[storage z]',
    ].map((lines) => config(lines));
    const theirs = (await readAll(configs)).map((password) => password ?? 'unsupported');
    const ours = configs.map((content) => get(vdirsyncerConfig, Buffer.from(content), SLOT));
    expect(ours.slice(0, -1)).toEqual(theirs.slice(0, -1));
    // Its section [general] takes no password, not even from there.
    expect([ours.at(-1), theirs.at(-1)]).toEqual([undefined, 'unsupported']);
  });

  test('reads what the lens wrote', async () => {
    const passwords = samplePasswords(1000);
    const configs = passwords.map((password) => written(config('password = "0ld"'), password));
    expect(await readAll(configs)).toEqual(passwords);
  }, 60_000);

  test('sends what the lens wrote, and a password that was added', async () => {
    const ascii = samplePasswords(60).filter((each) => [...each].every((character) => character < '\x7f'));
    for (const password of ascii.slice(0, 6))
      expect(await sent(written(config('password = "0ld"'), password))).toBe(`anna:${password}`);
    expect(await sent(written(config(), 'n"e w'))).toBe('anna:n"e w');
    expect(await sent(config())).toBeUndefined();
  }, 120_000);

  test('sends no UTF-8, which the store says', async () => {
    expect(await sent(written(config(), 'é'))).toBe('anna:\ufffd');
    expect(await sent(written(config(), '漢'))).toBeUndefined();
    fs.writeFileSync(file, config('password = "old"'));
    expect(await entries()).toMatchObject([{ asciiOnly: true }]);
  }, 60_000);

  test('sends what a command prints, from the place that the store finds', async () => {
    fs.writeFileSync(path.join(home, 'password'), 'fromfile\n');
    for (const fetch of ['["command", "cat", "~/password"]', '["shell", "cat ~/password"]']) {
      expect(await sent(config(`password.fetch = ${fetch}`))).toBe('anna:fromfile');
      expect(await entries()).toMatchObject([{ place: { path: path.join(home, 'password') } }]);
    }
    fs.writeFileSync(path.join(home, 'password'), 'from\nfile\n');
    expect(await sent(config('password.fetch = ["command", "cat", "~/password"]'))).toBe('anna:from\nfile');
    expect(await entries()).toMatchObject([{ problem: { kind: 'unsupported' } }]);
  }, 60_000);
});

const entries = async (): Promise<readonly unknown[]> =>
  (await findAll(vdirsyncer, openMachine({ home, confined: true, environment: {} }))).entries;
