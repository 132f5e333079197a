import { isUtf8 } from 'node:buffer';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { groupName, unescaped } from './kconfig.ts';

/**
 * `password` in one group of `mailtransports`: what KDE's mail programs keep where they found no wallet, disguised by
 * `KStringHandler::obscure` (kcoreaddons, src/lib/text/kstringhandler.cpp). Slot: the group's name.
 */
export const kdeObscured: Lens = {
  id: 'kde-obscured',

  get(bytes, slot) {
    const span = locate(bytes, slot['group']);
    if (!span.ok) return span;
    const spelled = bytes.subarray(span.value.start, span.value.end).toString('utf8');
    const text = obscured(unescaped(spelled));
    if (!text.isWellFormed()) return fail('unsupported');
    return ok(text === '' ? undefined : Secret.fromText(text));
  },

  put(bytes, slot, secret) {
    const span = bytes ? locate(bytes, slot['group']) : fail('changed');
    if (!bytes || !span.ok) return span.ok ? fail('changed') : span;
    const spelled = secret.useText(spell);
    if (spelled === undefined) return fail('format-cannot-hold');
    const { start, end } = span.value;
    const written = Buffer.concat([bytes.subarray(0, start), Buffer.from(spelled), bytes.subarray(end)]);
    return ok(written.equals(bytes) ? bytes : written);
  },
};

interface Span {
  readonly start: number;
  readonly end: number;
}

const KEY = /^[ \t\v\f\r]*password[ \t]*((?:\[[^\]]*\])*)[ \t]*=[ \t\v\f\r]*/;

/** The bytes of the only value; `changed` where it is gone, `unsupported` where KDE's own rules must choose one. */
function locate(bytes: Bytes, group: unknown): Result<Span> {
  if (!isUtf8(bytes)) return fail('unsupported');
  const spans: Span[] = [];
  let inGroup = false;
  let start = 0;
  for (const line of bytes.toString('latin1').split('\n')) {
    const header = line.trimStart().startsWith('[') ? groupName(line.trimStart()) : undefined;
    const [all = '', options = ''] = KEY.exec(line) ?? [];
    if (header !== undefined) inGroup = header === group;
    else if (inGroup && options !== '') return fail('unsupported');
    else if (inGroup && all !== '')
      spans.push({
        start: start + all.length,
        end: start + Math.max(all.length, line.search(/[ \t\v\f\r]*$/)),
      });
    start += line.length + 1;
  }
  const [span, ...more] = spans;
  if (!span) return fail('changed');
  return more.length > 0 ? fail('unsupported') : ok(span);
}

/** Every UTF-16 unit above `!` is mirrored; its own inverse but at the end of the range. */
const obscured = (text: string): string =>
  text.replaceAll(/[^]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return code <= 0x21 ? unit : String.fromCharCode((0x1001f - code) & 0xffff);
  });

/** As `KConfigIniBackend::stringToPrintable` writes the disguise; undefined for what comes back as something else. */
function spell(text: string): string | undefined {
  const disguise = obscured(text);
  // What lands among the surrogates cannot be written as UTF-8 (the euro sign is such a character).
  if (text.includes('\0') || !disguise.isWellFormed() || obscured(disguise) !== text) return undefined;
  // oxlint-disable-next-line no-control-regex
  const escaped = disguise.replaceAll(/[\\\x01-\x1f]/g, (letter) => ESCAPES[letter] ?? hex(letter));
  return escaped.replace(/^ /, () => '\\s').replace(/ $/, () => '\\s');
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const hex = (letter: string): string => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;
