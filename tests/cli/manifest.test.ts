import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readManifest } from '../../electron/cli/manifest.ts';
import { disposeLifted, liftSecrets } from '../../electron/cli/manifest-secrets.ts';
import type { Secret } from '../../electron/engine/secret.ts';

const runs = Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000);
const textOf = (secret: Secret | undefined) => secret?.useText((text) => text);
const read = (value: unknown) =>
  readManifest(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

function problemOf(value: unknown) {
  const manifest = read(value);
  if (manifest.ok) throw new Error('was accepted');
  return manifest.problem;
}

test('a whole manifest is read', () => {
  const manifest = read({
    account: 'ada@example.org',
    password: 'new "one" \\ ß€🔑',
    oldPassword: 'old',
    unlocks: { '/home/ada/.thunderbird/x': 'primary' },
    servers: { imap: 'mail.example.org:993', smtp: 'mail.example.org:465:tls' },
    only: ['netrc-000000000000'],
  });
  if (!manifest.ok) throw new Error(manifest.problem.kind);
  const { secrets, ...rest } = manifest.value;
  expect(rest).toEqual({
    account: 'ada@example.org',
    servers: { imap: 'mail.example.org:993', smtp: 'mail.example.org:465:tls' },
    only: ['netrc-000000000000'],
  });
  expect(textOf(secrets.password)).toBe('new "one" \\ ß€🔑');
  expect(textOf(secrets.oldPassword)).toBe('old');
  expect(textOf(secrets.unlocks.get('/home/ada/.thunderbird/x'))).toBe('primary');
});

describe('what is refused', () => {
  test.each<[what: string, manifest: unknown, field: string | undefined]>([
    ['no JSON', '{"password": "hunter2"', undefined],
    ['no object', '"hunter2"', undefined],
    ['a misspelt key', { password: 'x', olny: ['hunter2'] }, undefined],
    ['a number for a password', { password: 12345 }, 'password'],
    ['a list of passwords', { unlocks: ['hunter2'] }, 'unlocks'],
    ['a number inside unlocks', { unlocks: { hunter2: 1 } }, 'unlocks'],
    ['a wrong server', { servers: { imap: 1 } }, 'servers.imap'],
    ['an unknown server', { servers: { hunter2: 'x' } }, 'servers'],
    ['an empty account', { account: '' }, 'account'],
  ])('%s', (_, manifest, field) => {
    const problem = problemOf(manifest);
    expect(problem).toEqual({ kind: 'manifest-invalid', ...(field === undefined ? {} : { subject: field }) });
  });

  test.each(['two\nlines', 'carriage\rreturn', 'nul\0'])('a password that cannot be one: %j', (password) => {
    expect(problemOf({ password }).kind).toBe('password-unusable');
    expect(problemOf({ unlocks: { '/x': password } }).kind).toBe('password-unusable');
  });

  test('an empty password', () => {
    expect(problemOf({ password: '' })).toMatchObject({ kind: 'usage', detail: 'password-missing' });
  });
});

describe('lifting passwords out of JSON', () => {
  test('any password, however it is escaped, comes out whole and leaves no trace', () => {
    const spellings = [
      (text: string) => JSON.stringify(text),
      (text: string) => `"${[...text].map(escaped).join('')}"`,
    ];
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.constantFrom(...spellings),
        (text, spell) => {
          const password = text.toWellFormed();
          const json = Buffer.from(`{ "only": ["x"], "password" : ${spell(password)}, "account": "a" }`);
          const lifted = liftSecrets(json);
          expect(textOf(lifted.password)).toBe(password);
          const rest: unknown = JSON.parse(json.toString('utf8'));
          expect(rest).toMatchObject({ only: ['x'], account: 'a' });
          expect((rest as { password: string }).password.trim()).toBe('');
          disposeLifted(lifted);
        },
      ),
      { numRuns: runs },
    );
  });

  test('only the top level counts', () => {
    const json = Buffer.from(
      '{"servers":{"password":"a"},"only":["password","b"],"unlocks":{"x":{"password":"c"}}}',
    );
    const before = json.toString();
    const lifted = liftSecrets(json);
    expect([lifted.password, lifted.unlocks.size]).toEqual([undefined, 0]);
    expect(json.toString()).toBe(before);
  });

  test('the last of several wins, as in JSON', () => {
    expect(textOf(liftSecrets(Buffer.from('{"password":"a","password":"b"}')).password)).toBe('b');
  });

  test('anything at all can be walked', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) =>
        disposeLifted(liftSecrets(Buffer.from(bytes))),
      ),
      { numRuns: runs },
    );
  });
});

test('the bytes of the manifest are erased, good or bad', () => {
  for (const text of ['{"password":"hunter2"}', '{"password":"hunter2","x":1}', 'hunter2']) {
    const json = Buffer.from(text);
    readManifest(json);
    expect(json.every((byte) => byte === 0)).toBe(true);
  }
});

const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
