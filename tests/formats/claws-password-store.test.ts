import { createCipheriv, pbkdf2Sync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PutContext } from '../../electron/engine/ports.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { ClawsKey, openClawsKey } from '../../electron/formats/claws-crypt.ts';
import { clawsPasswordStore, type ClawsSlot } from '../../electron/formats/claws-password-store.ts';
import { nastyPassword } from './passwords.ts';

const runs = { numRuns: Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000) };
const SALT = Buffer.from('salt of a profile');
const SLOT: ClawsSlot = { account: 1, id: 'recv' };
const KEY = new ClawsKey(Buffer.from('passkey0'), { salt: SALT, rounds: 3 });
const USING: PutContext = { key: KEY, now: new Date(0), random: (n) => Buffer.alloc(n, 7) };

/** What Claws Mail would write, with the same random bytes. */
function sealed(password: string, rounds = 3): string {
  const length = Buffer.byteLength(password);
  const plain = Buffer.concat([
    Buffer.alloc(16, 7),
    Buffer.from(password),
    Buffer.alloc(128 - (length % 128)),
  ]);
  const key = pbkdf2Sync('passkey0', SALT, rounds, 32, 'sha1');
  const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16, 7)).setAutoPadding(false);
  return `{AES-256-CBC,${rounds}}${Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')}`;
}

function put(file: string | undefined, password: string, slot: ClawsSlot = SLOT): string {
  const bytes = file === undefined ? undefined : Buffer.from(file, 'latin1');
  const written = clawsPasswordStore.put(bytes, slot, Secret.fromText(password), USING);
  return written.ok ? written.value.toString('latin1') : written.problem.kind;
}

function get(file: string, slot: ClawsSlot = SLOT): string | undefined {
  const read = clawsPasswordStore.get(Buffer.from(file, 'latin1'), slot, KEY);
  return read.ok ? read.value?.useText((text) => text) : read.problem.kind;
}

const files = fc.record({
  head: fc.constantFrom(
    '',
    '[config_version:6]\n\n',
    `recv ${sealed('of no block')}\n`,
    `[core:recv]\nrecv ${sealed('proxy')}\n\n`,
    `[account:11]\nrecv ${sealed('eleven')}\n\xe9\n`,
  ),
  before: fc.constantFrom(
    '',
    `send ${sealed('sending')}\n`,
    `recv ${sealed('first')}\n`,
    '\n',
    '[odd]\n',
    'a b c\n',
  ),
  after: fc.constantFrom(
    '',
    '\n',
    '\r\n',
    `\nrecv_cert ${sealed('cert')}`,
    `\n\n[account:1]\nrecv ${sealed('again')}\n`,
  ),
});

describe('claws-password-store lens', () => {
  test('put changes the value and nothing else, and get gives it back', () => {
    const check = (
      { head, before, after }: { head: string; before: string; after: string },
      old: string,
      next: string,
    ) => {
      const fileWith = (value: string): string => `${head}[account:1]\n${before}recv ${value}${after}`;
      const file = fileWith(sealed(old, 2));
      expect(get(file)).toBe(old);
      const written = put(file, next);
      expect(written).toBe(old === next ? file : fileWith(sealed(next)));
      expect(get(written)).toBe(next);
      expect(put(written, next)).toBe(written);
    };
    fc.assert(fc.property(files, nastyPassword, nastyPassword, check), runs);
  });

  test('long passwords keep the zero that ends them', () => {
    const lengths = fc.integer({ min: 100, max: 400 });
    fc.assert(
      fc.property(lengths, (length) => {
        const password = 'é'.repeat(length).slice(0, length);
        expect(put(`[account:1]\nrecv plain\n`, password)).toBe(`[account:1]\nrecv ${sealed(password)}\n`);
        expect(get(put(undefined, password))).toBe(password);
      }),
      { numRuns: 50 },
    );
  });

  test('damaged files give a result, and never a half-read secret', () => {
    const check = (cut: number, damage: Uint8Array, password: string): void => {
      const whole = Buffer.from(`[account:1]\nrecv ${sealed('0ld')}\nsend x\n`);
      const at = Math.floor(cut * whole.length);
      const bytes = Buffer.concat([whole.subarray(0, at), damage, whole.subarray(at)]);
      expect(typeof clawsPasswordStore.get(bytes, SLOT, KEY).ok).toBe('boolean');
      const written = clawsPasswordStore.put(bytes, SLOT, Secret.fromText(password), USING);
      if (written.ok) expect(get(written.value.toString('latin1'))).toBe(password);
    };
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(fc.property(fraction, fc.uint8Array({ maxLength: 12 }), nastyPassword, check), runs);
  });

  test('a password that is missing is added to its block, or with a block of its own', () => {
    const line = `recv ${sealed('new')}`;
    expect(put(undefined, 'new')).toBe(`[account:1]\n${line}\n`);
    expect(put('[config_version:6]', 'new')).toBe(`[config_version:6]\n\n[account:1]\n${line}\n`);
    expect(put('[account:1]\nsend x\n\n[account:2]\n', 'new')).toBe(
      `[account:1]\nsend x\n${line}\n\n[account:2]\n`,
    );
    expect(put('[account:1]', 'new')).toBe(`[account:1]\n${line}\n`);
  });

  test.each([
    ['the oldest cipher', '!b2xk'],
    ['another cipher', '{AES-128-CBC,3}AAAA'],
    ['too many rounds', '{AES-256-CBC,99999999}AAAA'],
    ['another passphrase', sealed('old').replace(',3}', ',4}')],
    ['too short', '{AES-256-CBC,3}AAAA'],
  ])('%s is unsupported and left alone', (_name, value) => {
    expect(get(`[account:1]\nrecv ${value}\n`)).toBe('unsupported');
    expect(put(`[account:1]\nrecv ${value}\n`, 'new')).toBe('unsupported');
  });

  test('what is no UTF-8, holds a NUL or is empty cannot be held', () => {
    expect(put(undefined, 'a\0b')).toBe('format-cannot-hold');
    expect(put(undefined, '')).toBe('format-cannot-hold');
    const bytes = Secret.take(Buffer.from([0xff]));
    const written = clawsPasswordStore.put(undefined, SLOT, bytes, USING);
    expect(written).toMatchObject({ problem: { kind: 'format-cannot-hold' } });
  });

  test('tokens have no slot, and without a key nothing is read', () => {
    expect(get('[account:1]\noauth2_refresh x\n', { account: 1, id: 'oauth2_refresh' })).toBe('unsupported');
    const read = clawsPasswordStore.get(Buffer.from('[account:1]\nrecv x\n'), SLOT);
    expect(read).toMatchObject({ problem: { kind: 'primary-password-needed' } });
  });
});

describe('the primary passphrase', () => {
  const check = `{PBKDF2-HMAC-SHA1,3}${pbkdf2Sync('mine', SALT, 3, 64, 'sha1').toString('base64')}`;
  const opened = (given?: string, stored = check): string => {
    const primary = given === undefined ? undefined : Secret.fromText(given);
    const key = openClawsKey({ salt: SALT, rounds: 3, check: stored }, primary);
    return key.ok ? key.value.kind : key.problem.kind;
  };

  test('is asked for, and proven before it is used', () => {
    expect(opened()).toBe('primary-password-needed');
    expect(opened('')).toBe('primary-password-needed');
    expect(opened('yours')).toBe('primary-password-wrong');
    expect(opened('mine')).toBe('claws');
  });

  test.each(['', 'plain', '{PBKDF2-HMAC-SHA1,0}AAAA', '{PBKDF2-HMAC-SHA1,3}AAAA'])(
    'a damaged check value %j is unsupported',
    (stored) => expect(opened('mine', stored)).toBe('unsupported'),
  );
});
