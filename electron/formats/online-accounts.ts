import type { Entry, Protocol, Tls } from '../../shared/model.ts';
import { splitHost } from './host-port.ts';
import type { KeyFile } from './key-file.ts';

/** A password of an account, and where in the account's credentials it is. */
export interface Credential extends Pick<
  Entry,
  'protocols' | 'login' | 'host' | 'port' | 'tls' | 'addresses' | 'auth'
> {
  /** The name of the account's credentials in the keyring (`goa-identity`). */
  readonly identity: string;
  /** The entry of the credentials that holds it. */
  readonly key: string;
  /** The account works without it. */
  readonly optional?: boolean;
}

export interface OnlineAccount {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly credentials: readonly Credential[];
}

const PREFIX = 'Account ';

/** The accounts in `accounts.conf`, with what each provider keeps (src/goabackend/goa*provider.c). */
export function onlineAccounts(file: KeyFile): readonly OnlineAccount[] {
  return file.groups
    .filter((group) => group.startsWith(PREFIX))
    .map((group) => {
      const id = group.slice(PREFIX.length);
      const text: Text = (key) => file.text(group, key) ?? '';
      const provider = text('Provider');
      // `<provider>:gen<N>:<id>` (src/goabackend/goautils.c); providers with passwords have stayed at generation 0.
      const identity = `${provider}:gen0:${id}`;
      const kept = PROVIDERS[provider]?.(text, (key) => file.flag(group, key, false)) ?? [];
      const credentials = kept.map((each) => ({ auth: 'password' as const, ...each, identity }));
      return { id, provider, name: text('PresentationIdentity') || text('Identity') || id, credentials };
    });
}

type Text = (key: string) => string;
type Flag = (key: string) => boolean;
type Kept = Omit<Credential, 'identity' | 'auth'> & Partial<Pick<Credential, 'auth'>>;

const PROVIDERS: Readonly<Record<string, (text: Text, flag: Flag) => readonly Kept[]>> = {
  imap_smtp: mailServers,
  exchange: (text) => [single('ews', text('Identity'), text('Host'), mailAddress(text))],
  owncloud: (text) => [single('dav', text('Identity'), hostIn(text('Uri')))],
  webdav: (text) => [
    single(
      'dav',
      text('Identity'),
      ['Uri', 'CalDavUri', 'CardDavUri'].map((key) => hostIn(text(key))).find(Boolean) ?? '',
    ),
  ],
  kerberos: ticket,
  fedora: ticket,
  google: token(['imap', 'smtp'], 'imap.gmail.com'),
  windows_live: token(['imap', 'smtp'], 'outlook.office365.com'),
  ms_graph: token(['ews'], 'outlook.office365.com'),
};

function mailServers(text: Text, flag: Flag): readonly Kept[] {
  const side = (name: 'Imap' | 'Smtp'): Pick<Kept, 'login' | 'tls' | 'host' | 'port'> => ({
    login: text(`${name}UserName`),
    tls: tlsOf(flag(`${name}UseSsl`), flag(`${name}UseTls`)),
    ...splitHost(text(`${name}Host`)),
  });
  const both = mailAddress(text);
  return [
    { key: 'imap-password', protocols: ['imap'], ...side('Imap'), ...both },
    ...(flag('SmtpUseAuth')
      ? [{ key: 'smtp-password', protocols: ['smtp'] as const, ...side('Smtp'), ...both }]
      : []),
  ];
}

const tlsOf = (implicit: boolean, starttls: boolean): Tls =>
  implicit ? 'implicit' : starttls ? 'starttls' : 'none';

function mailAddress(text: Text): Pick<Kept, 'addresses'> {
  const address = text('EmailAddress') || text('PresentationIdentity');
  return address.includes('@') ? { addresses: [address] } : {};
}

const single = (protocol: Protocol, login: string, host: string, rest: Partial<Kept> = {}): Kept => ({
  key: 'password',
  protocols: [protocol],
  login,
  host,
  ...rest,
});

/** A principal; the password is kept only if a person wished so. */
function ticket(text: Text): readonly Kept[] {
  const principal = text('Identity');
  const realm = principal.slice(principal.lastIndexOf('@') + 1);
  return [single('other', principal, principal.includes('@') ? realm : '', { optional: true })];
}

function token(protocols: readonly Protocol[], host: string): (text: Text) => readonly Kept[] {
  return (text) => [
    {
      key: 'access_token',
      protocols,
      login: text('PresentationIdentity') || text('Identity'),
      host,
      auth: 'oauth',
    },
  ];
}

const hostIn = (uri: string): string => (URL.canParse(uri) ? new URL(uri).hostname : '');
