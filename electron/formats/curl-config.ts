import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes } from '../engine/ports.ts';

/** One option of a curl configuration file with its parameter. Offsets are bytes; texts hold one character per byte. */
export interface CurlOption {
  /** The long name in lower case, for `-u` too. */
  readonly name: string;
  readonly value: string;
  /** Where the parameter stands, quotes included; after the option, when there is none. */
  readonly from: number;
  readonly to: number;
  /** `joined`: written into the short option (`-uNAME`), where quotes mean themselves. */
  readonly spelling: 'bare' | 'quoted' | 'joined' | 'absent';
  /** A quoted parameter that its line does not end: versions differ in what it holds. */
  readonly open: boolean;
}

/** The options of one transfer: up to a `next` that follows a URL. */
export type CurlOperation = readonly CurlOption[];

const SPACE = new Set(' \t\n\v\f\r');
const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', v: '\v' };

/** Short options that matter here, and those that take a parameter and so end a cluster (`curl --help all`). */
const SHORT: Readonly<Record<string, string>> = { u: 'user', U: 'proxy-user', K: 'config', ':': 'next' };
const TAKES_PARAMETER = new Set('AbcCdDeEFhHKmoPQrtTuUwxXyYz');

/**
 * The operations of a curl configuration file (`parseconfig` in src/tool_parsecfg.c; curl(1), `--config`).
 * `unsupported` for a file with NUL bytes: curl drops what follows one in its line.
 */
export function readCurlConfig(bytes: Bytes): Result<readonly CurlOperation[]> {
  if (bytes.includes(0)) return fail('unsupported', undefined, 'a NUL byte');
  const text = bytes.toString('latin1');
  const operations: CurlOption[][] = [[]];
  let start = 0;
  for (const line of text.split('\n')) {
    for (const option of optionsOf(text, start, start + line.length)) {
      const current = operations.at(-1);
      if (option.name !== 'next') current?.push(option);
      else if (current?.some(({ name }) => name === 'url')) operations.push([]);
    }
    start += line.length + 1;
  }
  return ok(operations);
}

function optionsOf(text: string, start: number, end: number): readonly CurlOption[] {
  const from = skip(text, start, end, (character) => SPACE.has(character));
  if (from === end || '#/*'.includes(text[from] ?? '')) return [];
  const dashed = text[from] === '-';
  const separates = (character: string): boolean =>
    SPACE.has(character) || (!dashed && (character === '=' || character === ':'));
  const nameEnd = skip(text, from, end, (character) => !separates(character));
  const parameter = parameterAt(text, skip(text, nameEnd, end, separates), end, nameEnd);
  const name = text.slice(from, nameEnd);
  if (dashed && !name.startsWith('--')) return clusterOf(name, nameEnd, parameter);
  return [{ name: name.replace(/^--/, '').toLowerCase(), ...parameter }];
}

type Parameter = Omit<CurlOption, 'name'>;

function parameterAt(text: string, at: number, end: number, nameEnd: number): Parameter {
  if (at === end) return { value: '', from: nameEnd, to: nameEnd, spelling: 'absent', open: false };
  if (text[at] === '"') return quotedAt(text, at, end);
  const to = skip(text, at, end, (character) => !SPACE.has(character));
  return { value: text.slice(at, to), from: at, to, spelling: 'bare', open: false };
}

/** A backslash takes the next character literally, except for the four that name a control character. */
function quotedAt(text: string, from: number, end: number): Parameter {
  let value = '';
  let at = from + 1;
  for (; at < end && text[at] !== '"'; at += 1) {
    const escapes = text[at] === '\\';
    if (escapes) at += 1;
    const character = at < end ? (text[at] ?? '') : '';
    value += escapes ? (ESCAPES[character] ?? character) : character;
  }
  const open = at >= end;
  return { value, from, to: open ? end : at + 1, spelling: 'quoted', open };
}

/** Letters of one dash (`-su`); the first that takes a parameter has the rest of the word, else the next one. */
function clusterOf(word: string, wordEnd: number, parameter: Parameter): readonly CurlOption[] {
  const options: CurlOption[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const letter = word[at] ?? '';
    const name = SHORT[letter] ?? `-${letter}`;
    const rest = word.slice(at + 1);
    if (!TAKES_PARAMETER.has(letter)) options.push({ name, ...NO_PARAMETER });
    else if (rest === '') return [...options, { name, ...parameter }];
    else {
      const from = wordEnd - rest.length;
      return [...options, { name, value: rest, from, to: wordEnd, spelling: 'joined', open: false }];
    }
  }
  return options;
}

const NO_PARAMETER: Parameter = { value: '', from: 0, to: 0, spelling: 'absent', open: false };

function skip(text: string, start: number, end: number, over: (character: string) => boolean): number {
  let at = start;
  while (at < end && over(text[at] ?? '')) at += 1;
  return at;
}
