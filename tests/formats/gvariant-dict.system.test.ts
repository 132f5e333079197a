import { expect, test } from 'vitest';
import { gvariantDict } from '../../electron/formats/gvariant-dict.ts';
import { askGnome } from '../clients/gnome.ts';
import { put } from './lens-laws.ts';
import { samplePasswords } from './passwords.ts';

const BEFORE = Buffer.from(String.raw`{'imap-password': <"it's \"q\" \\ é​ x">, 'smtp-password': <'plain'>}`);

test('GLib reads every password that was written, and the one beside it', () => {
  const passwords = [...samplePasswords(1000), 'a\nb\r\tc\u0001\u007f', "'", '"', '\\', '\\u0041', '"\'\\'];
  const written = passwords.map((password) => {
    const bytes = put(gvariantDict, BEFORE, { key: 'imap-password' }, password);
    if (!bytes.ok) throw new Error(`not written: ${bytes.problem.kind}`);
    return bytes.value.toString('utf8');
  });
  const read = askGnome(written.map((text) => ({ do: 'variant', text })));
  expect(read).toEqual(
    passwords.map((password) => ({ 'imap-password': password, 'smtp-password': 'plain' })),
  );
});
