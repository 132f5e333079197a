import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aercAccounts } from '../../electron/formats/aerc-accounts.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { account: 'Work', key: 'source' };

/** The rule in words: every byte but letters, digits and four marks as a percent sign and two digits. */
function spell(password: string): Buffer | undefined {
  if (password === '' || /[\n\r\0]/.test(password)) return undefined;
  const spelled = [...Buffer.from(password)].map((byte) => {
    const c = String.fromCharCode(byte);
    return /[A-Za-z0-9._~-]/.test(c) ? c : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return Buffer.from(spelled.join(''));
}

const templates = fc
  .record({
    bom: fc.constantFrom('', '\xef\xbb\xbf'),
    eol: fc.constantFrom('\n', '\r\n'),
    head: fc.constantFrom(
      '',
      '# caf\xe9 source = imaps://jane:no@hEOL',
      '[Other]EOLsource = imaps://jane:no@hEOL',
      '[Work]EOLsource = imaps://jane:no@hEOL',
    ),
    header: fc.constantFrom('[Work]', '  [Work] # comment'),
    before: fc.constantFrom('', 'from = "\xe9"EOL', '; source = imaps://jane:no@hEOL'),
    key: fc.constantFrom('source = ', 'source=', '\tsource : '),
    quote: fc.constantFrom('', '"', "'", '`'),
    user: fc.constantFrom('imaps://jane:', 'imap+insecure://jane%40x:'),
    host: fc.constantFrom('@h', '@[::1]:993/x'),
    tail: fc.constantFrom('', 'EOL', '  # commentEOL', 'EOLoutgoing = smtps://jane:no@hEOL'),
  })
  .map(({ bom, eol, head, header, before, key, quote, user, host, tail }) => {
    const bytes = (text: string): Buffer => Buffer.from(text.replaceAll('EOL', eol), 'latin1');
    return {
      before: bytes(`${bom}${head}${header}EOL${before}${key}${quote}${user}`),
      after: bytes(`${host}${quote}${tail}`),
    };
  });

const read = (value: string): string | undefined =>
  get(aercAccounts, Buffer.from(`[Work]\nsource = ${value}\n`), slot);

const written = (value: string): string => {
  const result = put(aercAccounts, Buffer.from(`[Work]\nsource = ${value}\n`), slot, 'n w');
  return result.ok ? result.value.toString().replace('[Work]\nsource = ', '') : result.problem.kind;
};

describe('aerc-accounts lens', () => {
  lensLaws({ lens: aercAccounts, slot, templates, spell });

  test.each([
    ['imaps://jane:o%6cd@h', 'old'],
    ['imaps://jane:a:b@c@h/x@y', 'a:b@c'],
    ['imaps://jane:@h', undefined],
    ['imaps://jane@h', undefined],
    ['imaps://jane:a#b@h', 'unsupported'],
    ['imaps://jane:a%zz@h', 'unsupported'],
    ['imaps://jane:a<b@h', 'unsupported'],
    ['imaps://jane:%(x)s@h', 'unsupported'],
    ['imaps://jane:old@h\\', 'unsupported'],
    ['/usr/bin/program', 'unsupported'],
  ])('reads %s as %j', (value, expected) => {
    expect(read(value)).toBe(expected);
  });

  test('adds a password behind the user, and no user', () => {
    expect(written('imaps://jane@h')).toBe('imaps://jane:n%20w@h\n');
    expect(written('"imaps://jane:@h" # x')).toBe('"imaps://jane:n%20w@h" # x\n');
    expect(written('imaps://h')).toBe('changed');
    expect(written('imaps://:old@h')).toBe('changed');
  });
});
