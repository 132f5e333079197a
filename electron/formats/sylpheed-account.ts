import type { Entry, Tls } from '../../shared/model.ts';
import { flagOf, numberOf, type PrefsBlock, textOf } from './sylpheed-prefs.ts';

/** Where Sylpheed and Claws Mail have gone different ways. */
export interface Dialect {
  receives(block: PrefsBlock): 'imap' | 'pop3' | 'news' | undefined;
  /** `undefined` where no password is sent. */
  auth(block: PrefsBlock, protocol: 'imap' | 'pop3' | 'smtp'): Entry['auth'] | undefined;
}

/** One login of an account, and which of the account's two passwords it takes. */
export interface AccountLogin extends Pick<
  Entry,
  'login' | 'host' | 'port' | 'tls' | 'auth' | 'addresses' | 'protocols'
> {
  readonly password: 'receiving' | 'sending';
}

/**
 * The logins of one `[Account: n]` block. Who gives no user name for sending sends with the name and the password of
 * receiving (`send_message_smtp` in src/send_message.c of both programs); that slot is a token if either use of it is.
 */
export function accountLogins(block: PrefsBlock, dialect: Dialect): readonly AccountLogin[] {
  const found = [receiving(block, dialect), sending(block, dialect)].filter((login) => login !== undefined);
  const tokens = new Set(found.filter(({ auth }) => auth === 'oauth').map(({ password }) => password));
  return found.map((login) => (tokens.has(login.password) ? { ...login, auth: 'oauth' } : login));
}

function receiving(block: PrefsBlock, dialect: Dialect): AccountLogin | undefined {
  const protocol = dialect.receives(block);
  if (protocol === undefined) return undefined;
  const login = { password: 'receiving', login: textOf(block, 'user_id'), ...addresses(block) } as const;
  if (protocol === 'news') {
    const host = textOf(block, 'nntp_server');
    return flagOf(block, 'use_nntp_auth') && host !== ''
      ? { ...login, protocols: ['other'], host, auth: 'password' }
      : undefined;
  }
  const auth = dialect.auth(block, protocol);
  const host = textOf(block, 'receive_server');
  if (auth === undefined || host === '') return undefined;
  return { ...login, protocols: [protocol], host, auth, ...connection(block, protocol) };
}

function sending(block: PrefsBlock, dialect: Dialect): AccountLogin | undefined {
  const host = textOf(block, 'smtp_server');
  const auth = dialect.auth(block, 'smtp');
  if (!flagOf(block, 'use_smtp_auth') || flagOf(block, 'use_mail_command') || host === '' || !auth)
    return undefined;
  const own = textOf(block, 'smtp_user_id');
  return {
    password: own === '' ? 'receiving' : 'sending',
    protocols: ['smtp'],
    login: own || textOf(block, 'user_id'),
    host,
    auth,
    ...connection(block, 'smtp'),
    ...addresses(block),
  };
}

/** `SSLType` of both programs: none, from the first byte, STARTTLS. */
const TLS: readonly Tls[] = ['none', 'implicit', 'starttls'];

interface Keys {
  readonly tls: string;
  readonly set: string;
  readonly port: string;
  /** Without and with TLS from the first byte. */
  readonly usual: readonly [number, number];
}

const KEYS: Readonly<Record<'imap' | 'pop3' | 'smtp', Keys>> = {
  imap: { tls: 'ssl_imap', set: 'set_imapport', port: 'imap_port', usual: [143, 993] },
  pop3: { tls: 'ssl_pop', set: 'set_popport', port: 'pop_port', usual: [110, 995] },
  smtp: { tls: 'ssl_smtp', set: 'set_smtpport', port: 'smtp_port', usual: [25, 465] },
};

/** Both programs write every key; what they take for one that is not there depends on how they were built. */
function connection(
  block: PrefsBlock,
  protocol: 'imap' | 'pop3' | 'smtp',
): { readonly port?: number; readonly tls?: Tls } {
  const keys = KEYS[protocol];
  const tls = TLS[numberOf(block, keys.tls, -1)];
  const [plain, implicit] = keys.usual;
  const usual = tls && (tls === 'implicit' ? implicit : plain);
  const port = flagOf(block, keys.set) ? numberOf(block, keys.port, plain) : usual;
  const isPort = port !== undefined && port > 0 && port < 65536;
  return { ...(isPort ? { port } : {}), ...(tls === undefined ? {} : { tls }) };
}

function addresses(block: PrefsBlock): { addresses?: readonly string[] } {
  const address = textOf(block, 'address');
  return address === '' ? {} : { addresses: [address] };
}
