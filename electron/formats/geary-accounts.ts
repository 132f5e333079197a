import type { Entry, Tls } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { KeyFile } from './key-file.ts';

/** A server of a Geary account, and whose password it takes. */
export interface GearyLogin extends Pick<Entry, 'login' | 'host' | 'port' | 'tls'> {
  readonly protocol: 'imap' | 'smtp';
  /** The service whose item holds the password: an account may send with what it reads with. */
  readonly passwordOf: Pick<GearyLogin, 'protocol' | 'login' | 'host'>;
}

export interface GearyAccount {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly services: readonly GearyLogin[];
}

/**
 * The account in a `geary.ini` of version 1 or of the time before versions; undefined for accounts that the desktop's
 * settings hold, `unsupported` for later versions (src/client/accounts/accounts-manager.vala).
 */
export function gearyAccount(file: KeyFile): Result<GearyAccount | undefined> {
  if (file.text('Metadata', 'goa_id') !== undefined) return ok(undefined);
  if (!file.has('Metadata')) return ok(file.has(LEGACY) ? account(legacyDialect(file)) : undefined);
  return file.count('Metadata', 'version') === 1 ? ok(account(currentDialect(file))) : fail('unsupported');
}

const LEGACY = 'AccountInformation';

/** One of the two spellings of the same facts. */
interface Dialect {
  readonly provider: string;
  readonly name: string;
  readonly addresses: readonly string[];
  login(of: Side): string | undefined;
  host(of: Side): string | undefined;
  port(of: Side): number | undefined;
  tls(of: Side): Tls | undefined;
  /** Otherwise Geary asks at every start and looks nowhere. */
  remembers(of: Side): boolean;
  readonly sends: 'none' | 'use-incoming' | 'custom';
}

type Side = 'imap' | 'smtp';

function account(dialect: Dialect): GearyAccount {
  const incoming = serviceOf(dialect, 'imap');
  const own = serviceOf(dialect, 'smtp');
  const outgoing =
    dialect.sends === 'use-incoming' && own.host !== ''
      ? { ...own, login: incoming.login, passwordOf: incoming.passwordOf }
      : own;
  const services = dialect.sends === 'none' ? [incoming] : [incoming, outgoing];
  return {
    name: dialect.name,
    addresses: dialect.addresses,
    services: services.filter(
      ({ login, host, passwordOf }) => login !== '' && host !== '' && dialect.remembers(passwordOf.protocol),
    ),
  };
}

function serviceOf(dialect: Dialect, protocol: Side): GearyLogin {
  const known = HOSTS[dialect.provider.toLowerCase()];
  const login = dialect.login(protocol) ?? '';
  const host = known?.[protocol] ?? dialect.host(protocol) ?? '';
  const port = known ? undefined : dialect.port(protocol);
  const tls = known ? undefined : dialect.tls(protocol);
  return {
    protocol,
    login,
    host,
    ...(port === undefined || port > 65_535 ? {} : { port }),
    ...(tls === undefined ? {} : { tls }),
    passwordOf: { protocol, login, host },
  };
}

/** Providers whose servers Geary knows by heart (src/engine/imap-engine/). */
const HOSTS: Readonly<Record<string, Readonly<Record<Side, string>>>> = {
  gmail: { imap: 'imap.gmail.com', smtp: 'smtp.gmail.com' },
  outlook: { imap: 'imap-mail.outlook.com', smtp: 'smtp-mail.outlook.com' },
  yahoo: { imap: 'imap.mail.yahoo.com', smtp: 'smtp.mail.yahoo.com' },
};

const GROUPS: Readonly<Record<Side, string>> = { imap: 'Incoming', smtp: 'Outgoing' };
const TLS: Readonly<Record<string, Tls>> = { none: 'none', 'start-tls': 'starttls', transport: 'implicit' };

function currentDialect(file: KeyFile): Dialect {
  const credentials = file.text('Outgoing', 'credentials')?.toLowerCase();
  const addresses = file.list('Account', 'sender_mailboxes').map(addressIn);
  return {
    provider: file.text('Account', 'service_provider') ?? '',
    name: file.text('Account', 'label') || (addresses[0] ?? ''),
    addresses,
    login: (side) => file.text(GROUPS[side], 'login'),
    host: (side) => file.text(GROUPS[side], 'host'),
    port: (side) => file.count(GROUPS[side], 'port'),
    tls: (side) => TLS[file.text(GROUPS[side], 'transport_security')?.toLowerCase() ?? ''],
    remembers: (side) => file.flag(GROUPS[side], 'remember_password', true),
    sends: credentials === 'none' || credentials === 'custom' ? credentials : 'use-incoming',
  };
}

function legacyDialect(file: KeyFile): Dialect {
  const address = file.text(LEGACY, 'primary_email') ?? '';
  const flag = (key: string, fallback: boolean): boolean => file.flag(LEGACY, key, fallback);
  const withIncoming = flag('smtp_use_imap_credentials', true);
  return {
    provider: file.text(LEGACY, 'service_provider') ?? '',
    name: file.text(LEGACY, 'nickname') || address,
    addresses: [address, ...file.list(LEGACY, 'alternate_emails').map(addressIn)],
    login: (side) => file.text(LEGACY, `${side}_username`) ?? address,
    host: (side) => file.text(LEGACY, `${side}_host`),
    port: (side) => file.count(LEGACY, `${side}_port`),
    tls: (side) => {
      if (flag(`${side}_ssl`, side === 'imap')) return 'implicit';
      return flag(`${side}_starttls`, true) ? 'starttls' : 'none';
    },
    remembers: (side) => flag(`${side}_remember_password`, true),
    sends: withIncoming ? 'use-incoming' : flag('smtp_noauth', false) ? 'none' : 'custom',
  };
}

/** The address in `Name <address>`. */
const addressIn = (mailbox: string): string => /<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox.trim();
