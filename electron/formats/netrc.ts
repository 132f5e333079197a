import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { type NetrcLogin, netrcLogins } from './netrc-logins.ts';
import type { NetrcWord } from './netrc-words.ts';
import { breaksLine, splice } from './single-line.ts';

/**
 * The password of one login in a netrc or authinfo file (slot: see `netrcSlot`).
 * Written only so that curl, Python, msmtp and Emacs read the same value: bare, or in double quotes without
 * escapes. A `"` or `\` has no such spelling: `format-cannot-hold`. So has a leading `gpg:`, which Emacs would
 * decrypt. A login without a password gets one right behind its name.
 * Other problems: `changed` (the login is gone), `unsupported` (unclosed quote, forgotten or double password,
 * value encrypted by Emacs).
 */
export const netrc: Lens = {
  id: 'netrc',
  get(bytes, slot) {
    const found = locate(bytes, slot);
    if (!found) return ok(undefined);
    if (found.broken !== undefined) return fail('unsupported', undefined, found.broken);
    const value = valueOf(found.passwordWord);
    return ok(value.length > 0 ? Secret.take(value) : undefined);
  },
  put(bytes, slot, secret) {
    const found = bytes && locate(bytes, slot);
    if (!found) return fail('changed');
    if (found.broken !== undefined) return fail('unsupported', undefined, found.broken);
    const { passwordWord, loginWord } = found;
    return secret.use((plain) => {
      if (passwordWord && plain.equals(valueOf(passwordWord))) return ok(bytes);
      const spelled = spell(plain);
      if (!spelled.ok) return spelled;
      if (passwordWord) return ok(splice(bytes, passwordWord.start, passwordWord.end, spelled.value));
      const added = Buffer.concat([Buffer.from(' password '), spelled.value]);
      return ok(splice(bytes, loginWord.end, loginWord.end, added));
    });
  },
};

const locate = (bytes: Bytes, slot: Slot): NetrcLogin | undefined =>
  netrcLogins(bytes).find(
    ({ machine, login, port, nth }) =>
      machine === slot['machine'] &&
      login === slot['login'] &&
      port === slot['port'] &&
      nth === (slot['nth'] ?? 1),
  );

const valueOf = (word: NetrcWord | undefined): Buffer => Buffer.from(word?.text ?? '', 'latin1');

const ENCRYPTED_BY_EMACS = Buffer.from('gpg:');
const QUOTE = Buffer.from('"');

/** The one spelling on which all readers agree. */
function spell(plain: Bytes): Result<Bytes> {
  const has = (characters: string): boolean => [...characters].some((each) => plain.includes(each));
  const encrypted = plain.subarray(0, ENCRYPTED_BY_EMACS.length).equals(ENCRYPTED_BY_EMACS);
  if (plain.length === 0 || encrypted || breaksLine(plain) || has('"\\')) return fail('format-cannot-hold');
  return ok(has(" \t\v\f'#") ? Buffer.concat([QUOTE, plain, QUOTE]) : Buffer.from(plain));
}
