import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sylpheedAccountrc } from '../../electron/formats/sylpheed-accountrc.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { account: 'Account: 1', key: 'password' };

/** The rule in words: as it is, to the end of the line. */
const spell = (password: string): Buffer | undefined =>
  password === '' || /[\n\r\0]/.test(password) ? undefined : Buffer.from(password);

const templates = fc
  .record({
    eol: fc.constantFrom('\n', '\r\n'),
    head: fc.constantFrom(
      '',
      '\xef\xbb\xbf[Account: 1]EOLpassword=behind a BOMEOL',
      'password=of no accountEOL',
      '[Account: 11]EOLpassword=elevenEOLEOL',
      '[Common]EOLname=caf\xe9EOL',
    ),
    before: fc.constantFrom(
      '',
      'name=J\xe4neEOL',
      '#password=noEOL',
      'password=firstEOL',
      'smtp_password=noEOLEOL',
    ),
    after: fc.constantFrom(
      '',
      'EOL',
      'EOLsmtp_password=x',
      'EOLEOL[Account: 1]EOLpassword=againEOL',
      'EOL[odd',
    ),
  })
  .map(({ eol, head, before, after }) => {
    const bytes = (text: string): Buffer => Buffer.from(text.replaceAll('EOL', eol), 'latin1');
    return { before: bytes(`${head}[Account: 1]EOL${before}password=`), after: bytes(after) };
  });

const added = (file: string, key = 'password'): string | undefined => {
  const written = put(sylpheedAccountrc, Buffer.from(file), { ...slot, key }, 'n=w ');
  return written.ok ? written.value.toString() : written.problem.kind;
};

describe('sylpheed-accountrc lens', () => {
  lensLaws({ lens: sylpheedAccountrc, slot, templates, spell });

  test('an empty value is none and is filled', () => {
    expect(get(sylpheedAccountrc, Buffer.from('[Account: 1]\npassword=\n'), slot)).toBeUndefined();
    expect(added('[Account: 1]\npassword=\nx=1')).toBe('[Account: 1]\npassword=n=w \nx=1');
  });

  test('a key that is not there is added behind the last line of the account', () => {
    expect(added('[Account: 1]')).toBe('[Account: 1]\npassword=n=w ');
    expect(added('[Account: 1]\r\na=1\r\n\r\n[Account: 2]\r\n', 'smtp_password')).toBe(
      '[Account: 1]\r\na=1\r\nsmtp_password=n=w \r\n\r\n[Account: 2]\r\n',
    );
    expect(added('[Account: 2]\n')).toBe('changed');
    expect(added('[Account: 1]\n', 'proxy_pass')).toBe('unsupported');
  });

  test('a line that Sylpheed would read as two is refused', () => {
    const long = 'x'.repeat(8192 - 3 - 'password='.length);
    const file = Buffer.from('[Account: 1]\npassword=old\n');
    expect(put(sylpheedAccountrc, file, slot, long).ok).toBe(true);
    expect(put(sylpheedAccountrc, file, slot, `${long}x`)).toMatchObject({
      problem: { kind: 'format-cannot-hold' },
    });
  });
});
