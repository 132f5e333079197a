import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cifsCredentials, readCifsCredentials } from '../../electron/formats/cifs-credentials.ts';
import { get, lensLaws, put } from './lens-laws.ts';

/** The rule in words: raw, without a line break, a blank in front, or more than mount.cifs has room for. */
const spell = (password: string): Buffer | undefined =>
  password === '' || /[\n\r\0]|^[ \t]/.test(password) ? undefined : Buffer.from(password);

const templates = fc
  .record({
    head: fc.constantFrom(
      '',
      'username=jane\n',
      '# password=no\n',
      'password=an earlier one\nuser=jane\n',
      '\n  domain=EX\n',
      'passphrase without an equals sign\n',
    ),
    key: fc.constantFrom('password=', 'pass=', '  Password = '.trimEnd(), '\tPASSWD=', 'passkey ='),
    tail: fc.constantFrom('', '\n', '\n\ndomain=EXAMPLE\n', '\n#password=no', '\nvers=3.0\n'),
  })
  .map(({ head, key, tail }) => ({ before: Buffer.from(`${head}${key}`), after: Buffer.from(tail) }));

describe('cifs-credentials', () => {
  lensLaws({ lens: cifsCredentials, slot: {}, templates, spell });
});

const bytes = (text: string): Buffer => Buffer.from(text);

test('who logs in is said by the last line of its kind, however it is spelled', () => {
  const read = readCifsCredentials(bytes('user=x\n USERNAME=jané\nDomain=EX=1\npassword=\n'));
  expect(read).toMatchObject({ ok: true, value: { user: 'jané', domain: 'EX=1' } });
  expect(get(cifsCredentials, bytes('password=\n'), {})).toBeUndefined();
});

test.each(['password=a\r\n', 'password=a\npassword2=b\n', 'pass2=b\npass=a\n', 'password=a\0b\n'])(
  'what two readers take differently is refused: %j',
  (text) => {
    expect(get(cifsCredentials, bytes(text), {})).toBe('unsupported');
    expect(put(cifsCredentials, bytes(text), {}, 'new').ok).toBe(false);
  },
);

test('a password that is longer than mount.cifs has room for is refused', () => {
  const file = bytes('password=old\n');
  expect(put(cifsCredentials, file, {}, 'x'.repeat(512)).ok).toBe(true);
  expect(put(cifsCredentials, file, {}, `${'x'.repeat(511)},`)).toMatchObject({
    problem: { kind: 'format-cannot-hold' },
  });
});
