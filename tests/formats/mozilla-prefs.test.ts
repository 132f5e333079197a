import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { listPref, mergePrefs, parsePrefs, textPref } from '../../electron/formats/mozilla-prefs.ts';

const parse = (text: string) => Object.fromEntries(parsePrefs(Buffer.from(text)));

test('text, numbers and switches', () => {
  const text = 'user_pref("a.b", "x");\r\nuser_pref("n", -12);\nuser_pref("t", true);user_pref("f", false);';
  expect(parse(text)).toEqual({ 'a.b': 'x', n: -12, t: true, f: false });
});

test('escapes of JavaScript strings', () => {
  const text = String.raw`user_pref("\x61\u00e9", "CORP\\alice \"q\" \'s\' \n\r \ud83d\ude42 \t");`;
  expect(parse(text)).toEqual({ aé: 'CORP\\alice "q" \'s\' \n\r 🙂 \\t' });
});

test('comments, single quotes, blanks, attributes and the former spellings', () => {
  const text = `# one
// user_pref("no", 1);
/* user_pref("no", 2); */
  user_pref ( 'single' , 'it"s' ) ;
sticky_pref("sticky", 1, sticky, locked);
pref("plain", "a // b");`;
  expect(parse(text)).toEqual({ single: 'it"s', sticky: 1, plain: 'a // b' });
});

test('a broken line does not hide the others, and the last of equal names counts', () => {
  const text =
    'user_pref("a", 1);\nuser_pref("broken, 2);\nnonsense\nuser_pref("a", 3);\nuser_pref("cut", "of';
  expect(parse(text)).toEqual({ a: 3 });
});

test('user.js lies on top, UTF-8 and a BOM are understood', () => {
  const base = parsePrefs(Buffer.from('\u{feff}user_pref("a", "ä");user_pref("b", "x,, y ");'));
  const merged = mergePrefs(base, parsePrefs(Buffer.from('user_pref("a", "€");')));
  expect(textPref(merged, 'a')).toBe('€');
  expect(listPref(merged, 'b')).toEqual(['x', 'y']);
  expect(textPref(merged, 'none')).toBe('');
});

test('any text is survived, and what JSON writes as a string is read back', () => {
  const runs = { numRuns: Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000) };
  // JSON has escapes (\b \f \t) that Gecko's parser does not know
  const text = fc.string({ unit: 'binary' }).filter((each) => !/[\b\f\t]/.test(each) && each.isWellFormed());
  fc.assert(
    fc.property(text, fc.string(), (value, noise) => {
      parsePrefs(Buffer.from(noise));
      expect(parse(`user_pref("x", ${JSON.stringify(value)});`)).toEqual({ x: value });
    }),
    runs,
  );
});
