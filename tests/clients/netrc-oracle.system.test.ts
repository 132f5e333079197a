import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { netrc } from '../../electron/formats/netrc.ts';
import { AuthStub } from '../doubles/auth-stub.ts';
import { HttpBasicStub } from '../doubles/http-basic-stub.ts';
import { put } from '../formats/lens-laws.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { homeEnvironment, mustRun } from '../lab/program.ts';

const HOST = '127.0.0.1';
const slot = { machine: HOST, login: 'anna' };
const BEFORE = `# before\nmachine other login anna password "o t h"\nmachine ${HOST}\n\tlogin anna\n\tpassword 0ld # note\nmachine after login x password y\n`;

const SPECIMENS = [
  'plain',
  '#first',
  'in#side',
  'two words',
  ' outer ',
  "it's",
  "'quoted'",
  'tab\there',
  'päß €漢😀',
  'machine',
  'default',
  '%s%n$HOME`id`!{}[]()*?;&|<>=,~^',
  'vertical\vtab\fform',
];

const passwords = [...SPECIMENS, ...samplePasswords(260)];

/** The file with the password as the lens writes it; undefined for what it refuses. */
function written(password: string): Buffer | undefined {
  const result = put(netrc, Buffer.from(BEFORE), slot, password);
  return result.ok ? result.value : undefined;
}

const accepted = passwords.filter((password) => written(password));

/** Reads every file named in its input and prints one JSON list of passwords. */
const PYTHON = `
import json, netrc, sys
print(json.dumps([netrc.netrc(name).authenticators('${HOST}')[2] for name in sys.stdin.read().split()]))
`;

describe('what the netrc lens writes', () => {
  let folder = '';
  const files = new Map<string, string>();

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-netrc-'));
    for (const [at, password] of accepted.entries()) {
      const home = path.join(folder, String(at));
      fs.mkdirSync(home);
      fs.writeFileSync(path.join(home, '.netrc'), written(password) ?? '', { mode: 0o600 });
      files.set(password, path.join(home, '.netrc'));
    }
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  test('is a fair sample, and exactly the passwords with a quote or backslash are refused', () => {
    expect(accepted.length).toBeGreaterThan(100);
    expect(passwords.filter((each) => !accepted.includes(each)).every((each) => /["\\]/.test(each))).toBe(
      true,
    );
  });

  // HTTP, because curl refuses control characters in the credentials of all other protocols.
  test('is what curl sends', async () => {
    await using stub = await HttpBasicStub.listen();
    for (const [password, file] of files) {
      await mustRun('curl', ['-q', '-s', '--noproxy', '*', '--netrc-file', file, stub.url]);
      expect(stub.drain()).toEqual([`anna:${password}`]);
    }
  });

  test('is what msmtp sends', async () => {
    await using stub = await AuthStub.smtp();
    const lines = [
      'account default',
      `host ${HOST}`,
      `port ${stub.port}`,
      'auth plain',
      'user anna',
      'from a@b',
    ];
    const config = path.join(folder, 'msmtprc');
    fs.writeFileSync(config, [...lines, 'tls off', ''].join('\n'), { mode: 0o600 });
    const send = (file: string): Promise<string> =>
      mustRun('msmtp', ['-C', config, 'a@b'], {
        env: homeEnvironment(path.dirname(file)),
        input: 'Subject: x\n\nx\n',
      });
    // Ten at a time: each waits for its server far longer than it works.
    for (const batch of inTens([...files])) {
      await Promise.all(batch.map(([, file]) => send(file)));
      const sent = stub.drain().map(({ user, password }) => `${user.toString()} ${password.toString()}`);
      expect(new Set(sent)).toEqual(new Set(batch.map(([password]) => `anna ${password}`)));
    }
  });

  test("is what Python's netrc reads", async () => {
    const input = [...files.values()].join('\n');
    expect(JSON.parse(await mustRun('python3', ['-c', PYTHON], { input }))).toEqual([...files.keys()]);
  });
});

const inTens = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  all.length === 0 ? [] : [all.slice(0, 10), ...inTens(all.slice(10))];
