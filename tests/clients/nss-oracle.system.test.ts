import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoreKey } from '../../electron/engine/ports.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { mozillaLogins } from '../../electron/formats/mozilla-logins.ts';
import { readKeys } from '../../electron/stores/thunderbird-key.ts';
import { makeThunderbirdProfile } from '../doubles/thunderbird-profile.ts';
import { caseFolder, readCase, scratchHome } from '../stores/fixture.ts';
import { askNss, type NSS } from './nss.ts';

/** Which NSS must be able to read what the lens wrote: 3.87 knows no AES values and no salts of 48 octets. */
const CASES: readonly { name: string; libraries: readonly (keyof typeof NSS)[] }[] = [
  { name: 'imap-smtp-aes', libraries: ['thunderbird'] },
  { name: 'pop3-3des', libraries: ['thunderbird', 'debian'] },
  { name: 'primary-password-old-salt', libraries: ['thunderbird', 'debian'] },
  { name: 'primary-password-new-salt', libraries: ['thunderbird'] },
  { name: 'primary-password-old-scheme', libraries: ['thunderbird', 'debian'] },
];

const PROFILE = '.thunderbird/abcd1234.default-default';

const PASSWORDS = [
  ' lead and trail ',
  `"'\\#$%;&`,
  '$& $1 $$',
  'é€ß漢🙂',
  '\u{feff}bom',
  'x'.repeat(300),
  ...fc.sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), 100),
].filter((text) => text.isWellFormed() && !text.includes('\0'));

interface Login {
  readonly hostname: string;
  readonly encryptedUsername: string;
  readonly encryptedPassword: string;
}

const loginsOf = (bytes: Buffer): readonly Login[] =>
  (JSON.parse(bytes.toString('utf8')) as { logins: readonly Login[] }).logins;

function put(bytes: Buffer | undefined, key: StoreKey, text: string, origin: string): Buffer {
  const slot = { origin, username: 'alice@example.org' };
  const using = { key, now: new Date(), random: randomBytes };
  const written = mozillaLogins.put(bytes, slot, Secret.fromText(text), using);
  if (!written.ok) throw new Error(written.problem.kind);
  return written.value;
}

describe.each(CASES)('NSS reads what the lens wrote: $name', ({ name, libraries }) => {
  const folder = caseFolder('thunderbird', name);
  const primary = readCase(folder).primaryPassword ?? '';

  test.each(libraries)('with the NSS of %s', (library) => {
    using scratch = scratchHome(folder);
    const dir = path.join(scratch.home, PROFILE);
    const keys = readKeys(scratch.machine, dir, Secret.fromText(primary));
    if (!keys.ok) throw new Error(keys.problem.kind);
    const before = fs.readFileSync(path.join(dir, 'logins.json'));
    const replaced = PASSWORDS.map((text) => put(before, keys.value, text, 'smtp://smtp.example.org'));
    const added = put(before, keys.value, 'added é€', 'imap://new.example.org');
    const values = [
      ...replaced.map((bytes) => login(bytes, 'smtp://smtp.example.org').encryptedPassword),
      login(added, 'imap://new.example.org').encryptedUsername,
      login(added, 'imap://new.example.org').encryptedPassword,
    ];
    const requests = values.map((value) => ({ do: 'decrypt' as const, value }));
    const answer = askNss(library, dir, primary, requests);
    expect(answer.unlocked).toBe(true);
    expect(answer.answers).toEqual([...PASSWORDS, 'alice@example.org', 'added é€']);
  });
});

test('NSS reads the profile that the double makes', () => {
  using scratch = scratchHome(caseFolder('thunderbird', 'imap-smtp-aes'));
  const server = { host: 'mail.example.net', port: 993, tls: 'implicit', login: 'bob' } as const;
  const dir = makeThunderbirdProfile(scratch.home, {
    name: 'bench',
    accounts: [{ ...server, protocol: 'imap', address: 'bob@example.net', password: 'p€' }],
  });
  const [first] = loginsOf(fs.readFileSync(path.join(dir, 'logins.json')));
  const answer = askNss('thunderbird', dir, '', [{ do: 'decrypt', value: first?.encryptedPassword ?? '' }]);
  expect(answer.answers).toEqual(['p€']);
});

function login(bytes: Buffer, hostname: string): Login {
  const found = loginsOf(bytes).find((each) => each.hostname === hostname);
  if (!found) throw new Error(`no login of ${hostname}`);
  return found;
}
