import type { Entry, Tls } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes } from '../engine/ports.ts';

/** One login of a Mailspring account. */
export interface MailspringLogin extends Pick<
  Entry,
  'login' | 'host' | 'port' | 'tls' | 'auth' | 'addresses'
> {
  readonly protocol: 'imap' | 'smtp';
  /** What Mailspring calls the account. */
  readonly label: string;
}

/**
 * The logins in Mailspring's config.json (app/src/flux/models/account.ts). It holds no password of theirs: those are
 * sealed under another key of the same file, which is not looked at. `unsupported` for a file that is not of this shape.
 */
export function mailspringLogins(bytes: Bytes): Result<readonly MailspringLogin[]> {
  const settings = member(parsed(bytes), '*');
  if (settings === undefined) return fail('unsupported');
  const accounts = member(settings, 'accounts') ?? [];
  if (!Array.isArray(accounts)) return fail('unsupported');
  return ok(accounts.flatMap(loginsOf));
}

/** These sign in with a token (`onboarding-store.ts`). */
const BY_TOKEN: readonly string[] = ['gmail', 'outlook', 'office365'];

const TLS: ReadonlyMap<string, Tls> = new Map([
  ['SSL / TLS', 'implicit'],
  ['STARTTLS', 'starttls'],
  ['none', 'none'],
]);

function loginsOf(account: unknown): readonly MailspringLogin[] {
  const address = textIn(account, 'emailAddress');
  const settings = member(account, 'settings');
  const auth = BY_TOKEN.includes(textIn(account, 'provider')) ? 'oauth' : 'password';
  return (['imap', 'smtp'] as const).flatMap((protocol) => {
    const host = textIn(settings, `${protocol}_host`);
    const login = textIn(settings, `${protocol}_username`) || address;
    const port = Number(member(settings, `${protocol}_port`) ?? 0);
    const tls = TLS.get(textIn(settings, `${protocol}_security`));
    if (host === '' || login === '') return [];
    return {
      protocol,
      label: textIn(account, 'label') || address || login,
      login,
      host,
      auth,
      ...(Number.isInteger(port) && port > 0 && port < 65536 ? { port } : {}),
      ...(tls === undefined ? {} : { tls }),
      ...(address === '' ? {} : { addresses: [address] }),
    };
  });
}

function parsed(bytes: Bytes): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;

const textIn = (value: unknown, key: string): string => {
  const text = member(value, key);
  return typeof text === 'string' ? text : '';
};
