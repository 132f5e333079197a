import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../electron/engine/secret.ts';
import { KEYS_QUERY, openNssKeys, PASSWORD_QUERY } from '../../electron/formats/nss-key-db.ts';
import { rows } from '../../electron/system/sqlite.ts';
import { caseFolder, readCase } from '../stores/fixture.ts';

function rowsOf(name: string) {
  const file = path.join(
    caseFolder('thunderbird', name),
    'home/.thunderbird/abcd1234.default-default/key4.db',
  );
  const password = rows(file, PASSWORD_QUERY);
  const keys = rows(file, KEYS_QUERY);
  if (!password.ok || !keys.ok) throw new Error('no such fixture');
  return { password: password.value, keys: keys.value };
}

const kinds = (name: string, primary?: string) => {
  const { password, keys } = rowsOf(name);
  const opened = openNssKeys(password, keys, primary === undefined ? undefined : Secret.fromText(primary));
  return opened.ok ? opened.value.keys.map(({ kind }) => kind) : opened.problem.kind;
};

test('without a primary password: triple DES, AES, and both under one id', () => {
  expect(kinds('imap-smtp-aes')).toEqual(['aes']);
  expect(kinds('pop3-3des')).toEqual(['des3']);
  expect(kinds('both-keys').toString().split(',').sort()).toEqual(['aes', 'des3']);
  expect(kinds('both-keys', 'not needed')).toHaveLength(2);
});

describe.each(['primary-password-old-salt', 'primary-password-new-salt', 'primary-password-old-scheme'])(
  '%s',
  (name) => {
    const right = readCase(caseFolder('thunderbird', name)).primaryPassword ?? '';

    test('opens with the primary password alone', () => {
      expect(kinds(name, right)).toHaveLength(1);
      expect(kinds(name)).toBe('primary-password-needed');
      expect(kinds(name, '')).toBe('primary-password-needed');
      expect(kinds(name, `${right} `)).toBe('primary-password-wrong');
    });

    test('a damaged byte never gives other keys, and never an exception', () => {
      const { password, keys } = rowsOf(name);
      const whole = openNssKeys(password, keys, Secret.fromText(right));
      const check = Buffer.from(password[0]?.['item2'] as Uint8Array);
      for (let at = 0; at < check.length; at += 1) {
        const item2 = Buffer.from(check);
        item2[at] = (item2[at] ?? 0) ^ 0xff;
        const opened = openNssKeys([{ ...password[0], item2 }], keys, Secret.fromText(right));
        if (opened.ok) expect(opened).toEqual(whole);
      }
    });
  },
);

test('no password row means no key yet; rows without values mean damage', () => {
  expect(openNssKeys([], [])).toMatchObject({ ok: true, value: { keys: [], preferred: undefined } });
  expect(openNssKeys([{ item1: null, item2: null }], [])).toMatchObject({ problem: { kind: 'unsupported' } });
  const { password, keys } = rowsOf('imap-smtp-aes');
  const broken = keys.map((row) => ({ ...row, a11: Buffer.from('3000', 'hex') }));
  expect(openNssKeys(password, broken)).toMatchObject({ problem: { kind: 'unsupported' } });
});

test('AES is preferred for new values, and disposing zeroes the keys', () => {
  const { password, keys } = rowsOf('both-keys');
  const opened = openNssKeys(password, keys);
  if (!opened.ok) throw new Error(opened.problem.kind);
  expect(opened.value.preferred?.kind).toBe('aes');
  opened.value.dispose();
  expect(opened.value.keys.every(({ bytes }) => bytes.every((byte) => byte === 0))).toBe(true);
});
