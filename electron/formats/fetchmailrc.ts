import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { type FetchmailUser, readFetchmail } from './fetchmail-users.ts';
import { quoteForFetchmail } from './fetchmailrc-words.ts';
import { breaksLine, splice } from './single-line.ts';

/**
 * The password of one user in a `.fetchmailrc`: `{ server, user, nth? }`, where `server` is the name after `poll` and
 * `user` the name on the server. Written as `"…"` with `\\` for a backslash, `\x22` for a quote, and control
 * characters by their number. A user without a password gets one behind its name.
 */
export const fetchmailrc: Lens = {
  id: 'fetchmailrc',

  get(bytes, slot) {
    const user = locate(bytes, slot);
    if (!user.ok) return user.problem.kind === 'changed' ? ok(undefined) : user;
    const value = valueOf(bytes, user.value);
    if (!value.ok) return value;
    return ok(value.value === '' ? undefined : Secret.take(Buffer.from(value.value, 'latin1')));
  },

  put(bytes, slot, secret) {
    if (!bytes) return fail('changed');
    const user = locate(bytes, slot);
    if (!user.ok) return user;
    const old = valueOf(bytes, user.value);
    if (!old.ok) return old;
    return secret.use((password) => {
      if (password.length === 0) return fail('format-cannot-hold');
      if (Buffer.from(old.value, 'latin1').equals(password)) return ok(bytes);
      if (breaksLine(password)) return fail('format-cannot-hold');
      return write(bytes, user.value, quoteForFetchmail(password.toString('latin1')));
    });
  },
};

function locate(bytes: Bytes, slot: Slot): Result<FetchmailUser> {
  const servers = readFetchmail(bytes.toString('latin1'));
  if (!servers.ok) return servers;
  const found = servers.value
    .flatMap(({ users }) => users)
    .find(
      (user) =>
        user.slot['server'] === slot['server'] &&
        user.slot['user'] === slot['user'] &&
        user.slot['nth'] === slot['nth'],
    );
  return found ? ok(found) : fail('changed');
}

/** Empty where there is none. Behind a closing quote fetchmail needs a blank, or it may take the quotes literally. */
export function valueOf(bytes: Bytes, { password, elsewhere }: FetchmailUser): Result<string> {
  if (elsewhere !== undefined) return fail('unsupported', undefined, elsewhere);
  const next = password && String.fromCharCode(bytes[password.to] ?? 0x0a);
  if (next !== undefined && !/[=;:, \t\r\n]/.test(next)) {
    return fail('unsupported', undefined, 'no blank behind the password');
  }
  return ok(password?.value ?? '');
}

function write(bytes: Bytes, { password, place }: FetchmailUser, quoted: string): Result<Bytes> {
  if (password) return ok(splice(bytes, password.from, password.to, Buffer.from(quoted, 'latin1')));
  if (!place) return fail('unsupported', undefined, 'a user without a name');
  return ok(splice(bytes, place.to, place.to, Buffer.from(` password ${quoted}`, 'latin1')));
}
