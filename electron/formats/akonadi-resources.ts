import type { Protocol, Tls } from '../../shared/model.ts';
import type { KConfig } from './kconfig.ts';

/** A login of KDE's mail programs, and where in the desktop's wallet its password is. */
export interface KdeLogin {
  /** What the user calls the account; empty where it has no name. */
  readonly name: string;
  readonly folder: string;
  readonly entry: string;
  readonly protocol: Protocol;
  readonly login: string;
  readonly host: string;
  readonly port?: number;
  readonly tls?: Tls;
  readonly addresses?: readonly string[];
  readonly auth: 'password' | 'oauth';
}

const RESOURCE = /^(akonadi_(imap|pop3|ews|davgroupware)_resource_\d+)rc$/;

/** The Akonadi instance that a configuration file belongs to: the file's name without its `rc`. */
export const instanceOf = (file: string): string | undefined => RESOURCE.exec(file)?.[1];

/** `MailTransport::TransportBase::EnumAuthenticationType`. */
const GSSAPI = 4;
const XOAUTH2 = 9;

/**
 * The logins in the configuration file of an Akonadi resource (kdepim-runtime, resources/<kind>/*.kcfg and
 * settings.cpp). A resource that signs in with a ticket has none.
 */
export function resourceLogins(file: string, config: KConfig): readonly KdeLogin[] {
  const [, instance, kind] = RESOURCE.exec(file) ?? [];
  if (instance === undefined) return [];
  const logins = kind === 'imap' ? imap : kind === 'pop3' ? pop3 : kind === 'ews' ? ews : dav;
  return logins(instance, config).filter(({ login, host }) => login !== '' && host !== '');
}

function imap(instance: string, config: KConfig): readonly KdeLogin[] {
  const text = (key: string): string => config.text('network', key) ?? '';
  const entry = `${instance}rc`;
  const account = { name: text('name'), folder: 'imap', host: text('ImapServer').trim() };
  const override = text('OverrideEncryption') || text('Safety') || 'SSL';
  const auth = authOf(config.count('network', 'Authentication') ?? 1);
  const own: readonly KdeLogin[] = auth
    ? [
        {
          ...account,
          entry,
          protocol: 'imap',
          login: text('UserName'),
          port: config.port('network', 'ImapPort') ?? 993,
          tls: IMAP_TLS[override] ?? (override === text('OverrideEncryption') ? 'implicit' : 'none'),
          auth,
        },
      ]
    : [];
  return [...own, ...sieve(entry, account, config)];
}

/** `Settings::loadAccount`; what else is written there means no protection. */
const IMAP_TLS: Readonly<Record<string, Tls>> = {
  SSL: 'implicit',
  SSLV2: 'implicit',
  SSLV3: 'implicit',
  TLSV1: 'implicit',
  STARTTLS: 'starttls',
  UNENCRYPTED: 'none',
};

/** The mail filters' server, where it has a password of its own. */
function sieve(
  entry: string,
  account: Pick<KdeLogin, 'name' | 'folder' | 'host'>,
  config: KConfig,
): readonly KdeLogin[] {
  const text = (key: string): string => config.text('siever', key) ?? '';
  const own = text('SieveCustomAuthentification') === 'CustomUserPassword';
  if (!own || !config.flag('siever', 'SieveSupport', false)) return [];
  const login = text('SieveCustomUsername');
  return [{ ...account, entry: `custom_sieve_${entry}`, protocol: 'other', login, auth: 'password' }];
}

function pop3(instance: string, config: KConfig): readonly KdeLogin[] {
  const text = (key: string): string => config.text('General', key) ?? '';
  const auth = authOf(config.count('General', 'authenticationMethod') ?? 7);
  if (!auth) return [];
  const implicit = config.flag('General', 'useSSL', false);
  const tls = implicit ? 'implicit' : config.flag('General', 'useTLS', false) ? 'starttls' : 'none';
  const port = config.port('General', 'port') ?? 110;
  const account = { name: text('name'), folder: 'pop3', entry: instance, login: text('login') };
  return [{ ...account, protocol: 'pop3', host: text('host').trim(), port, tls, auth }];
}

function ews(instance: string, config: KConfig): readonly KdeLogin[] {
  const text = (key: string): string => config.text('General', key) ?? '';
  const domain = config.flag('General', 'HasDomain', true) ? text('Domain') : '';
  const user = text('Username');
  const email = text('Email');
  return [
    {
      name: email,
      folder: 'akonadi-ews',
      entry: `${instance}rc`,
      protocol: 'ews',
      login: domain === '' ? user : `${domain}\\${user}`,
      host: hostOf(text('BaseUrl') || 'https://outlook.office365.com/EWS/Exchange.asmx'),
      ...(email === '' ? {} : { addresses: [email] }),
      auth: (text('AuthMode') || 'username-password') === 'username-password' ? 'password' : 'oauth',
    },
  ];
}

const DEFAULT_USER = '$default$';

/** Each address names its user, or that it takes the resource's own, whose password all of those share. */
function dav(instance: string, config: KConfig): readonly KdeLogin[] {
  const name = config.text('General', 'displayName') ?? '';
  const common = config.text('General', 'defaultUsername') ?? '';
  const logins = config.list('General', 'remoteUrls').flatMap((serialised): readonly KdeLogin[] => {
    const [user, protocol, url, ...more] = serialised.split('|');
    if (!user || !protocol || !url || more.length > 0) return [];
    const entry = user === DEFAULT_USER ? `${instance},${user}` : `${url},${protocol},${user}`;
    const login = user === DEFAULT_USER ? common : user;
    return [
      { name, folder: 'Passwords', entry, protocol: 'dav', login, host: hostOf(url), auth: 'password' },
    ];
  });
  const seen = new Set<string>();
  return logins.filter(({ entry, host }) => {
    const key = JSON.stringify([entry, host]);
    return !seen.has(key) && seen.add(key);
  });
}

/** Undefined where no password is kept at all. */
const authOf = (type: number): KdeLogin['auth'] | undefined =>
  type === GSSAPI ? undefined : type === XOAUTH2 ? 'oauth' : 'password';

/** As `QUrl::fromUserInput` takes it: a scheme may be missing. */
function hostOf(url: string): string {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `https://${url}`;
  return URL.canParse(whole) ? new URL(whole).hostname : '';
}
