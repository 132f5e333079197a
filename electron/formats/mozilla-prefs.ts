import type { Bytes } from '../engine/ports.ts';

export type PrefValue = string | number | boolean;

/** Preferences by name. */
export type Prefs = ReadonlyMap<string, PrefValue>;

const BLANKS = /(?:\s|\/\/[^\n\r]*|#[^\n\r]*|\/\*[^]*?\*\/)+/y;
const TEXT = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/.source;
const PREF = new RegExp(
  String.raw`(?:user_pref|sticky_pref|pref)\s*\(\s*(${TEXT})\s*,\s*(${TEXT}|true|false|[-+]?\d+)\s*(?:,\s*\w+\s*)*\)\s*;`,
  'y',
);
const LINE = /[^\n\r]*[\n\r]*/y;

/**
 * Reads prefs.js or user.js the way Gecko does (modules/libpref/parser): comments are skipped, a line that is no
 * preference is passed over, and of equal names the last one counts.
 */
export function parsePrefs(bytes: Bytes): Prefs {
  const text = bytes.toString('utf8').replace(/^\u{feff}/u, '');
  const prefs = new Map<string, PrefValue>();
  for (let at = 0; at < text.length;) {
    at = endOf(BLANKS, text, at) ?? at;
    PREF.lastIndex = at;
    const [, name, value] = PREF.exec(text) ?? [];
    if (name !== undefined && value !== undefined) prefs.set(unquote(name), valueOf(value));
    at = name === undefined ? (endOf(LINE, text, at) ?? text.length) : PREF.lastIndex;
  }
  return prefs;
}

/** prefs.js with user.js on top, as Thunderbird reads them at start. */
export const mergePrefs = (base: Prefs, user: Prefs): Prefs => new Map([...base, ...user]);

export const textPref = (prefs: Prefs, name: string): string => {
  const value = prefs.get(name);
  return typeof value === 'string' ? value : '';
};

export const numberPref = (prefs: Prefs, name: string): number | undefined => {
  const value = prefs.get(name);
  return typeof value === 'number' ? value : undefined;
};

/** The items of a comma-separated preference. */
export const listPref = (prefs: Prefs, name: string): readonly string[] =>
  textPref(prefs, name)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function valueOf(source: string): PrefValue {
  if (source === 'true' || source === 'false') return source === 'true';
  return /^["']/.test(source) ? unquote(source) : Number(source);
}

/** The escapes that Gecko's parser knows; any other backslash stays as it is. */
const unquote = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replace(/\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|([nr"'\\]))/g, (whole: string, hex2, hex4, single) =>
      unescape(whole, hex2 ?? hex4, single),
    );

function unescape(whole: string, hex: unknown, single: unknown): string {
  if (typeof hex === 'string') return String.fromCharCode(parseInt(hex, 16));
  if (single === 'n') return '\n';
  if (single === 'r') return '\r';
  return typeof single === 'string' ? single : whole;
}
