import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { type GoIniKey, readGoIni } from './go-ini.ts';
import { percentDecode, percentEncode } from './percent.ts';
import { breaksLine, splice } from './single-line.ts';

/** The URL of a server in `accounts.conf`; one character per byte, offsets are bytes of the file. */
export interface AercUrl {
  readonly scheme: string;
  /** Decoded. */
  readonly user: string;
  readonly host: string;
  readonly port: number | undefined;
  /** Where the password stands; undefined without a colon behind the user. */
  readonly password: { readonly from: number; readonly to: number } | undefined;
  /** Behind the user. */
  readonly userEnd: number;
}

const SHAPE = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(?:([^/?#]*)@)?(\[[^\]/?#]*\]|[^/?#:@]*)(?::(\d*))?(?=[/?#]|$)/;
/** What Go's net/url takes in front of the host (`validUserinfo` in url.go). */
const USER_INFO = /^(?:[A-Za-z0-9\-._:~!$&'()*+,;=@]|%[0-9A-Fa-f]{2})*$/;

/** The URL that a value is; undefined for a command, or for what Go refuses. */
export function aercUrl({ value, from }: Pick<GoIniKey, 'value' | 'from'>): AercUrl | undefined {
  const [, scheme = '', info, host = '', port] = SHAPE.exec(value) ?? [];
  if (scheme === '' || !USER_INFO.test(info ?? '')) return undefined;
  const start = from + scheme.length + 3;
  const colon = (info ?? '').indexOf(':');
  const user = colon < 0 ? (info ?? '') : (info ?? '').slice(0, colon);
  const end = start + (info ?? '').length;
  return {
    scheme: scheme.toLowerCase(),
    user: percentDecode(user).toString('utf8'),
    host,
    port: Number(port) || undefined,
    password: colon < 0 ? undefined : { from: start + colon + 1, to: end },
    userEnd: start + user.length,
  };
}

/**
 * The password in a URL of aerc's `accounts.conf`: `{ account, key }`. Everything but the unreserved characters of
 * RFC 3986 is percent-encoded, so that neither the URL nor the file gives it another meaning. A URL with a user and
 * without a password gets one.
 */
export const aercAccounts: Lens = {
  id: 'aerc-accounts',

  get(bytes, slot) {
    const found = locate(bytes, slot);
    if (!found.ok) return found.problem.kind === 'changed' ? ok(undefined) : found;
    const { from, to } = found.value.password ?? { from: 0, to: 0 };
    return ok(from === to ? undefined : Secret.take(percentDecode(bytes.toString('latin1', from, to))));
  },

  put(bytes, slot, secret) {
    if (!bytes) return fail('changed');
    const found = locate(bytes, slot);
    if (!found.ok) return found;
    const { password: old, userEnd } = found.value;
    return secret.use((password) => {
      if (password.length === 0 || breaksLine(password)) return fail('format-cannot-hold');
      if (!old) return ok(splice(bytes, userEnd, userEnd, Buffer.concat([COLON, percentEncode(password)])));
      const same = percentDecode(bytes.toString('latin1', old.from, old.to)).equals(password);
      return ok(same ? bytes : splice(bytes, old.from, old.to, percentEncode(password)));
    });
  },
};

const COLON = Buffer.from(':');

function locate(bytes: Bytes, slot: Slot): Result<AercUrl> {
  const keys = readGoIni(bytes.toString('latin1'));
  if (!keys) return fail('unsupported');
  const key = keys.findLast(({ section, name }) => utf8(section) === slot['account'] && name === slot['key']);
  if (!key) return fail('changed');
  const url = urlIn(key);
  if (!url.ok) return url;
  return url.value.user === '' ? fail('changed') : url;
}

/** `unsupported` for a value that is no URL, or not one on one line. */
export function urlIn(key: GoIniKey): Result<AercUrl> {
  if (key.unclear !== undefined) return fail('unsupported', undefined, key.unclear);
  if (/%\([^)]*\)s/.test(key.value)) return fail('unsupported', undefined, 'an expansion');
  const url = aercUrl(key);
  return url ? ok(url) : fail('unsupported', undefined, 'the URL');
}

export const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
