import { expect, test } from 'vitest';
import { fetchmailrc } from '../../electron/formats/fetchmailrc.ts';
import { LENSES } from '../../electron/formats/index.ts';
import { netrc } from '../../electron/formats/netrc.ts';
import type { Lens } from '../../electron/engine/ports.ts';
import { readBack } from '../../electron/formats/read-back.ts';
import { get, put } from './lens-laws.ts';

/** Files in which a quote stands open before the login, and the slot behind it. */
const OPEN_QUOTES = [
  [
    netrc,
    '"\f machine imap.example.org login anna password old\n',
    { machine: 'imap.example.org', login: 'anna' },
  ],
  [fetchmailrc, "\"poll one\npoll two user 'anna' password old\n", { server: 'two', user: 'anna' }],
] as const;

test.each(OPEN_QUOTES)('a quote that stands open is not closed by ours: %o', ({ id }, text, slot) => {
  const lens = LENSES.find((each) => each.id === id);
  const before = Buffer.from(text);
  expect(lens && get(lens, before, slot)).toBe('old');
  expect(lens && put(lens, before, slot, 'two words')).toMatchObject({
    ok: false,
    problem: { kind: 'unsupported' },
  });
});

test('what is read again is let through, and what was there already is not touched', () => {
  const [[, text, slot]] = OPEN_QUOTES;
  const before = Buffer.from(text);
  const lens = readBack(netrc);
  expect(put(lens, before, slot, 'new')).toMatchObject({ ok: true });
  expect(put(lens, before, slot, 'old')).toEqual({ ok: true, value: before });
});

test('a lens that reads something else, or nothing, is not believed', () => {
  const before = Buffer.from('machine a login b password c\n');
  const slot = { machine: 'a', login: 'b' };
  const deaf: Lens = { ...netrc, get: () => ({ ok: true, value: undefined }) };
  expect(put(readBack(deaf), before, slot, 'new')).toMatchObject({ ok: false });
  const stuck: Lens = { ...netrc, get: () => netrc.get(before, slot) };
  expect(put(readBack(stuck), before, slot, 'new')).toMatchObject({ ok: false });
});
