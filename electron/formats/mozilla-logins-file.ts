import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes } from '../engine/ports.ts';
import { decryptSdr, keyFor, readSdr, type SdrKey } from './nss-sdr.ts';

/** One login of logins.json, as far as it matters here. */
export interface LoginRecord {
  readonly hostname: string;
  readonly httpRealm: string | undefined;
  readonly encryptedUsername: string;
  readonly encryptedPassword: string;
  readonly guid: string;
  readonly syncCounter: number | undefined;
  /** True where another computer may know it: then Thunderbird leaves a tombstone when it removes it. */
  readonly everSynced: boolean;
  /** False for a tombstone of Sync and for the encodings of Firefox 3. */
  readonly usable: boolean;
}

/** A parsed logins.json: the records in file order. */
export interface LoginsFile {
  readonly nextId: number | undefined;
  readonly logins: readonly LoginRecord[];
}

/** Which login is meant. Mail logins have no realm of their own: theirs repeats the origin. */
export interface WantedLogin {
  readonly origin: string;
  readonly username: string;
  readonly realm?: string;
}

/** What `LoginStore.sys.mjs` starts with when there is no file. */
export const EMPTY_LOGINS = Buffer.from(
  '{"nextId":1,"logins":[],"potentiallyVulnerablePasswords":[],"version":3}',
);

/** Higher versions are unknown; Thunderbird 153 writes 3 and leaves lower ones readable. */
const NEWEST_VERSION = 3;

/** Strict, as Gecko is: with a wrong byte or a BOM it takes the file for corrupt. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads logins.json. `unsupported` for anything that Thunderbird would not read, or a version we do not know. */
export function parseLogins(bytes: Bytes): Result<LoginsFile> {
  const root = parseJson(bytes);
  const logins = isObject(root) ? root['logins'] : undefined;
  if (!isObject(root) || !Array.isArray(logins) || !logins.every(isObject)) {
    return fail('unsupported', undefined, 'not a list of logins');
  }
  const version = root['version'];
  if (version !== undefined && !(typeof version === 'number' && version <= NEWEST_VERSION)) {
    return fail('unsupported', undefined, 'an unknown version of logins.json');
  }
  const nextId = root['nextId'];
  return ok({
    nextId: Number.isSafeInteger(nextId) ? Number(nextId) : undefined,
    logins: logins.map(recordOf),
  });
}

/**
 * The position of the login that Thunderbird reads for an account: the first one of this origin whose decrypted
 * user name is exactly the same (`MsgIncomingServer.sys.mjs`, `SmtpServer.sys.mjs`). The origin is compared exactly
 * too: where a host differs only in case, Thunderbird 153 finds nothing and asks. Logins that no key opens are passed
 * over, as Thunderbird does. `unsupported` when none fits but one is in a cipher we do not know.
 */
export function findLogin(
  file: LoginsFile,
  wanted: WantedLogin,
  keys: readonly SdrKey[],
): Result<number | undefined> {
  const username = Buffer.from(wanted.username);
  let unreadable = false;
  for (const index of candidates(file, wanted)) {
    const found = usernameOf(file.logins[index], keys);
    if (!found.ok) unreadable = true;
    else if (found.value?.equals(username)) return ok(index);
  }
  return unreadable ? fail('unsupported', undefined, 'a login in an unknown cipher') : ok(undefined);
}

/** Every position that `findLogin` could give; `unsupported` as soon as one of them is in a cipher we do not know. */
export function findLogins(
  file: LoginsFile,
  wanted: WantedLogin,
  keys: readonly SdrKey[],
): Result<readonly number[]> {
  const username = Buffer.from(wanted.username);
  const positions: number[] = [];
  for (const index of candidates(file, wanted)) {
    const found = usernameOf(file.logins[index], keys);
    if (!found.ok) return fail('unsupported', undefined, 'a login in an unknown cipher');
    if (found.value?.equals(username)) positions.push(index);
  }
  return ok(positions);
}

/** Positions of the logins of an origin and realm, in the order in which they are tried. */
export function candidates(file: LoginsFile, wanted: Omit<WantedLogin, 'username'>): readonly number[] {
  const fits = ({ usable, hostname, httpRealm }: LoginRecord): boolean =>
    usable && hostname === wanted.origin && httpRealm === (wanted.realm ?? hostname);
  return file.logins.flatMap((login, index) => (fits(login) ? [index] : []));
}

const WEB = /^(?:https?|ldaps?):\/\//i;

/** The logins of address books and calendars: a web or directory server with a realm of its own. */
export function webLogins(file: LoginsFile, keys: readonly SdrKey[]): readonly WantedLogin[] {
  return file.logins.flatMap((login) => {
    const { usable, hostname, httpRealm } = login;
    if (!usable || httpRealm === undefined || httpRealm === hostname || !WEB.test(hostname)) return [];
    const username = usernameOf(login, keys);
    return username.ok && username.value
      ? [{ origin: hostname, realm: httpRealm, username: username.value.toString('utf8') }]
      : [];
  });
}

/** The decrypted user name; `undefined` when no key opens it. */
function usernameOf(login: LoginRecord | undefined, keys: readonly SdrKey[]): Result<Bytes | undefined> {
  const blob = readSdr(login?.encryptedUsername ?? '');
  if (!blob.ok) return blob;
  const key = keyFor(blob.value, keys);
  return ok(key && decryptSdr(blob.value, key));
}

function parseJson(bytes: Bytes): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function recordOf(login: JsonObject): LoginRecord {
  const realm = login['httpRealm'];
  const syncCounter = login['syncCounter'];
  return {
    hostname: textOf(login['hostname']),
    httpRealm: typeof realm === 'string' ? realm : undefined,
    encryptedUsername: textOf(login['encryptedUsername']),
    encryptedPassword: textOf(login['encryptedPassword']),
    guid: textOf(login['guid']),
    syncCounter: Number.isSafeInteger(syncCounter) ? Number(syncCounter) : undefined,
    everSynced: login['everSynced'] === true,
    usable: login['deleted'] !== true && login['encType'] === 1,
  };
}
