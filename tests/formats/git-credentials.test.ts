import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gitCredentials, parseGitCredentials } from '../../electron/formats/git-credentials.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { protocol: 'smtp', login: 'anna@example.org', host: 'smtp.example.org:587' };

function spell(password: string): Buffer | undefined {
  if (/[\n\r\0]/.test(password)) return undefined;
  const escaped = encodeURIComponent(password).replace(
    /[!*'()]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );
  return Buffer.from(escaped.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()));
}

const templates = fc
  .record({
    head: fc.constantFrom(
      '',
      '# caf\xe9\n',
      'https://anna%40example.org:0@smtp.example.org%3a587\n',
      '\r\n\n',
    ),
    user: fc.constantFrom('anna%40example.org', 'anna%40Example.org'.toLowerCase(), '%61nna%40example.org'),
    host: fc.constantFrom('smtp.example.org%3a587', 'smtp.example.org%3A587', 'smtp.example.org:587'),
    tail: fc.constantFrom(
      '',
      '\n',
      '/p@th\r\n',
      '\nsmtp://anna%40example.org:second@smtp.example.org%3a587\n',
      '\nhttps://u:\xe9@h',
    ),
  })
  .map(({ head, user, host, tail }) => ({
    before: Buffer.from(`${head}smtp://${user}:`, 'latin1'),
    after: Buffer.from(`@${host}${tail}`, 'latin1'),
  }));

describe('git credentials lens', () => {
  lensLaws({ lens: gitCredentials, slot, templates, spell });

  test('the password is decoded as git decodes it, and the same value keeps its spelling', () => {
    for (const [spelled, meant] of [
      ['p%C3%A9', 'pé'],
      ['a%40b:c%41', 'a%40b:cA'],
      ['p%zz%4', 'p%zz%4'],
      ['p%00x', 'p%00x'],
      ['p+x%2B', 'p+x+'],
    ] as const) {
      const bytes = Buffer.from(`smtp://anna%40example.org:${spelled}@smtp.example.org%3a587\n`);
      expect(get(gitCredentials, bytes, slot)).toBe(meant);
      expect(put(gitCredentials, bytes, slot, meant)).toEqual({ ok: true, value: bytes });
    }
  });

  test('lines that git skips are no credentials', () => {
    const skipped = [
      '',
      '# note',
      'https://h',
      'https://u@h',
      'https://:p@h',
      'https://u:@h',
      'https://u:p/q@h',
      'https://https://u:p@h',
      'https://u:p%0a@h',
      '://u:p@h',
      'u:p@h',
      'https://u:p@',
    ];
    expect(parseGitCredentials(Buffer.from(skipped.join('\n')))).toEqual([]);
  });

  test('a CR belongs to the host', () => {
    expect(
      parseGitCredentials(Buffer.from('https://u:p@h\r\nhttps://u:p@h/\r\n')).map(({ host }) => host),
    ).toEqual(['h\r', 'h']);
  });
});
