import type { Protocol, Tls } from '../../shared/model.ts';
import { listPref, numberPref, textPref, type Prefs } from '../formats/mozilla-prefs.ts';
import type { WantedLogin } from '../formats/mozilla-logins-file.ts';

/** One server of a profile for which Thunderbird asks its login store. */
export interface Server extends WantedLogin {
  /** What the user calls it. */
  readonly label: string;
  readonly protocol: Protocol;
  readonly host: string;
  readonly port?: number;
  readonly tls?: Tls;
  readonly addresses: readonly string[];
  readonly auth: 'password' | 'oauth';
  /** A server that signs in with a password takes the one of an incoming server (`SmtpServer.sys.mjs`). */
  readonly borrows: boolean;
  /** Thunderbird can do without a login of its own here, so a missing one is no fault. */
  readonly optional: boolean;
}

type Type = 'imap' | 'pop3' | 'smtp' | 'ews' | 'graph';

/**
 * Protocol, scheme of the stored login (`MsgPasswordAuthModule.cpp`: POP3 has that of its local store) and the
 * default ports, without and with TLS. Graph is Exchange too, and signs in with tokens only.
 */
const TYPES: Readonly<
  Record<Type, { protocol: Protocol; scheme: string; ports?: readonly [number, number] }>
> = {
  imap: { protocol: 'imap', scheme: 'imap', ports: [143, 993] },
  pop3: { protocol: 'pop3', scheme: 'mailbox', ports: [110, 995] },
  smtp: { protocol: 'smtp', scheme: 'smtp', ports: [587, 465] },
  ews: { protocol: 'ews', scheme: 'ews' },
  graph: { protocol: 'ews', scheme: 'graph' },
};

const isType = (text: string): text is Type => Object.hasOwn(TYPES, text);

/** nsMsgAuthMethod: old, cleartext, encrypted, NTLM, secure, anything; the others store no password. */
const PASSWORD_METHODS: readonly number[] = [2, 3, 4, 6, 8, 9];
const CLEARTEXT = 3;
const OAUTH2 = 10;

/** nsMsgSocketType; 1 is the former "STARTTLS if available". */
const TLS_MODES: readonly (Tls | undefined)[] = ['none', 'starttls', 'starttls', 'implicit'];

/** The servers of a profile: those of its accounts, then the outgoing ones. Feeds and newsgroups are left out. */
export function serversOf(prefs: Prefs): readonly Server[] {
  const incoming = accountsOf(prefs).flatMap((account) => incomingServers(prefs, account));
  const outgoing = listPref(prefs, 'mail.smtpservers').flatMap((key) =>
    outgoingServers(prefs, key, incoming),
  );
  const seen = new Set<string>();
  return [...incoming, ...outgoing].filter((server) => {
    const { origin, username, protocol, port, auth } = server;
    const identity = JSON.stringify([origin, username, protocol, port, auth]);
    return !seen.has(identity) && seen.add(identity);
  });
}

interface MailAccount {
  readonly server: string;
  readonly identities: readonly string[];
}

const accountsOf = (prefs: Prefs): readonly MailAccount[] =>
  [...new Set(listPref(prefs, 'mail.accountmanager.accounts'))].map((key) => ({
    server: textPref(prefs, `mail.account.${key}.server`),
    identities: listPref(prefs, `mail.account.${key}.identities`),
  }));

/** One server, or two for an account that was edited in an old version: `real...` held the effective values. */
function incomingServers(prefs: Prefs, { server, identities }: MailAccount): readonly Server[] {
  const branch = `mail.server.${server}.`;
  const type = textPref(prefs, `${branch}type`);
  if (!isType(type) || type === 'smtp') return [];
  const host = textPref(prefs, `${branch}hostname`);
  const username = textPref(prefs, `${branch}userName`);
  const realHost = textPref(prefs, `${branch}realhostname`) || host;
  const realUser = textPref(prefs, `${branch}realuserName`) || username;
  const given: Given = {
    type,
    host: realHost,
    username: realUser,
    label: textPref(prefs, `${branch}name`),
    socket: numberPref(prefs, `${branch}socketType`) ?? (prefs.get(`${branch}isSecure`) === true ? 3 : 0),
    port: numberPref(prefs, `${branch}port`),
    method: numberPref(prefs, `${branch}authMethod`) ?? CLEARTEXT,
    url: textPref(prefs, `${branch}ews_url`),
    addresses: addressesOf(prefs, identities),
    borrows: false,
    optional: false,
  };
  const edited = realHost !== host || realUser !== username;
  return [...serverOf(given), ...(edited ? serverOf({ ...given, host, username, optional: true }) : [])];
}

function outgoingServers(prefs: Prefs, key: string, incoming: readonly Server[]): readonly Server[] {
  const branch = `mail.smtpserver.${key}.`;
  const type = textPref(prefs, `${branch}type`) || 'smtp';
  if (type !== 'smtp' && type !== 'ews' && type !== 'graph') return [];
  const url = textPref(prefs, `${branch}ews_url`);
  const host = urlHost(url) || textPref(prefs, `${branch}hostname`);
  const username = textPref(prefs, `${branch}username`);
  const senders = sendersOf(prefs, key);
  const borrows = borrowsPassword(prefs, branch, host, username, incoming);
  return serverOf({
    type,
    host,
    username,
    url,
    label: textPref(prefs, `${branch}description`),
    socket: numberPref(prefs, `${branch}try_ssl`) ?? 0,
    port: numberPref(prefs, `${branch}port`),
    method:
      numberPref(prefs, `${branch}authMethod`) ?? numberPref(prefs, `${branch}auth_method`) ?? CLEARTEXT,
    addresses: addressesOf(
      prefs,
      senders.filter(({ tied }) => tied).map(({ identity }) => identity),
    ),
    borrows,
    optional: senders.length === 0 || borrows,
  });
}

/** Identities that send through this server; one without a choice of its own uses the default server. */
function sendersOf(prefs: Prefs, key: string): readonly Sender[] {
  const standard = textPref(prefs, 'mail.smtp.defaultserver') || listPref(prefs, 'mail.smtpservers')[0];
  const username = textPref(prefs, `mail.smtpserver.${key}.username`);
  return accountsOf(prefs).flatMap(({ server, identities }) =>
    identities.flatMap((identity) => {
      const chosen = textPref(prefs, `mail.identity.${identity}.smtpServer`);
      const sameUser = textPref(prefs, `mail.server.${server}.userName`) === username;
      return (chosen || standard) === key ? [{ identity, tied: chosen !== '' || sameUser }] : [];
    }),
  );
}

/** `tied`: not merely sent through the default server, which may be another person's. */
interface Sender {
  readonly identity: string;
  readonly tied: boolean;
}

/** Whether an outgoing server uses the password of an incoming one (`SmtpServer.sys.mjs`, getter `password`). */
function borrowsPassword(
  prefs: Prefs,
  branch: string,
  host: string,
  username: string,
  incoming: readonly Server[],
): boolean {
  if (textPref(prefs, `${branch}incomingAccount`) !== '') return true;
  const name = (text: string): string => text.slice(0, Math.max(0, text.indexOf('.')));
  const sameHost = prefs.get('mail.smtp.useMatchingHostNameServer') === true;
  const sameName = prefs.get('mail.smtp.useMatchingDomainServer') === true && name(host) !== '';
  return incoming.some(
    (server) =>
      server.username === username &&
      ((sameHost && server.host === host) || (sameName && name(server.host) === name(host))),
  );
}

interface Given {
  readonly type: Type;
  readonly host: string;
  readonly username: string;
  readonly label: string;
  readonly socket: number;
  readonly port: number | undefined;
  readonly method: number;
  readonly url: string;
  readonly addresses: readonly string[];
  readonly borrows: boolean;
  readonly optional: boolean;
}

function serverOf(given: Given): readonly Server[] {
  const { type, username, label, addresses, borrows, optional, method } = given;
  const { protocol, scheme, ports } = TYPES[type];
  const host = given.host || urlHost(given.url);
  const oauth = type === 'graph' || method === OAUTH2;
  if (host === '' || username === '' || !(oauth || PASSWORD_METHODS.includes(method))) return [];
  const tls = ports ? TLS_MODES[given.socket] : urlTls(given.url);
  const port = given.port !== undefined && given.port > 1 ? given.port : ports?.[tls === 'implicit' ? 1 : 0];
  return [
    {
      protocol,
      origin: `${scheme}://${bracketed(host)}`,
      username,
      label: label || `${username} on ${host}`,
      host,
      addresses,
      borrows: borrows && !oauth,
      optional,
      auth: oauth ? 'oauth' : 'password',
      ...(port === undefined || !ports ? {} : { port }),
      ...(tls === undefined ? {} : { tls }),
    },
  ];
}

/** An IPv6 address stands in brackets in the origin. */
const bracketed = (host: string): string => (/^[^[].*:/.test(host) ? `[${host}]` : host);

/** Whether the stored password of a server that signs in with a token is of no use: no other server borrows it. */
export const isUnread = ({ auth, protocol }: Server, servers: readonly Server[]): boolean =>
  auth === 'oauth' && (protocol === 'smtp' || !servers.some(({ borrows }) => borrows));

const urlHost = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '');

const urlTls = (url: string): Tls | undefined => (/^https:/i.test(url) ? 'implicit' : undefined);

const addressesOf = (prefs: Prefs, identities: readonly string[]): readonly string[] => [
  ...new Set(
    identities.map((id) => textPref(prefs, `mail.identity.${id}.useremail`)).filter((email) => email !== ''),
  ),
];
