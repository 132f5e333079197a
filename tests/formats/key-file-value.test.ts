import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyFileValue } from '../../electron/formats/key-file-value.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { group: '802-1x', key: 'password' };

/** The rule in words: what breaks a line, backslashes and blanks in front behind a backslash, no form feed. */
function spell(password: string): Buffer | undefined {
  if (password === '' || /\0|^\f/.test(password)) return undefined;
  const escaped = password.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  const blanks = /^[ \t]*/.exec(escaped)?.[0] ?? '';
  const front = [...blanks].map((blank) => (blank === ' ' ? '\\s' : '\\t')).join('');
  return Buffer.from(front + escaped.slice(blanks.length));
}

const templates = fc
  .record({
    eol: fc.constantFrom('\n', '\r\n'),
    head: fc.constantFrom(
      '[802-1x]EOL',
      '# password=noEOL[802-1x]EOLidentity=janéEOL',
      '[802-1x]EOLpassword=an earlier oneEOL',
      '[vpn-secrets]EOLpassword=noEOL[802-1x]EOL',
      '[802-1x]EOLeap=peap;EOL[ipv4]EOL[802-1x]EOL',
    ),
    key: fc.constantFrom('password=', 'password = ', '  password\t='),
    tail: fc.constantFrom('', 'EOL', 'EOL[ipv4]EOLpassword=noEOL', 'EOLpassword-raw=1;EOL#EOL'),
  })
  .map(({ eol, head, key, tail }) => {
    const text = (each: string): Buffer => Buffer.from(each.replaceAll('EOL', eol));
    return { before: text(head + key), after: text(tail) };
  });

describe('key-file', () => {
  lensLaws({ lens: keyFileValue, slot, templates, spell });
});

test('a value that GLib refuses, and a file that it does not load, are left alone', () => {
  for (const text of [
    '[802-1x]\npassword=a\\q\n',
    '[802-1x]\npassword=a\\',
    'password=a\n',
    '[802-1x]\nx\n',
  ]) {
    expect(get(keyFileValue, Buffer.from(text), slot)).toBe('unsupported');
    expect(put(keyFileValue, Buffer.from(text), slot, 'new').ok).toBe(false);
  }
});
