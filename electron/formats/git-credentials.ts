import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { breaksLine, splice } from './single-line.ts';

/** One line that git-credential-store would answer with. */
export interface GitCredential {
  readonly protocol: string;
  readonly login: string;
  /** As git compares it, with the port where there is one: `smtp.example.org:587`. */
  readonly host: string;
  /** Which of several lines with the same protocol, login and host, from 1. */
  readonly nth: number;
  readonly passwordStart: number;
  readonly passwordEnd: number;
}

/** `scheme://user:password@host/path`, split where credential.c splits it: the first `@`, and the first `:` before. */
const LINE = /^((?:(?!:\/\/).)+):\/\/([^:@/?#]*):([^@/?#]*)@([^/?#]*)(.*)$/s;

/**
 * The lines of a `git credential-store` file that hold a login and a password; git skips all others.
 * A CR at the end of a line belongs to the host, as in git.
 */
export function parseGitCredentials(bytes: Bytes): readonly GitCredential[] {
  const found: GitCredential[] = [];
  const seen = new Map<string, number>();
  let start = 0;
  for (const line of bytes.toString('latin1').split('\n')) {
    const parts = readLine(line);
    if (parts) {
      const name = JSON.stringify([parts.protocol, parts.login, parts.host]);
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      const { passwordStart, passwordEnd } = parts;
      found.push({
        ...parts,
        nth,
        passwordStart: start + passwordStart,
        passwordEnd: start + passwordEnd,
      });
    }
    start += line.length + 1;
  }
  return found;
}

function readLine(line: string): Omit<GitCredential, 'nth'> | undefined {
  const [, protocol = '', user = '', password = '', rawHost = '', path = ''] = LINE.exec(line) ?? [];
  const [login, host] = [decode(user).toString('utf8'), decode(rawHost).toString('utf8')];
  if (login === '' || password === '' || host.trim() === '') return undefined;
  if ([user, password, rawHost, path].some((part) => decode(part).includes(0x0a))) return undefined;
  const passwordStart = protocol.length + '://'.length + user.length + 1;
  return { protocol, login, host, passwordStart, passwordEnd: passwordStart + password.length };
}

/** git's url.c: what stands before a `:` is taken for a scheme and not decoded; `%00` and broken escapes stay. */
function decode(view: string): Buffer {
  const colon = view.indexOf(':');
  const decoded = view
    .slice(Math.max(colon, 0))
    .replace(/%([0-9a-fA-F]{2})/g, (escape, hex: string) =>
      hex === '00' ? escape : String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(view.slice(0, Math.max(colon, 0)) + decoded, 'latin1');
}

/** The slot of a line: `{ protocol, login, host, nth? }`, `nth` only from the second such line on. */
export const gitCredentialSlot = ({ protocol, login, host, nth }: GitCredential): Slot => ({
  protocol,
  login,
  host,
  ...(nth === 1 ? {} : { nth }),
});

/**
 * One line of a `git credential-store` file. Only the password is rewritten, percent-encoded as
 * builtin/credential-store.c does it: RFC 3986 unreserved characters stay, everything else in lower-case hex.
 * Problems: `changed` (the line is gone), `format-cannot-hold` (line breaks and NUL, which git's own
 * credential protocol cannot carry).
 */
export const gitCredentials: Lens = {
  id: 'git-credentials',
  get(bytes, slot) {
    const line = locate(bytes, slot);
    return line.ok ? ok(Secret.take(passwordOf(bytes, line.value))) : ok(undefined);
  },
  put(bytes, slot, secret) {
    if (!bytes) return fail('changed');
    const line = locate(bytes, slot);
    if (!line.ok) return line;
    return secret.use((plain) => {
      if (plain.equals(passwordOf(bytes, line.value))) return ok(bytes);
      if (plain.length === 0 || breaksLine(plain)) return fail('format-cannot-hold');
      return ok(splice(bytes, line.value.passwordStart, line.value.passwordEnd, encode(plain)));
    });
  },
};

function locate(bytes: Bytes, slot: Slot): Result<GitCredential> {
  const line = parseGitCredentials(bytes).find(
    ({ protocol, login, host, nth }) =>
      protocol === slot['protocol'] &&
      login === slot['login'] &&
      host === slot['host'] &&
      nth === (slot['nth'] ?? 1),
  );
  return line ? ok(line) : fail('changed');
}

const passwordOf = (bytes: Bytes, { passwordStart, passwordEnd }: GitCredential): Buffer =>
  decode(bytes.toString('latin1', passwordStart, passwordEnd));

function encode(plain: Bytes): Bytes {
  const parts = [...plain].map((byte) => {
    const char = String.fromCharCode(byte);
    return /[A-Za-z0-9._~-]/.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`;
  });
  return Buffer.from(parts.join(''), 'latin1');
}
