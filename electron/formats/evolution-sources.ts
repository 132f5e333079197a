import type { Protocol, Tls } from '../../shared/model.ts';
import type { KeyFile } from './key-file.ts';

/** One source of Evolution's registry: a mail account, a calendar, or what holds several of them together. */
export interface Source {
  readonly uid: string;
  readonly file: KeyFile;
}

export type Sources = ReadonlyMap<string, Source>;

/** A source that logs in somewhere. */
export interface EvolutionLogin {
  readonly source: Source;
  /** What kind of source it is, as the file names it. */
  readonly type: string;
  readonly backend: string;
  readonly protocol: Protocol;
}

/** The groups that make a source a service, in the order in which the library names an item after them. */
const TYPES = [
  'Address Book',
  'Calendar',
  'Mail Account',
  'Mail Transport',
  'Memo List',
  'Task List',
  'Collection',
] as const;

/** Backends that log in with a password. What is local, read over plain http or signed in to otherwise has none. */
const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  imap: 'imap',
  imapx: 'imap',
  pop: 'pop3',
  smtp: 'smtp',
  ews: 'ews',
  caldav: 'dav',
  carddav: 'dav',
  webdav: 'dav',
  'webdav-notes': 'dav',
  webcal: 'dav',
  google: 'dav',
  outlook: 'other',
  microsoft365: 'other',
  ldap: 'other',
  nntp: 'other',
};

export function serviceOf(source: Source): EvolutionLogin | undefined {
  const type = TYPES.find((each) => source.file.has(each));
  if (type === undefined) return undefined;
  const backend = source.file.text(type, 'BackendName') ?? '';
  const protocol = PROTOCOLS[backend];
  return protocol && { source, type, backend, protocol };
}

/** The source and what it belongs to, from the inside out. */
export function ancestry(source: Source, sources: Sources): readonly Source[] {
  const chain: Source[] = [];
  let next: Source | undefined = source;
  while (next && !chain.includes(next)) {
    chain.push(next);
    next = sources.get(next.file.text('Data Source', 'Parent') ?? '');
  }
  return chain;
}

/** The desktop's account service holds the password then, and Evolution none. */
export const isKeptElsewhere = (chain: readonly Source[]): boolean =>
  chain.some(({ file }) => file.has('GNOME Online Accounts') || file.has('Ubuntu Online Accounts')) ||
  chain[0]?.file.flag(AUTHENTICATION, 'IsExternal', false) === true;

const AUTHENTICATION = 'Authentication';

/**
 * The sources under whose uid the password may be kept: the collection if it may serve, else the source itself. Two
 * where it depends on the version of the data server.
 */
export function credentialSources(
  chain: readonly [Source, ...Source[]],
): readonly [Source] | readonly [Source, Source] {
  const [source] = chain;
  const collection = chain.find(({ file }) => file.has('Collection'));
  if (!collection || collection === source || !collectionServes(collection, source)) return [source];
  return sinceRelease350(collection, source) ? [collection, source] : [collection];
}

/** `e_util_can_use_collection_as_credential_source` (src/libedataserver/e-data-server-util.c). */
function collectionServes(collection: Source, child: Source): boolean {
  if (!child.file.has(AUTHENTICATION)) return true;
  if (!collection.file.has(AUTHENTICATION)) return false;
  const [host, ownHost] = [textIn(collection, 'Host'), textIn(child, 'Host')];
  if (host === '' ? ownHost === '' : !(ownHost === '' || same(host, ownHost))) return false;
  const [user, ownUser] = [textIn(collection, 'User'), textIn(child, 'User')];
  if (!(ownUser === '' || same(user, ownUser))) return false;
  const [method, ownMethod] = [methodIn(collection), methodIn(child)];
  return method === 'none' || ownMethod === 'none' || method === ownMethod;
}

/** A collection that names no method serves a child that names one since 3.50 (GNOME/evolution-data-server#493). */
const sinceRelease350 = (collection: Source, child: Source): boolean =>
  child.file.has(AUTHENTICATION) && methodIn(collection) === 'none' && methodIn(child) !== 'none';

const methodIn = (source: Source): string => textIn(source, 'Method').toLowerCase() || 'none';

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const textIn = ({ file }: Source, key: string): string => file.text(AUTHENTICATION, key) ?? '';

/** What is said of the login, by the source itself or by what holds its password. */
export const loginText = (source: Source, holder: Source, key: 'User' | 'Host' | 'Method'): string =>
  textIn(source, key) || textIn(holder, key);

/** `password`, `oauth`, or nothing where no password is sent. What is not known is taken for a token. */
export function authOf(
  { protocol, source }: EvolutionLogin,
  holder: Source,
): 'password' | 'oauth' | undefined {
  const method = loginText(source, holder, 'Method').toLowerCase();
  // A mail server that asks for no login is configured by leaving the mechanism out (camel-network-settings.c).
  if (protocol === 'smtp' && (method === '' || method === 'none')) return undefined;
  if (method === 'gssapi' || method === 'anonymous') return undefined;
  if (PASSWORD_METHODS.has(method) || method.startsWith('scram-')) return 'password';
  return 'oauth';
}

const PASSWORD_METHODS: ReadonlySet<string> = new Set([
  '',
  'none',
  'plain',
  'plain/password',
  'basic',
  'login',
  'ntlm',
  'digest',
  'digest-md5',
  'cram-md5',
  '+apop',
  'popb4smtp',
  'ldap/simple-binddn',
  'ldap/simple-email',
]);

/** Methods of `ESourceSecurity` (src/libedataserver/e-source-security.c, camel/camel-enums.h). */
const TLS: Readonly<Record<string, Tls>> = {
  none: 'none',
  'ssl-on-alternate-port': 'implicit',
  'starttls-on-standard-port': 'starttls',
  tls: 'implicit',
};

export const tlsOf = ({ file }: Source): Tls | undefined => TLS[file.text('Security', 'Method') ?? ''];

/** The host that the source states, or the one of its Exchange address. */
export function hostOf(source: Source, holder: Source): string {
  const url = [source, holder].map(({ file }) => file.text('Ews Backend', 'Hosturl')).find(Boolean) ?? '';
  const behindUrl = URL.canParse(url) ? new URL(url).hostname : '';
  return loginText(source, holder, 'Host') || behindUrl;
}

/** The addresses of the identities that belong to a mail account or send through a transport. */
export function addressesOf({ uid, file }: Source, sources: Sources): readonly string[] {
  const identities = [...sources.values()].filter(
    (each) =>
      each.uid === file.text('Mail Account', 'IdentityUid') ||
      each.file.text('Mail Submission', 'TransportUid') === uid,
  );
  return [...new Set(identities.flatMap((each) => each.file.text('Mail Identity', 'Address') || []))];
}
