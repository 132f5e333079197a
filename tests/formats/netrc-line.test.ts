import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { netrcLine } from '../../electron/formats/netrc-line.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { machine: 'imap.example.org', login: 'jane' };

/** The rule in words: bare, or not at all. */
const spell = (password: string): Buffer | undefined =>
  // oxlint-disable-next-line no-control-regex
  password === '' || password.startsWith('gpg:') || /[\x00-\x20\x7f"'\\#]/.test(password)
    ? undefined
    : Buffer.from(password);

const templates = fc
  .record({
    head: fc.constantFrom(
      '',
      'machine imap.example.org login john password no\n',
      '# caf\xe9\n\nmachine smtp.example.org\n',
    ),
    port: fc.constantFrom('', ' port 993', '\tport\timaps'),
    tail: fc.constantFrom(
      '',
      ' \t',
      '\n',
      ' \nmachine imap.example.org port 25 login jane password no\n',
      '\ndefault login x password y',
    ),
  })
  .map(({ head, port, tail }) => ({
    before: Buffer.from(`${head}machine imap.example.org login jane${port} password `, 'latin1'),
    after: Buffer.from(tail, 'latin1'),
  }));

describe('netrc-line lens', () => {
  lensLaws({ lens: netrcLine, slot, templates, spell });

  const read = (file: string, login = 'jane'): string | undefined =>
    get(netrcLine, Buffer.from(file), { ...slot, login });

  test.each([
    ['another user whose name begins alike', 'machine imap.example.org login janet password old'],
    [
      'several lines',
      'machine imap.example.org login jane password a\nmachine imap.example.org login jane2 password b',
    ],
    ['something else at the end', 'machine imap.example.org login jane password old port 993'],
    ['quotes, which awk prints', 'machine imap.example.org login jane password "old"'],
    ['a value that Emacs sealed', 'machine imap.example.org login jane password gpg:QUJD'],
    ['a carriage return, which awk prints', 'machine imap.example.org login jane password old\r\n'],
    ['a dot that stands for something else', 'machine imap-example.org login jane password old'],
  ])('%s is unsupported', (_name, file) => {
    expect(read(file)).toBe('unsupported');
    expect(put(netrcLine, Buffer.from(file), slot, 'new')).toMatchObject({
      problem: { kind: 'unsupported' },
    });
  });

  test('a command that names the machine only finds the one line of that machine', () => {
    expect(read('machine imap.example.org login jane password old\n', '')).toBe('old');
    expect(
      read('machine imap.example.org login a password b\nmachine imap.example.org login c password d\n', ''),
    ).toBe('unsupported');
  });
});
