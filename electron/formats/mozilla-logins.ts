import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens, PutContext, Random, StoreKey } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { itemSpans, memberSpans, valueAt, type Span } from './json-span.ts';
import {
  EMPTY_LOGINS,
  findLogin,
  findLogins,
  parseLogins,
  type LoginsFile,
  type WantedLogin,
} from './mozilla-logins-file.ts';
import { NssKeys } from './nss-key-db.ts';
import { decryptSdr, encryptSdr, keyFor, readSdr, type SdrKey } from './nss-sdr.ts';

interface Opened {
  readonly file: LoginsFile;
  readonly wanted: WantedLogin;
  readonly keys: NssKeys;
  /** Position of the login that Thunderbird reads, if it is there. */
  readonly index: number | undefined;
}

interface Edit extends Span {
  readonly text: string;
}

/**
 * Mozilla's logins.json; slot `{origin, username}`, and `realm` where it is not the origin. The key is `NssKeys`
 * (`primary-password-needed` without). A changed login keeps the cipher and key of its old value, so that an older
 * Thunderbird on the same profile still reads it; a login that is missing is appended as Thunderbird 153 would.
 */
export const mozillaLogins: Lens = {
  id: 'mozilla-logins',

  get(bytes, slot, key) {
    const opened = open(bytes, slot, key);
    if (!opened.ok || opened.value.index === undefined) return opened.ok ? ok(undefined) : opened;
    const password = passwordAt(opened.value, opened.value.index);
    return password.ok ? ok(password.value.secret) : password;
  },

  put(bytes, slot, secret, using) {
    if (!canHold(secret)) return fail('format-cannot-hold');
    const before = bytes ?? EMPTY_LOGINS;
    const opened = open(before, slot, using.key);
    if (!opened.ok) return opened;
    const { index } = opened.value;
    return index === undefined
      ? append(before, opened.value, secret, using)
      : replace(before, opened.value, index, secret, using);
  },

  remove(bytes, slot, { key }) {
    if (!isMailLogin(slot)) return fail('unsupported', undefined, 'not the login of a mail server');
    const opened = open(bytes, slot, key);
    return opened.ok ? removeLogins(bytes, opened.value) : opened;
  },
};

/** Refresh tokens lie beside the passwords, under `oauth://` and with their scopes as realm. */
const isMailLogin = ({ origin, realm }: Slot): boolean =>
  typeof origin === 'string' && /^(?:imap|mailbox|smtp|ews|graph):\/\//.test(origin) && realm === undefined;

function open(bytes: Bytes, slot: Slot, key: StoreKey | undefined): Result<Opened> {
  const { origin, username, realm } = slot;
  if (typeof origin !== 'string' || typeof username !== 'string') return fail('unsupported');
  if (!(key instanceof NssKeys)) return fail('primary-password-needed');
  const file = parseLogins(bytes);
  if (!file.ok) return file;
  const wanted = { origin, username, ...(typeof realm === 'string' ? { realm } : {}) };
  const index = findLogin(file.value, wanted, key.keys);
  return index.ok ? ok({ file: file.value, wanted, keys: key, index: index.value }) : index;
}

/** Thunderbird treats an empty password as none, and its strings are Unicode text. */
const canHold = (secret: Secret): boolean =>
  !secret.isEmpty && secret.use((bytes) => isUtf8(bytes) && !bytes.includes(0));

function passwordAt({ file, keys }: Opened, index: number): Result<{ secret: Secret; key: SdrKey }> {
  const blob = readSdr(file.logins[index]?.encryptedPassword ?? '');
  if (!blob.ok) return blob;
  const key = keyFor(blob.value, keys.keys);
  const plain = key && decryptSdr(blob.value, key);
  if (!key || !plain) return fail('unsupported', undefined, 'no key of this profile opens the password');
  return ok({ secret: Secret.take(plain), key });
}

/** Changes what Thunderbird's own `modifyLoginAsync` changes: the value, its time and the counter of Sync. */
function replace(
  bytes: Bytes,
  opened: Opened,
  index: number,
  secret: Secret,
  { now, random }: PutContext,
): Result<Bytes> {
  const old = passwordAt(opened, index);
  if (!old.ok) return old;
  using stored = old.value.secret;
  if (stored.equals(secret)) return ok(bytes);
  const counter = opened.file.logins[index]?.syncCounter;
  const encrypted = secret.use((plain) => encryptSdr(old.value.key, plain, random));
  const values: Readonly<Record<string, string>> = {
    encryptedPassword: JSON.stringify(encrypted),
    timePasswordChanged: String(now.getTime()),
    ...(counter === undefined ? {} : { syncCounter: String(counter + 1) }),
  };
  const text = bytes.toString('latin1');
  const members = memberSpans(text, loginSpans(text)[index] ?? { start: 0, end: 0 });
  const edits = Object.entries(values).flatMap(([name, value]) => {
    const span = members.get(name);
    return span ? [{ ...span, text: value }] : [];
  });
  return ok(splice(bytes, edits));
}

function append(bytes: Bytes, opened: Opened, secret: Secret, using: PutContext): Result<Bytes> {
  const { file, wanted, keys } = opened;
  // a calendar's or address book's login was there when it was found
  if (wanted.realm !== undefined) return fail('changed');
  const key = keys.preferred;
  if (!key) return fail('unsupported', undefined, 'Thunderbird has not made its encryption key yet');
  const text = bytes.toString('latin1');
  const nextId = memberSpans(text, valueAt(text, 0)).get('nextId');
  if (file.nextId === undefined || !nextId)
    return fail('unsupported', undefined, 'logins.json without nextId');
  const last = loginSpans(text).at(-1);
  const at = last?.end ?? (rootMember(text, 'logins')?.start ?? 0) + 1;
  const login = JSON.stringify(newLogin(file.nextId, wanted, key, secret, using));
  return ok(
    splice(bytes, [
      { start: at, end: at, text: `${last ? ',' : ''}${login}` },
      { ...nextId, text: String(file.nextId + 1) },
    ]),
  );
}

/** Members, order and values as Thunderbird 153 writes a mail login; its unknown fields are an encrypted nothing. */
function newLogin(id: number, wanted: WantedLogin, key: SdrKey, secret: Secret, using: PutContext): object {
  const time = using.now.getTime();
  return {
    id,
    hostname: wanted.origin,
    httpRealm: wanted.origin,
    formSubmitURL: null,
    usernameField: '',
    passwordField: '',
    encryptedUsername: encryptSdr(key, Buffer.from(wanted.username), using.random),
    encryptedPassword: secret.use((plain) => encryptSdr(key, plain, using.random)),
    guid: newGuid(id, using.random),
    encType: 1,
    timeCreated: time,
    timeLastUsed: time,
    timePasswordChanged: time,
    timesUsed: 1,
    timeLastBreachAlertDismissed: 0,
    syncCounter: 1,
    everSynced: false,
    encryptedUnknownFields: encryptSdr(key, Buffer.alloc(0), using.random),
  };
}

/** A random UUID (RFC 9562, version 4); the id goes in so that two logins never share one. */
function newGuid(id: number, random: Random): string {
  const bytes = createHash('sha256').update(random(16)).update(String(id)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}}`;
}

/** Takes every login of the slot out of the list, as Thunderbird's `removeLoginAsync` does for one never synced. */
function removeLogins(bytes: Bytes, { file, wanted, keys }: Opened): Result<Bytes> {
  const found = findLogins(file, wanted, keys.keys);
  if (!found.ok) return found;
  if (found.value.some((index) => file.logins[index]?.everSynced))
    return fail('unsupported', undefined, 'a login that takes part in Sync: remove it in the program');
  if (found.value.length === 0) return ok(bytes);
  const text = bytes.toString('latin1');
  const list = rootMember(text, 'logins') ?? { start: 0, end: 0 };
  return ok(splice(bytes, cutsOf(list, itemSpans(text, list), new Set(found.value))));
}

/** What to cut so that a list of the remaining items stays: each item with one of the commas beside it. */
function cutsOf(list: Span, items: readonly Span[], removed: ReadonlySet<number>): readonly Edit[] {
  const last = items.findLastIndex((_, index) => !removed.has(index));
  const kept = items[last];
  if (!kept) return [{ start: list.start + 1, end: list.end - 1, text: '' }];
  const before = items.slice(0, last).flatMap((item, index) => {
    const next = items[index + 1];
    return next && removed.has(index) ? [{ start: item.start, end: next.start, text: '' }] : [];
  });
  const end = items.at(-1)?.end ?? kept.end;
  return [...before, { start: kept.end, end, text: '' }];
}

const rootMember = (text: string, name: string): Span | undefined =>
  memberSpans(text, valueAt(text, 0)).get(name);

function loginSpans(text: string): readonly Span[] {
  const logins = rootMember(text, 'logins');
  return logins ? itemSpans(text, logins) : [];
}

function splice(bytes: Bytes, edits: readonly Edit[]): Bytes {
  const parts: Bytes[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    parts.push(bytes.subarray(at, edit.start), Buffer.from(edit.text));
    at = edit.end;
  }
  return Buffer.concat([...parts, bytes.subarray(at)]);
}
