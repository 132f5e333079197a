import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cifsCredentials, readCifsCredentials } from '../../electron/formats/cifs-credentials.ts';
import { traced } from '../doubles/strace.ts';
import { get, put } from '../formats/lens-laws.ts';
import { samplePasswords } from '../formats/passwords.ts';

interface Mount {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
}

/** What mount.cifs would give to the kernel for a credentials file; the call itself is held back. */
async function asked(bytes: Buffer): Promise<Mount> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-cifs-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'credentials');
  fs.writeFileSync(file, bytes, { mode: 0o600 });
  const { calls, err } = await traced(
    'mount.cifs',
    ['//127.0.0.1/share', folder, '-o', `ip=127.0.0.1,credentials=${file}`],
    { calls: ['mount'], folder, inject: { call: 'mount', nth: 1, what: 'error=EPERM' } },
  );
  const options = calls[0]?.texts.at(-1)?.toString();
  if (options === undefined) throw new Error(`mount.cifs did not mount: ${err}`);
  const [, user = '', domain = '', password = ''] =
    /,user=([^,]*)(?:,domain=([^,]*))?,pass=((?:[^,]|,,)*)/.exec(options) ?? [];
  return { user, domain, password: password.replaceAll(',,', ',') };
}

const FILES: readonly string[] = [
  'username=jane\npassword=HERE\ndomain=EXAMPLE\n',
  '# a comment\n\tUSER=no\n user=jané\npassword=an earlier one\n  PassWord=HERE\nDOM=EX\nvers=3.0',
  'password=HERE\n#pass=no\npassphrase without an equals sign\nusername=EX/jane\n',
];

test.each(FILES)('mount.cifs reads the same from %j', async (text) => {
  const bytes = Buffer.from(text.replace('HERE', () => 'old, "p\\w #'));
  const read = readCifsCredentials(bytes);
  const { user, domain } = read.ok ? read.value : { user: undefined, domain: undefined };
  expect({ user, domain, password: get(cifsCredentials, bytes, {}) }).toEqual(await asked(bytes));
});

test('mount.cifs reads what was written, whatever stands in the password', async () => {
  const passwords = samplePasswords(25).filter((password) => !/^[ \t]/.test(password));
  expect(passwords.length).toBeGreaterThan(20);
  for (const [at, password] of [...passwords, `${'x,'.repeat(170)}xx`].entries()) {
    const before = Buffer.from((FILES[at % FILES.length] ?? '').replace('HERE', 'old'));
    const written = put(cifsCredentials, before, {}, password);
    expect(written.ok && (await asked(written.value)).password).toBe(password);
  }
});
