import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bytes, PutContext, StoreKey } from '../../electron/engine/ports.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { mozillaLogins } from '../../electron/formats/mozilla-logins.ts';
import { NssKeys } from '../../electron/formats/nss-key-db.ts';
import { encryptSdr, type SdrKey } from '../../electron/formats/nss-sdr.ts';
import { AES, bothKeys, DES3, STRANGER } from './nss-keys.ts';

const SLOT = { origin: 'imap://mail.example.org', username: 'alice' };
const NOW = new Date('2026-01-02T03:04:05.678Z');
const runs = { numRuns: Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000) };

const using = (key?: StoreKey): PutContext => ({ now: NOW, random: randomBytes, ...(key ? { key } : {}) });

const seal = (text: string, key: SdrKey): string => encryptSdr(key, Buffer.from(text), randomBytes);

function record(password: string, changes: object = {}, key: SdrKey = AES): Record<string, unknown> {
  return {
    id: 1,
    hostname: SLOT.origin,
    httpRealm: SLOT.origin,
    encryptedUsername: seal(SLOT.username, key),
    encryptedPassword: seal(password, key),
    encType: 1,
    timePasswordChanged: 5,
    syncCounter: 3,
    ...changes,
  };
}

const fileOf = (...logins: readonly object[]): Bytes =>
  Buffer.from(JSON.stringify({ nextId: 9, logins, version: 3 }));

function put(bytes: Bytes | undefined, text: string, slot: Record<string, string> = SLOT): Bytes {
  const written = mozillaLogins.put(bytes, slot, Secret.fromText(text), using(bothKeys()));
  if (!written.ok) throw new Error(`${written.problem.kind} ${written.problem.detail ?? ''}`);
  return written.value;
}

function get(bytes: Bytes, slot: Record<string, string> = SLOT): string | undefined {
  const read = mozillaLogins.get(bytes, slot, bothKeys());
  if (!read.ok) throw new Error(`${read.problem.kind} ${read.problem.detail ?? ''}`);
  return read.value?.useText((text) => text);
}

const parsed = (bytes: Bytes): { nextId: number; logins: Record<string, unknown>[] } =>
  JSON.parse(bytes.toString('utf8')) as { nextId: number; logins: Record<string, unknown>[] };

describe('which login is meant', () => {
  test('the user name counts exactly, the realm must repeat the origin, tombstones and old encodings do not count', () => {
    const bytes = fileOf(
      record('other user', { encryptedUsername: seal('Alice', AES) }),
      record('other realm', { httpRealm: 'somewhere' }),
      record('web form', { httpRealm: null }),
      { deleted: true, guid: '{x}' },
      record('encoded', { encType: 0 }),
      record('right'),
      record('second'),
    );
    expect(get(bytes)).toBe('right');
    expect(parsed(put(bytes, 'new')).logins.map(({ timePasswordChanged }) => timePasswordChanged)).toEqual([
      5,
      5,
      5,
      undefined,
      5,
      NOW.getTime(),
      5,
    ]);
  });

  test('a host that differs only in case is another login, as it is to Thunderbird', () => {
    const shouted = { hostname: 'imap://MAIL.example.org', httpRealm: 'imap://MAIL.example.org' };
    expect(get(fileOf(record('shouted', shouted)))).toBeUndefined();
    expect(get(fileOf(record('shouted', shouted), record('exact')))).toBe('exact');
  });

  test('a login that no key opens is passed over, as Thunderbird does', () => {
    expect(get(fileOf(record('lost', {}, STRANGER), record('right', {}, DES3)))).toBe('right');
    expect(get(fileOf(record('lost', {}, STRANGER)))).toBeUndefined();
  });

  test('an unknown cipher is unsupported, never missing', () => {
    const strange = seal(SLOT.username, AES).replace(/./, 'N');
    const bytes = fileOf(record('x', { encryptedUsername: strange }));
    expect(mozillaLogins.get(bytes, SLOT, bothKeys())).toMatchObject({ problem: { kind: 'unsupported' } });
    const written = mozillaLogins.put(bytes, SLOT, Secret.fromText('new'), using(bothKeys()));
    expect(written).toMatchObject({ problem: { kind: 'unsupported' } });
  });

  test('a realm of its own is found by that realm and never added', () => {
    const slot = { origin: 'https://dav.example.org', realm: 'Calendars', username: 'alice' };
    const bytes = fileOf(record('dav', { hostname: slot.origin, httpRealm: slot.realm }));
    expect(get(put(bytes, 'new', slot), slot)).toBe('new');
    const gone = mozillaLogins.put(fileOf(), slot, Secret.fromText('new'), using(bothKeys()));
    expect(gone).toMatchObject({ problem: { kind: 'changed' } });
  });
});

describe('what changes', () => {
  test.each([
    ['triple DES', DES3],
    ['AES', AES],
  ] as const)('%s stays, even where both keys have one id', (_name, key) => {
    const before = record('old password', {}, key);
    const [after] = parsed(put(fileOf(before), 'new password')).logins;
    const alone = mozillaLogins.get(fileOf(after ?? {}), SLOT, new NssKeys([key]));
    expect(alone.ok && alone.value?.equals(Secret.fromText('new password'))).toBe(true);
    expect(after).toMatchObject({ timePasswordChanged: NOW.getTime(), syncCounter: 4 });
    expect(after?.['encryptedUsername']).toBe(before['encryptedUsername']);
  });

  test('the counter of Sync is left out where it was left out', () => {
    const { syncCounter: _, ...old } = record('old');
    expect(parsed(put(fileOf(old), 'new')).logins[0]).not.toHaveProperty('syncCounter');
  });

  test('the vector is fresh each time', () => {
    const bytes = fileOf(record('old'));
    expect(put(bytes, 'new').equals(put(bytes, 'new'))).toBe(false);
  });
});

describe('adding', () => {
  test('an absent file, an empty list and a filled one', () => {
    const created = put(undefined, 'first');
    expect(get(created)).toBe('first');
    expect(parsed(created)).toMatchObject({ nextId: 2, version: 3, logins: [{ id: 1, encType: 1 }] });
    const other = { origin: 'smtp://mail.example.org', username: 'alice' };
    const second = put(created, 'second', other);
    expect([get(second), get(second, other)]).toEqual(['first', 'second']);
    expect(parsed(second).logins.map(({ id }) => id)).toEqual([1, 2]);
    expect(new Set(parsed(second).logins.map(({ guid }) => guid)).size).toBe(2);
    expect(get(put(Buffer.from('{ "logins" : [ ] , "nextId" : 1 }\n'), 'spaced'))).toBe('spaced');
  });

  test('AES where there is such a key, else triple DES, and never without any', () => {
    const add = (...keys: SdrKey[]) =>
      mozillaLogins.put(undefined, SLOT, Secret.fromText('p'), using(new NssKeys(keys)));
    const aes = add(DES3, AES);
    expect(aes.ok && mozillaLogins.get(aes.value, SLOT, new NssKeys([AES]))).toMatchObject({ ok: true });
    const des3 = add(DES3);
    expect(des3.ok && get(des3.value)).toBe('p');
    expect(add()).toMatchObject({ problem: { kind: 'unsupported' } });
  });
});

describe('removing', () => {
  const remove = (bytes: Bytes, slot: Record<string, string> = SLOT, key: StoreKey = bothKeys()) =>
    mozillaLogins.remove?.(bytes, slot, using(key));

  test('never a token, a web page or a calendar', () => {
    const scopes = 'https://mail.example.org/IMAP offline_access';
    const slots: readonly Record<string, string>[] = [
      { origin: 'oauth://issuer.example.org', username: 'alice' },
      { origin: 'oauth://issuer.example.org', username: 'alice', realm: scopes },
      { origin: 'imap://mail.example.org', username: 'alice', realm: scopes },
      { origin: 'https://dav.example.org', username: 'alice', realm: 'Calendars' },
      { origin: 'chrome://FirefoxAccounts', username: 'alice' },
    ];
    for (const slot of slots) {
      const own = { hostname: slot['origin'], httpRealm: slot['realm'] ?? slot['origin'] };
      expect(remove(fileOf(record('token', own)), slot)).toMatchObject({ problem: { kind: 'unsupported' } });
    }
  });

  test('a login of another name, realm or key stays; an absent one gives the same bytes', () => {
    const others = fileOf(
      record('other user', { encryptedUsername: seal('Alice', AES) }),
      record('other realm', { httpRealm: 'somewhere' }),
      record('lost', {}, STRANGER),
      { deleted: true, guid: '{x}' },
    );
    const left = remove(others);
    expect(left?.ok && left.value === others).toBe(true);
  });

  test('what takes part in Sync, or is in an unknown cipher, is refused', () => {
    const synced = fileOf(record('old', { everSynced: true }));
    expect(remove(synced)).toMatchObject({ problem: { kind: 'unsupported' } });
    const strange = seal(SLOT.username, AES).replace(/./, 'N');
    const mixed = fileOf(record('old'), record('x', { encryptedUsername: strange }));
    expect(remove(mixed)).toMatchObject({ problem: { kind: 'unsupported' } });
  });

  test('locked is not gone', () => {
    const locked = mozillaLogins.remove?.(fileOf(record('old')), SLOT, using());
    expect(locked).toMatchObject({ problem: { kind: 'primary-password-needed' } });
  });
});

describe('what is refused', () => {
  test.each([
    ['empty', ''],
    ['with NUL', 'a\0b'],
  ])('a password that is %s', (_name, text) => {
    const written = mozillaLogins.put(fileOf(record('old')), SLOT, Secret.fromText(text), using(bothKeys()));
    expect(written).toMatchObject({ problem: { kind: 'format-cannot-hold' } });
  });

  test('a password that is not UTF-8', () => {
    const secret = Secret.take(Buffer.from([0x61, 0xe9]));
    const written = mozillaLogins.put(fileOf(record('old')), SLOT, secret, using(bothKeys()));
    expect(written).toMatchObject({ problem: { kind: 'format-cannot-hold' } });
  });

  test('no key at all is locked, not missing', () => {
    const problem = { kind: 'primary-password-needed' };
    expect(mozillaLogins.get(fileOf(), SLOT)).toMatchObject({ problem });
    expect(mozillaLogins.put(fileOf(), SLOT, Secret.fromText('x'), using())).toMatchObject({ problem });
  });

  test.each([
    ['an empty file', Buffer.alloc(0)],
    ['a BOM', Buffer.from('\u{feff}{"logins":[]}')],
    ['a wrong byte', Buffer.from('{"logins":[],"x":"\xe9"}', 'latin1')],
    ['an unknown version', Buffer.from('{"logins":[],"version":4}')],
    ['another shape', Buffer.from('{"logins":{}}')],
    ['a truncated file', fileOf(record('old')).subarray(0, 300)],
  ])('%s', (_name, bytes) => {
    expect(mozillaLogins.get(bytes, SLOT, bothKeys())).toMatchObject({ problem: { kind: 'unsupported' } });
    const written = mozillaLogins.put(bytes, SLOT, Secret.fromText('x'), using(bothKeys()));
    expect(written).toMatchObject({ problem: { kind: 'unsupported' } });
  });
});

describe('for any file and password', () => {
  const password = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 40 })
    .filter((text) => text.isWellFormed() && !text.includes('\0'));
  const noise = fc.jsonValue({ maxDepth: 2 });

  /** A file with a login between neighbours and unknown members, in any spelling that JSON allows. */
  const surroundings = fc.record({
    before: noise,
    after: noise,
    member: noise,
    indent: fc.constantFrom(undefined, 1, '\t'),
    end: fc.constantFrom('', '\n', '\r\n'),
    crlf: fc.boolean(),
  });
  type Surroundings = typeof surroundings extends fc.Arbitrary<infer T> ? T : never;

  const neighbour = record('other', { hostname: 'x://y' });

  function build(given: Surroundings, login: object): Bytes {
    return spelled(given, [{ ...neighbour, extra: given.before }, login, { extra: given.after }]);
  }

  function spelled(given: Surroundings, logins: readonly object[]): Bytes {
    const text = JSON.stringify({ extra: given.member, logins, nextId: 4 }, null, given.indent);
    return Buffer.from((given.crlf ? text.replaceAll('\n', '\r\n') : text) + given.end);
  }

  test('get gives what put put, once more changes nothing, and nothing else differs', () => {
    fc.assert(
      fc.property(surroundings, password, password, fc.constantFrom(AES, DES3), (given, old, next, key) => {
        const login = record(old, { extra: given.after }, key);
        const fixed = { now: NOW, random: (n: number) => Buffer.alloc(n, 7), key: bothKeys() };
        const secret = Secret.fromText(next);
        const before = build(given, login);
        const written = mozillaLogins.put(before, SLOT, secret, fixed);
        if (!written.ok) throw new Error(written.problem.kind);
        expect(get(written.value)).toBe(next);
        expect(mozillaLogins.put(written.value, SLOT, secret, fixed)).toEqual(written);
        const expected =
          old === next
            ? login
            : {
                ...login,
                encryptedPassword: encryptSdr(key, Buffer.from(next), fixed.random),
                timePasswordChanged: NOW.getTime(),
                syncCounter: 4,
              };
        expect(written.value.toString()).toBe(build(given, expected).toString());
      }),
      runs,
    );
  });

  test('removing a login leaves everything else byte for byte, and nothing to get', () => {
    const position = fc.constantFrom('first', 'middle', 'last', 'only', 'twice');
    fc.assert(
      fc.property(surroundings, password, position, (given, old, at) => {
        const login = record(old);
        const [one, two] = [{ ...neighbour, extra: given.before }, { extra: given.after }];
        const kept = at === 'only' ? [] : [one, two];
        const withLogin = {
          first: [login, one, two],
          middle: [one, login, two],
          last: [one, two, login],
          only: [login],
          twice: [login, one, two, record(old), record('third')],
        }[at];
        const before = spelled(given, withLogin);
        const copy = Buffer.from(before);
        const left = mozillaLogins.remove?.(before, SLOT, using(bothKeys()));
        if (!left?.ok || !left.value) throw new Error('not removed');
        expect(before.equals(copy)).toBe(true);
        expect(left.value.toString()).toBe(spelled(given, kept).toString());
        expect(get(left.value)).toBeUndefined();
        const again = mozillaLogins.remove?.(left.value, SLOT, using(bothKeys()));
        expect(again?.ok && again.value === left.value).toBe(true);
      }),
      runs,
    );
  });

  test('garbage and cut files give a result and never lose anything', () => {
    const whole = fileOf(record('old'), record('two', { hostname: 'x://y' }));
    const cut = fc.nat(whole.length - 1).map((length) => whole.subarray(0, length));
    const garbage = fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array));
    const shaped = noise.map((value) => Buffer.from(JSON.stringify({ nextId: 1, logins: value })));
    const lists = fc.array(noise).map((logins) => Buffer.from(JSON.stringify({ nextId: 1, logins })));
    fc.assert(
      fc.property(fc.oneof(cut, garbage, shaped, lists), (bytes) => {
        const copy = Buffer.from(bytes);
        const read = mozillaLogins.get(bytes, SLOT, bothKeys());
        const written = mozillaLogins.put(bytes, SLOT, Secret.fromText('new'), using(bothKeys()));
        expect(bytes.equals(copy)).toBe(true);
        expect(written.ok).toBe(read.ok);
        expect(mozillaLogins.remove?.(bytes, SLOT, using(bothKeys())).ok).toBe(read.ok);
        if (written.ok) expect(get(written.value)).toBe('new');
      }),
      runs,
    );
  });
});
