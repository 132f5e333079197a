import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Login, Post } from '../engine/ports.ts';

/** The login and the post, whose libraries are loaded at the first check: most of what Rekey does asks no server. */
export function openLateLogin(ca: readonly string[]): Login & Post {
  const opened = async (): Promise<Login & Post> => (await import('./login.ts')).openLogin({ ca });
  let login: Promise<Login & Post> | undefined;
  return {
    sendToSelf: async (...message) => (await (login ??= opened())).sendToSelf(...message),
    check: async (endpoint, password, run) => (await (login ??= opened())).check(endpoint, password, run),
  };
}

/** The PEM texts in a file that the user trusts, none where no file was named; `usage` for anything else. */
export function authoritiesIn(
  file: string | undefined,
  read: (file: string) => Result<Bytes | undefined>,
): Result<readonly string[]> {
  if (file === undefined) return ok([]);
  const bytes = read(file);
  const text = bytes.ok ? bytes.value?.toString('utf8') : undefined;
  return text?.includes('-----BEGIN CERTIFICATE-----') ? ok([text]) : fail('usage', file, 'file-unreadable');
}
