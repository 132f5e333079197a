import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { breaksLine, splice } from './single-line.ts';

/** Where a value stands: from behind the equals sign to the end of the line. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a credentials file of mount.cifs says. */
export interface CifsCredentials {
  readonly user: string;
  readonly domain: string;
  /** Undefined where no line is for the password. */
  readonly password?: Span;
}

/**
 * Takes a credentials file apart as mount.cifs does (`open_cred_file` in mount.cifs.c): a line is for what its first
 * letters say, its value is everything behind the first equals sign, and of repeated lines the last one counts.
 * `unsupported` for what its versions, or smbclient, read differently: a second password, a carriage return.
 */
export function readCifsCredentials(bytes: Bytes): Result<CifsCredentials> {
  if (bytes.includes(0) || bytes.includes('\r')) return fail('unsupported');
  const spans = new Map<Meaning, Span>();
  let from = 0;
  for (const line of bytes.toString('latin1').split('\n')) {
    const to = from + line.length;
    if (line.length > LONGEST_LINE) return fail('unsupported');
    const equals = line.indexOf('=');
    const meaning = equals < 0 ? undefined : meaningOf(line);
    if (meaning) spans.set(meaning, { from: from + equals + 1, to });
    from = to + 1;
  }
  if (spans.has('second-password')) return fail('unsupported', undefined, 'a second password');
  const text = (meaning: Meaning): string => {
    const span = spans.get(meaning);
    return span ? bytes.toString('utf8', span.from, span.to) : '';
  };
  const password = spans.get('password');
  return ok({ user: text('user'), domain: text('domain'), ...(password ? { password } : {}) });
}

/** One read of its buffer of 4096 bytes takes so much, without the line feed. */
const LONGEST_LINE = 4094;
/** `MOUNT_PASSWD_SIZE`; a comma counts twice, because it is doubled for the kernel. */
const LONGEST_PASSWORD = 512;

type Meaning = 'user' | 'domain' | 'password' | 'second-password';

/** In the order in which mount.cifs asks. */
const MEANINGS: readonly (readonly [RegExp, Meaning])[] = [
  [/^[ \t]*user/i, 'user'],
  [/^[ \t]*pass(?:2|word2)/i, 'second-password'],
  [/^[ \t]*pass/i, 'password'],
  [/^[ \t]*dom/i, 'domain'],
];

const meaningOf = (line: string): Meaning | undefined =>
  MEANINGS.find(([pattern]) => pattern.test(line))?.[1];

/** The password of a credentials file of mount.cifs, raw to the end of its line. */
export const cifsCredentials: Lens = {
  id: 'cifs-credentials',

  get(bytes) {
    const span = locate(bytes);
    if (!span.ok) return span;
    const { from, to } = span.value;
    return ok(from === to ? undefined : Secret.take(Buffer.from(bytes.subarray(from, to))));
  },

  put(bytes, _slot, secret) {
    if (!bytes) return fail('changed');
    const span = locate(bytes);
    if (!span.ok) return span;
    const { from, to } = span.value;
    return secret.use((password) => {
      if (bytes.subarray(from, to).equals(password)) return ok(bytes);
      return holds(password) ? ok(splice(bytes, from, to, password)) : fail('format-cannot-hold');
    });
  },
};

function locate(bytes: Bytes): Result<Span> {
  const read = readCifsCredentials(bytes);
  if (!read.ok) return read;
  return read.value.password ? ok(read.value.password) : fail('changed');
}

/** A blank in front is the password's for mount.cifs and none of it for smbclient. */
function holds(password: Bytes): boolean {
  if (password.length === 0 || breaksLine(password)) return false;
  const commas = password.filter((byte) => byte === 0x2c).length;
  return password[0] !== 0x20 && password[0] !== 0x09 && password.length + commas <= LONGEST_PASSWORD;
}
