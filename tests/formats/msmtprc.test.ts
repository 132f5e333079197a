import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Slot } from '../../shared/model.ts';
import { msmtprc } from '../../electron/formats/msmtprc.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { account: 'work' };

/** The rule in words: in double quotes, as it is. */
const spell = (password: string): Buffer | undefined =>
  password === '' || /[\n\r\0]/.test(password) ? undefined : Buffer.from(`"${password}"`);

const templates = fc
  .record({
    bom: fc.constantFrom('', '\xef\xbb\xbf'),
    eol: fc.constantFrom('\n', '\r\n'),
    indent: fc.constantFrom('', '  ', '\t'),
    head: fc.constantFrom(
      '',
      '# caf\xe9 password "no"EOL',
      'defaultsEOLpassword "far"EOLtls onEOL',
      'account otherEOLpassword work\xe9EOL',
      'host in-the-implicit-accountEOLpassword earlyEOL',
    ),
    twice: fc.constantFrom('', 'password firstEOL', '#password "no"EOL'),
    tail: fc.constantFrom(
      '',
      ' \t',
      'EOL',
      'EOL  # password "no"EOLfrom jane@example.orgEOL',
      'EOLaccount heir : workEOLpassword "own"',
      'EOLdefaultsEOLpassword "later"EOLaccount x : heir,workEOL'.replace('heir,', ''),
    ),
  })
  .map(({ bom, eol, indent, head, twice, tail }) => {
    const bytes = (text: string): Buffer => Buffer.from(text.replaceAll('EOL', eol), 'latin1');
    return {
      before: bytes(`${bom}${head}account workEOL${twice}${indent}password${indent || ' '}`),
      after: bytes(tail),
    };
  });

const ACCOUNT = 'account work\nhost smtp.example.org\nuser jane\n';

const added = (file: string, where: Slot = slot): string | undefined => {
  const written = put(msmtprc, Buffer.from(file), where, 'n"w');
  return written.ok ? written.value.toString() : written.problem.kind;
};

describe('msmtprc lens', () => {
  lensLaws({ lens: msmtprc, slot, templates, spell });

  const read = (argument: string): string | undefined =>
    get(msmtprc, Buffer.from(`account work\npassword${argument}\n`), slot);

  test.each([
    [' bare', 'bare'],
    ['\t two words \t', 'two words'],
    [' " two words "', ' two words '],
    [' "a"b"', 'a"b'],
    [' a"b"', 'a"b"'],
    [' "a\\"', 'a\\'],
    [' "', '"'],
    [' #hash', '#hash'],
    [' ""', undefined],
    ['', undefined],
    ['eval pass', undefined],
  ])('reads %j as %j', (argument, expected) => expect(read(argument)).toBe(expected));

  test('reads the last of several lines, also when it is empty', () => {
    expect(get(msmtprc, Buffer.from(`${ACCOUNT}password a\npassword b\n`), slot)).toBe('b');
    expect(get(msmtprc, Buffer.from(`${ACCOUNT}password a\npassword\n`), slot)).toBeUndefined();
  });

  test('adds a line after the last command of the block, like that command', () => {
    expect(added(ACCOUNT)).toBe(`${ACCOUNT}password "n"w"\n`);
    expect(added('account work')).toBe('account work\npassword "n"w"');
    expect(added('account work\r\n\t user jane\r\n\r\n# end\r\naccount x\r\n')).toBe(
      'account work\r\n\t user jane\r\n\t password "n"w"\r\n\r\n# end\r\naccount x\r\n',
    );
    expect(added('account work\r\nuser jane')).toBe('account work\r\nuser jane\r\npassword "n"w"');
  });

  test('fills a line without argument', () => {
    expect(added(`${ACCOUNT}  password  \nfrom x\n`)).toBe(`${ACCOUNT}  password "n"w"  \nfrom x\n`);
    expect(added(`${ACCOUNT}password ""\n`)).toBe(`${ACCOUNT}password "n"w"\n`);
  });

  test('tells several defaults and an account of that name apart', () => {
    const slots: readonly Slot[] = [{ defaults: 1 }, { account: 'defaults' }, { defaults: 2 }];
    const file = 'defaults\npassword a\naccount defaults\npassword b\ndefaults\npassword c\n';
    expect(slots.map((where) => get(msmtprc, Buffer.from(file), where))).toEqual(['a', 'b', 'c']);
    expect(added(file, { defaults: 2 })).toBe(file.replace('password c', 'password "n"w"'));
    expect(added(file, { defaults: 3 })).toBe('changed');
  });

  test.each(['account work\n', 'account work : nobody\n', 'account\n', 'account a,b\n', 'defaults x\n'])(
    'refuses a file that msmtp refuses because of %j',
    (lines) => {
      expect(added(ACCOUNT + lines)).toBe('unsupported');
      expect(get(msmtprc, Buffer.from(ACCOUNT + lines), slot)).toBe('unsupported');
    },
  );

  test('is not slow on long lines of blanks', () => {
    const blanks = ' '.repeat(1_000_000);
    const file = `${blanks}\naccount${blanks}work\nuser${blanks}jane${blanks}x\nauth on\n`;
    expect(added(file)).toBe(`${file}password "n"w"\n`);
  });
});
