import type { Bytes } from '../engine/ports.ts';

/** Where a value stands, as byte offsets. */
export interface PrefsValue {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** One `[label]` block of a preference file. */
export interface PrefsBlock {
  readonly label: string;
  /** By key; of repeated keys the last, which is the one that counts. */
  readonly values: ReadonlyMap<string, PrefsValue>;
  /** Behind the last line that sets something, or behind the label; its line ending not included. */
  readonly end: number;
}

/**
 * The blocks of a preference file of Sylpheed (`prefs_read_config` in libsylph/prefs.c) or of Claws Mail, which grew
 * out of it (src/prefs_gtk.c): `key=value` lines, raw to the end of the line, without quotes or escapes. Of several
 * blocks with one label the first counts. Undefined where a NUL would end the program's line early.
 */
export function prefsBlocks(bytes: Bytes): readonly PrefsBlock[] | undefined {
  if (bytes.includes(0)) return undefined;
  const blocks = new Map<string, Draft>();
  let current: Draft | undefined;
  for (const line of linesOf(bytes)) {
    const label = /^\[(.*)\]$/.exec(line.text)?.[1];
    if (line.text.startsWith('['))
      current = label === undefined ? undefined : { values: new Map(), end: line.end };
    if (label !== undefined && current && !blocks.has(label)) blocks.set(label, current);
    else if (current) take(current, line);
  }
  return [...blocks].map(([label, block]) => ({ label: utf8(label), ...block }));
}

interface Draft {
  readonly values: Map<string, PrefsValue>;
  end: number;
}

function take(block: Draft, { text, start, end }: PrefsValue): void {
  const equals = text.indexOf('=');
  if (equals < 0) return;
  const value = { text: utf8(text.slice(equals + 1)), start: start + equals + 1, end };
  block.values.set(utf8(text.slice(0, equals)), value);
  block.end = end;
}

/** Lines as a latin1 view, without the line feeds and carriage returns that the programs cut off (`strretchomp`). */
function* linesOf(bytes: Bytes): Generator<PrefsValue> {
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(0x0a, start);
    const next = feed < 0 ? bytes.length : feed + 1;
    const text = bytes.toString('latin1', start, next).replace(/\r*\n?$/, '');
    yield { text, start, end: start + text.length };
    start = next;
  }
}

const utf8 = (view: string): string => Buffer.from(view, 'latin1').toString('utf8');

/** The text of a key; empty where it is not set. */
export const textOf = (block: PrefsBlock, key: string): string => block.values.get(key)?.text ?? '';

/** `P_BOOL`: everything but nothing and what starts with `0`. */
export const flagOf = (block: PrefsBlock, key: string): boolean => /^[^0]/.test(textOf(block, key));

/** `P_INT` and its like, read by atoi(3); `fallback` where the key is not set. */
export function numberOf(block: PrefsBlock, key: string, fallback = 0): number {
  const text = block.values.get(key)?.text;
  return text === undefined ? fallback : Number(/^\s*([+-]?\d+)/.exec(text)?.[1] ?? 0);
}
