import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { breaksLine, splice } from './single-line.ts';

/** One option of a `.swaksrc`. Offsets are bytes; texts hold one character per byte. */
export interface SwaksOption {
  /** The long name without dashes. */
  readonly name: string;
  readonly value: string;
  /** From the blank or `=` behind the name to the end of the line. */
  readonly from: number;
  readonly to: number;
}

/** The short names, and how far a long name may be cut (Getopt::Long takes any unique beginning). */
const NAMES: readonly (readonly [name: string, short: string, shortest: string])[] = [
  ['auth-user', 'au', 'auth-u'],
  ['auth-password', 'ap', 'auth-pa'],
  ['auth', 'a', 'auth'],
  ['server', 's', 'serv'],
  ['port', 'p', 'port'],
  ['protocol', 'protocol', 'protoc'],
  ['from', 'f', 'from'],
  ['tls', 'tls', 'tls'],
  ['tls-optional', 'tlso', 'tls-optional'],
  ['tls-optional-strict', 'tlsos', 'tls-optional-'],
  ['tls-on-connect', 'tlsc', 'tls-on'],
];

/**
 * The options in force, by name; of several the last, and none that a `no-` took back (`load_args` and `fetch_args` in
 * swaks). `unsupported` where swaks stops: an empty line, a line that begins with a blank.
 */
export function readSwaksOptions(bytes: Bytes): Result<ReadonlyMap<string, SwaksOption>> {
  const options = new Map<string, SwaksOption>();
  let start = 0;
  const text = bytes.toString('latin1');
  for (const line of text.replace(/\n$/, '').split('\n')) {
    if (/^(?:--)?(?:[ \t\v\f\r]|$)/.test(line) && text !== '') {
      return fail('unsupported', undefined, 'an empty or indented line');
    }
    const option = line.startsWith('#') ? undefined : optionOf(line, start);
    if (option?.name.startsWith('no-')) options.delete(canonical(option.name.slice('no-'.length)));
    else if (option) options.set(canonical(option.name), option);
    start += line.length + 1;
  }
  return ok(options);
}

function optionOf(line: string, start: number): SwaksOption {
  const [, dashes = '', name = '', rest = ''] = /^(-{0,2})([^=\s]*)(.*)$/s.exec(line) ?? [];
  const from = start + dashes.length + name.length;
  return { name, value: rest.slice(1), from, to: start + line.length };
}

const canonical = (name: string): string =>
  NAMES.find(
    ([long, short, shortest]) => name === short || (name.startsWith(shortest) && long.startsWith(name)),
  )?.[0] ?? name;

/** Why swaks does not read what stands there as one value. */
export function brokenSwaksValue(bytes: Bytes, { value, from }: SwaksOption): string | undefined {
  if (value.endsWith('\r')) return 'a carriage return';
  if (/^[-+]./s.test(value)) return 'a value like an option';
  return bytes[from] === 0x3d && /\s/.test(value) ? 'a blank behind =' : undefined;
}

/** `<>` stands for nothing. */
export const swaksText = (option: SwaksOption | undefined): string =>
  option === undefined || option.value === '<>' ? '' : Buffer.from(option.value, 'latin1').toString('utf8');

/**
 * The `--auth-password` of a `.swaksrc`: the raw rest of the line, without quotes or escapes. The slot is
 * `{ login }`. What begins with `-` or `+` is another option to swaks, `<>` is the empty password and `0` none: these it
 * cannot hold. Without such a line one is added behind `--auth-user`.
 */
export const swaksrc: Lens = {
  id: 'swaksrc',

  get(bytes, slot) {
    const options = locate(bytes, slot['login']);
    if (!options.ok) return options;
    const option = options.value.get('auth-password');
    const broken = option && brokenSwaksValue(bytes, option);
    if (broken !== undefined) return fail('unsupported', undefined, broken);
    return ok(
      !option || option.value === '' || option.value === '<>'
        ? undefined
        : Secret.take(Buffer.from(option.value, 'latin1')),
    );
  },

  put(bytes, slot, secret) {
    if (!bytes) return fail('changed');
    const options = locate(bytes, slot['login']);
    if (!options.ok) return options;
    return secret.use((password) => write(bytes, options.value, password));
  },
};

function locate(bytes: Bytes, login: unknown): Result<ReadonlyMap<string, SwaksOption>> {
  const options = readSwaksOptions(bytes);
  if (!options.ok) return options;
  return swaksText(options.value.get('auth-user')) === login ? options : fail('changed');
}

function write(bytes: Bytes, options: ReadonlyMap<string, SwaksOption>, password: Bytes): Result<Bytes> {
  if (!holds(password)) return fail('format-cannot-hold');
  const option = options.get('auth-password');
  const spelled = Buffer.concat([Buffer.from(' '), password]);
  if (!option) return append(bytes, options.get('auth-user'), spelled);
  const broken = brokenSwaksValue(bytes, option);
  if (broken !== undefined) return fail('unsupported', undefined, broken);
  if (Buffer.from(option.value, 'latin1').equals(password)) return ok(bytes);
  // The blank that is there stays, be it a tab; a `=` takes no value with blanks.
  const kept = option.from < option.to && bytes[option.from] !== 0x3d ? 1 : 0;
  return ok(splice(bytes, option.from + kept, option.to, spelled.subarray(kept)));
}

function holds(password: Bytes): boolean {
  if (password.length === 0 || breaksLine(password)) return false;
  const text = password.toString('latin1');
  return !/^[-+]./s.test(text) && !['<>', '0'].includes(text);
}

function append(bytes: Bytes, user: SwaksOption | undefined, spelled: Bytes): Result<Bytes> {
  if (!user || brokenSwaksValue(bytes, user) !== undefined) return fail('changed');
  return ok(splice(bytes, user.to, user.to, Buffer.concat([Buffer.from('\n--auth-password'), spelled])));
}
