import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { readCurlConfig, type CurlOperation, type CurlOption } from './curl-config.ts';
import { curlUrl } from './curl-url.ts';
import { percentDecode, percentEncode } from './percent.ts';
import { breaksLine, splice } from './single-line.ts';

/** A login of one operation, and the option that carries it. */
export interface CurlLogin {
  readonly slot: Slot;
  readonly login: string;
  readonly option: CurlOption;
  /** As curl reads it, one character per byte; undefined where the option ends with the login. */
  readonly password?: string;
  /** Why it can neither be read nor replaced safely. */
  readonly broken?: string;
}

/**
 * The logins of an operation: the last `user`, which holds for all its URLs, else those inside the URLs. The slot is
 * `{ operation, login }`, with `url` (counted from 1) for a login inside a URL.
 */
export function curlLogins(operation: CurlOperation, nth: number): readonly CurlLogin[] {
  const user = operation.findLast(({ name, spelling }) => name === 'user' && spelling !== 'absent');
  if (user) return loginOf(user, nth);
  return operation
    .filter(({ name }) => name === 'url')
    .flatMap((option, at) => urlLoginOf(option, { operation: nth, url: at + 1 }));
}

function loginOf(option: CurlOption, operation: number): readonly CurlLogin[] {
  const [name = '', ...rest] = option.value.split(':');
  const login = utf8(name);
  if (login === '') return [];
  return [
    {
      slot: { operation, login },
      login,
      option,
      ...(rest.length === 0 ? {} : { password: rest.join(':') }),
      ...(option.open ? { broken: 'an open quote' } : {}),
    },
  ];
}

function urlLoginOf(option: CurlOption, slot: Slot): readonly CurlLogin[] {
  const { user, password, broken } = curlUrl(option.value);
  if (user === undefined || user === '') return [];
  const login = percentDecode(user).toString('utf8');
  return [
    {
      slot: { ...slot, login },
      login,
      option,
      ...(password === undefined ? {} : { password: percentDecode(password).toString('latin1') }),
      ...(broken || option.open ? { broken: 'the URL' } : {}),
    },
  ];
}

/**
 * The password of one operation in a curl configuration file: behind the colon of `user`, written in double quotes
 * with `\` and `"` escaped; or inside a URL, percent-encoded. `unsupported` for an open quote and for a URL whose
 * parts readers take differently. A URL holds no control characters, not even encoded: curl refuses it.
 */
export const curlrc: Lens = {
  id: 'curlrc',

  get(bytes, slot) {
    const found = locate(bytes, slot);
    if (!found.ok) return found;
    const { password = '' } = found.value;
    return ok(password === '' ? undefined : Secret.take(Buffer.from(password, 'latin1')));
  },

  put(bytes, slot, secret) {
    if (!bytes) return fail('changed');
    const found = locate(bytes, slot);
    if (!found.ok) return found;
    return secret.use((password) => write(bytes, found.value, password));
  },
};

function locate(bytes: Bytes, slot: Slot): Result<CurlLogin> {
  const operations = readCurlConfig(bytes);
  if (!operations.ok) return operations;
  const wanted = operations.value
    .flatMap((operation, at) => curlLogins(operation, at + 1))
    .find((login) => ['operation', 'login', 'url'].every((key) => login.slot[key] === slot[key]));
  if (!wanted) return fail('changed');
  return wanted.broken === undefined ? ok(wanted) : fail('unsupported', undefined, wanted.broken);
}

function write(bytes: Bytes, { option, slot, password: old }: CurlLogin, password: Bytes): Result<Bytes> {
  if (password.length === 0 || breaksLine(password)) return fail('format-cannot-hold');
  if (old !== undefined && Buffer.from(old, 'latin1').equals(password)) return ok(bytes);
  return slot['url'] === undefined
    ? ok(writeUser(bytes, option, password))
    : writeUrl(bytes, option, password);
}

/** A login that stands in quotes keeps its spelling; any other is put into quotes with its password. */
function writeUser(bytes: Bytes, { value, from, to, spelling }: CurlOption, password: Bytes): Bytes {
  const name = Buffer.from(value.split(':')[0] ?? '', 'latin1');
  const before = spelling === 'quoted' ? beforeColon(bytes.subarray(from + 1, to - 1)) : escape(name);
  const parts = [Buffer.from('"'), before, Buffer.from(':'), escape(password), Buffer.from('"')];
  return splice(bytes, from, to, Buffer.concat([Buffer.from(spelling === 'joined' ? ' ' : ''), ...parts]));
}

function beforeColon(spelled: Bytes): Bytes {
  const colon = spelled.indexOf(':');
  return colon < 0 ? spelled : spelled.subarray(0, colon);
}

function writeUrl(bytes: Bytes, { value, from, to }: CurlOption, password: Bytes): Result<Bytes> {
  const { passwordFrom, passwordTo } = curlUrl(value);
  const at = bytes.subarray(from, to).indexOf(Buffer.from(value, 'latin1'));
  if (passwordFrom === undefined || passwordTo === undefined || at < 0) return fail('unsupported');
  if (password.some((byte) => byte < 0x20)) return fail('format-cannot-hold');
  const start = from + at;
  return ok(splice(bytes, start + passwordFrom, start + passwordTo, percentEncode(password)));
}

const escape = (text: Bytes): Bytes =>
  Buffer.from([...text].flatMap((byte) => (byte === 0x5c || byte === 0x22 ? [0x5c, byte] : [byte])));

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
