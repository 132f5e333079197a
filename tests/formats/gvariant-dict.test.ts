import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gvariantDict } from '../../electron/formats/gvariant-dict.ts';
import { get, lensLaws, put } from './lens-laws.ts';
import { nastyPassword } from './passwords.ts';

/** A string as GLib prints it; line breaks are no trouble, a NUL is. */
export function printed(text: string): string {
  const quote = text.includes("'") ? '"' : "'";
  const body = [...text].map((each) =>
    each === quote || each === '\\' ? `\\${each}` : (SHORT[each] ?? each),
  );
  return quote + body.join('') + quote;
}

const SHORT: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\f': '\\f',
  '\b': '\\b',
};

const neighbour = fc.oneof(
  nastyPassword.map((text) => `<${printed(text)}>`),
  fc.constantFrom(
    '<int64 12>',
    '<true>',
    '<[\'}\', ">"]>',
    '<@a{sv} {}>',
    "<{'imap-password': <'not mine'>}>",
    '<(1, 2.5)>',
  ),
);

const templates = fc
  .tuple(
    fc.constantFrom('{', '@a{sv} {', ' { '),
    fc.array(neighbour, { maxLength: 2 }),
    fc.array(neighbour, { maxLength: 2 }),
  )
  .map(([open, first, last]) => ({
    before: Buffer.from(
      `${open}${first.map((value, index) => `'a${index}': ${value}, `).join('')}'imap-password': <`,
    ),
    after: Buffer.from(`>${last.map((value, index) => `, 'z${index}': ${value}`).join('')}}`),
  }));

lensLaws({
  lens: gvariantDict,
  slot: { key: 'imap-password' },
  templates,
  spell: (password) => (password.includes('\0') ? undefined : Buffer.from(printed(password))),
});

const slot = { key: 'password' };

describe('the dictionary of credentials', () => {
  test.each([
    ["{'password': <'old'>}", 'old'],
    ['{"password": <"it\'s">}', "it's"],
    [String.raw`{'password': <'a\'b\\c\u200b\U0001f600\n\x'>}`, "a'b\\c\u200b\u{1f600}\nx"],
    ["{ 'password' :\n< 'old' > }", 'old'],
    ["{'password': <@s 'old'>}", 'old'],
    ["{'password': <string 'old'>}", 'old'],
    ["{'password': <''>}", undefined],
    ["{'other': <'old'>}", undefined],
    ['{}', undefined],
    ['@a{sv} {}', undefined],
    ["{'password': <12>}", 'unsupported'],
    ["{'password': <b'old'>}", 'unsupported'],
    ["{'password': <'old'>", 'unsupported'],
    ["{'password': <'old'>} x", 'unsupported'],
    ["{'password': <'old>}", 'unsupported'],
    ["{'password': <['old'>}", 'unsupported'],
    ["{'password' <'old'>}", 'unsupported'],
    ["{'a': <'1'> 'password': <'old'>}", 'unsupported'],
    [String.raw`{'password': <'\u12'>}`, 'unsupported'],
    [String.raw`{'password': <'\ud800'>}`, 'unsupported'],
    ['{"access_token": "json"}', 'unsupported'],
    ['old', 'unsupported'],
    ['', 'unsupported'],
  ])('%s holds %s', (text, value) => {
    expect(get(gvariantDict, Buffer.from(text), slot)).toBe(value);
  });

  test.each([
    ["{'other': <'old'>}", 'changed'],
    ["{'password': <'1'>, 'password': <'2'>}", 'changed'],
    ["{'password': <12>}", 'unsupported'],
    ['{"access_token": "json"}', 'unsupported'],
  ])('%s is left alone: %s', (text, kind) => {
    expect(put(gvariantDict, Buffer.from(text), slot, 'new')).toMatchObject({ problem: { kind } });
  });

  test('what is gone is not made', () => {
    expect(put(gvariantDict, undefined, slot, 'new')).toMatchObject({ problem: { kind: 'changed' } });
  });

  test('another spelling of the same value stays', () => {
    const bytes = Buffer.from('{"password": <"\\u006fld">}');
    expect(put(gvariantDict, bytes, slot, 'old')).toEqual({ ok: true, value: bytes });
  });
});
