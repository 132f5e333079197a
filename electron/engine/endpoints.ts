import type { Endpoint, Entry, Tls } from '../../shared/model.ts';
import type { Result } from '../../shared/problem.ts';
import { fail, ok } from '../../shared/problem.ts';
import { hostName, sameHost } from './server-identity.ts';
import { tlsMode, tlsOfPort } from './tls-mode.ts';

/** A server to log in to, without the login. */
export type EndpointSpec = Pick<Endpoint, 'host' | 'port' | 'tls'>;

/** What the user named instead of what the clients state. */
export interface EndpointOverrides {
  readonly imap?: EndpointSpec;
  readonly smtp?: EndpointSpec;
  readonly login?: string;
}

type Checkable = Endpoint['protocol'];

/** What one entry says about one protocol's server. */
interface Statement {
  readonly protocol: Checkable;
  readonly host: string;
  readonly port?: number;
  readonly tls?: Tls;
  readonly login: string;
}

/** The one protocol that a port is registered for: an entry with several protocols states its port for that one. */
const PORT_OF: Readonly<Record<number, Checkable>> = {
  993: 'imap',
  143: 'imap',
  465: 'smtp',
  587: 'smtp',
  25: 'smtp',
  995: 'pop3',
  110: 'pop3',
};

/** RFC 8314 §3: TLS from the first byte, unless the client says STARTTLS (RFC 3501, RFC 6409, RFC 1939). */
const DEFAULT_PORT: Readonly<Record<Checkable, Readonly<Record<'implicit' | 'starttls', number>>>> = {
  imap: { implicit: 993, starttls: 143 },
  smtp: { implicit: 465, starttls: 587 },
  pop3: { implicit: 995, starttls: 110 },
};

/**
 * Where the new password is tried: the distinct servers that the entries in scope state (the most certain first),
 * each with the spelling of the login that its most certain entry uses. IMAP comes before SMTP; POP3 takes IMAP's
 * place where there is none. Nothing is checked without TLS, so a plain gateway on this computer is left out, and so
 * is a named server where neither an entry nor the user says with which login.
 */
export function endpoints(entries: readonly Entry[], override: EndpointOverrides = {}): readonly Endpoint[] {
  const usable = entries.filter(
    (entry) => entry.auth === 'password' && !entry.backup && entry.login.trim() !== '',
  );
  const found = (protocol: Checkable): readonly Endpoint[] =>
    stated(usable.flatMap((entry) => statementsOf(entry, protocol)));
  const named = (protocol: 'imap' | 'smtp'): readonly Endpoint[] => {
    const server = override[protocol];
    return server === undefined ? found(protocol) : replaced(protocol, server, usable);
  };
  const imap = named('imap');
  const all = [...(imap.length > 0 ? imap : found('pop3')), ...named('smtp')];
  const { login } = override;
  return all
    .map((each) => (login === undefined ? each : { ...each, login }))
    .filter((each) => each.login !== '');
}

function statementsOf(entry: Entry, protocol: Checkable): readonly Statement[] {
  const { host, port, tls, login, protocols } = entry;
  if (host === '' || !protocols.includes(protocol)) return [];
  const meant = port === undefined ? undefined : PORT_OF[port];
  const isOthers = meant !== undefined && meant !== protocol && protocols.includes(meant);
  if (isOthers) return [{ protocol, host, login }];
  return [
    { protocol, host, login, ...(port === undefined ? {} : { port }), ...(tls === undefined ? {} : { tls }) },
  ];
}

/** The endpoints of one protocol: one per host and port, in the order of their first statement. */
function stated(statements: readonly Statement[]): readonly Endpoint[] {
  const found = new Map<string, Endpoint>();
  for (const statement of statements) {
    const endpoint = resolve(statement, statements);
    const key = `${hostName(endpoint.host)} ${endpoint.port}`;
    if (endpoint.tls !== 'none' && !found.has(key)) found.set(key, endpoint);
  }
  return [...found.values()];
}

/** Fills in what a statement leaves open, first from others about the same host, then from the registered ports. */
function resolve(statement: Statement, all: readonly Statement[]): Endpoint {
  const { protocol, host, login } = statement;
  const there = [statement, ...all].filter((other) => sameHost(other.host, host));
  const port = statement.port ?? lentPort(statement, there);
  if (port !== undefined) {
    const tls = strictest(there.filter((other) => other.port === port));
    return { protocol, host, login, port, tls: tlsMode({ host, port, ...tls }) };
  }
  const tls = tlsMode({ host, ...strictest(there) });
  return {
    protocol,
    host,
    login,
    port: DEFAULT_PORT[protocol][tls === 'implicit' ? 'implicit' : 'starttls'],
    tls,
  };
}

/** Another client's port on this host, if possible one with the protection that is stated here. */
function lentPort({ tls }: Statement, there: readonly Statement[]): number | undefined {
  const lenders = there.filter((other) => other.port !== undefined);
  return (lenders.find((other) => tls !== undefined && other.tls === tls) ?? lenders[0])?.port;
}

/** The first protection that is stated, `none` only where nobody states a better one. */
function strictest(statements: readonly Statement[]): Pick<Statement, 'tls'> {
  const modes = statements.map(({ tls }) => tls).filter((tls) => tls !== undefined);
  const tls = modes.find((mode) => mode !== 'none') ?? modes[0];
  return tls === undefined ? {} : { tls };
}

function replaced(protocol: Checkable, server: EndpointSpec, entries: readonly Entry[]): readonly Endpoint[] {
  const own = entries.find((entry) => entry.protocols.includes(protocol)) ?? entries[0];
  return [{ protocol, host: server.host, port: server.port, tls: server.tls, login: own?.login ?? '' }];
}

/**
 * The endpoint whose answer counts for an entry: its own, else one on its host, else one of its protocol; an entry
 * that no endpoint was made for (a plain gateway on this computer, Exchange) follows the account's first.
 */
export function endpointOf(entry: Entry, checked: readonly Endpoint[]): Endpoint | undefined {
  const speaks = ({ protocol }: Endpoint): boolean => entry.protocols.includes(protocol);
  const isAt = ({ host }: Endpoint): boolean => sameHost(host, entry.host);
  const isPort = ({ port }: Endpoint): boolean => entry.port === port;
  const isMode = ({ tls }: Endpoint): boolean => entry.tls === tls;
  return (
    checked.find((each) => speaks(each) && isAt(each) && isPort(each)) ??
    checked.find((each) => speaks(each) && isAt(each) && isMode(each)) ??
    checked.find((each) => speaks(each) && isAt(each)) ??
    checked.find((each) => isAt(each) && isPort(each)) ??
    checked.find(isAt) ??
    checked.find(speaks) ??
    checked[0]
  );
}

/**
 * Reads `HOST:PORT`, `HOST:PORT:tls` or `HOST:PORT:starttls`, the host of an IPv6 address in brackets. Without a mode
 * the port decides. A `usage` problem names the option and never repeats what was typed.
 */
export function parseEndpoint(text: string, protocol: 'imap' | 'smtp'): Result<EndpointSpec> {
  const [, address, name, digits, mode] =
    /^(?:\[([^\]]*)\]|([^:[\]\s/@]+)):(\d{1,5})(?::(tls|starttls))?$/i.exec(text) ?? [];
  const host =
    address === undefined ? name : URL.canParse(`http://[${address}]`) ? hostName(address) : undefined;
  const port = Number(digits);
  if (!host || !(port >= 1 && port <= 65_535))
    return fail('usage', `--${protocol}`, 'HOST:PORT[:tls|:starttls]');
  return ok({
    host,
    port,
    tls: mode === undefined ? tlsOfPort(port) : mode.toLowerCase() === 'tls' ? 'implicit' : 'starttls',
  });
}
