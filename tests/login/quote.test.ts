import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../electron/engine/secret.ts';
import { quoteWithout } from '../../electron/login/quote.ts';

const LOGIN = 'alice@example.org';
const quote = (password: string, line: string): string | undefined =>
  quoteWithout(Secret.fromText(password), LOGIN)(line);

describe('a quoted line', () => {
  test('has no control characters', () => {
    expect(quote('secret', '\u001b[31mred\u0007\r\nnext\u202eline\t!')).toBe('[31mred next line !');
  });

  test('ends after 300 characters and never inside one', () => {
    expect(quote('secret', '😀'.repeat(400))).toBe('😀'.repeat(300));
  });

  test('is nothing where nothing is left', () => {
    expect(quote('secret', ' \r\n\u0000')).toBeUndefined();
  });
});

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

describe('a line that repeats the password is dropped', () => {
  test.each<[string, (password: string) => string]>([
    ['as it is', (password) => password],
    ['in other case', (password) => password.toUpperCase()],
    ['wrapped', (password) => [...password].join('\r\n ')],
    ['quoted for IMAP', (password) => password.replace(/["\\]/g, '\\$&')],
    ['octet by octet', (password) => bytes(password).toString('latin1')],
    ['in base64', (password) => bytes(password).toString('base64')],
    ['in base64 for addresses', (password) => bytes(password).toString('base64url')],
    ['as SASL PLAIN', (password) => bytes(`\0${LOGIN}\0${password}`).toString('base64')],
    ['inside longer base64', (password) => bytes(`you sent ${password} to us`).toString('base64')],
    [
      'inside longer base64, one further',
      (password) => bytes(`you  sent ${password} to us`).toString('base64'),
    ],
    [
      'inside longer base64, two further',
      (password) => bytes(`you   sent ${password} to us`).toString('base64'),
    ],
    ['in hex', (password) => bytes(password).toString('hex')],
    ['as an address', (password) => encodeURIComponent(password)],
  ])('%s', (_, echo) => {
    const password = 'nEw: "pass" \\ wörd €';
    expect(quote(password, `NO you said ${echo(password)}, is that so?`)).toBeUndefined();
  });

  test('even before the cut would hide its end', () => {
    expect(quote('secret-password', `${'x'.repeat(295)}secret-password`)).toBeUndefined();
  });

  test('whatever the password and the line are', () => {
    const around = fc.string({ unit: 'binary', maxLength: 40 });
    const password = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(password, around, around, (secret, before, after) => {
        for (const echo of [
          secret,
          bytes(secret).toString('base64'),
          bytes(`\0${LOGIN}\0${secret}`).toString('base64'),
        ]) {
          const quoted = quote(secret, `${before}${echo}${after}`);
          // A password of blanks alone is in every sentence; nothing is given away by a blank.
          if (quoted !== undefined && echo.trim() !== '') expect(quoted).not.toContain(echo);
        }
      }),
      { numRuns: Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000) },
    );
  });
});
