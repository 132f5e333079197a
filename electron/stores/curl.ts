import { join } from 'node:path';
import type { Entry, Protocol, Tls, Trouble } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { readCurlConfig, type CurlOperation } from '../formats/curl-config.ts';
import { curlLogins, curlrc, type CurlLogin } from '../formats/curlrc.ts';
import { curlUrl, type CurlUrl } from '../formats/curl-url.ts';
import { includedFile } from './included-file.ts';

const ID = 'curl';

/** The user's curl configuration, read at the start of every call unless `-q` is given. */
export const curl: Store = {
  id: ID,
  name: 'curl',
  platforms: ['linux', 'darwin', 'win32'],
  // An async generator because the port says so: reading is synchronous.
  async *find(machine) {
    for (const path of configPaths(machine)) yield* findIn(machine, path);
  },
};

/**
 * Every file that some version of curl takes for its own (`findfile` in src/tool_findfile.c): the first one is read,
 * but which one is first depends on the version and on the environment of the program that calls curl.
 */
function configPaths(machine: Reader): ReadonlySet<string> {
  const folders = [machine.env('CURL_HOME'), machine.env('XDG_CONFIG_HOME'), machine.home];
  const windows = machine.platform === 'win32' ? [machine.env('APPDATA'), machine.home] : [];
  return new Set([
    ...folders.flatMap((folder) => (folder ? [join(folder, '.curlrc')] : [])),
    ...folders.flatMap((folder) => (folder ? [join(folder, '.config', 'curlrc')] : [])),
    join(machine.env('XDG_CONFIG_HOME') || join(machine.home, '.config'), 'curlrc'),
    ...windows.flatMap((folder) => (folder ? [join(folder, '.curlrc'), join(folder, '_curlrc')] : [])),
  ]);
}

function* findIn(machine: Reader, path: string): Generator<Entry | Trouble> {
  const read = machine.read(path);
  if (!read.ok) return yield { store: ID, problem: read.problem };
  if (!read.value) return;
  const operations = readCurlConfig(read.value);
  if (!operations.ok) return yield { store: ID, problem: { ...operations.problem, subject: path } };
  for (const { name, value } of operations.value.flat()) {
    if (name === 'config')
      yield* includedFile(machine, ID, utf8(value), /^[ \t]*(?:--)?user(?=[\s=:])|^[ \t]*-\w*u/im);
  }
  for (const [at, operation] of operations.value.entries()) {
    if (signsRequests(operation)) continue;
    for (const login of curlLogins(operation, at + 1)) {
      for (const server of serversOf(operation, login))
        yield { ...entryOf(operation, login, path), ...server };
    }
  }
}

const has = (operation: CurlOperation, option: string): boolean =>
  operation.some(({ name }) => name === option);

/** With `aws-sigv4` the user is the key of a cloud account. */
const signsRequests = (operation: CurlOperation): boolean => has(operation, 'aws-sigv4');

function entryOf(
  operation: CurlOperation,
  { slot, login, password, broken }: CurlLogin,
  path: string,
): Omit<Entry, keyof Server> {
  const from = /^<?([^<>\s]+@[^<>\s]+?)>?$/.exec(last(operation, 'mail-from'))?.[1];
  const oauth = usesToken(operation);
  return {
    store: ID,
    client: 'curl',
    place: { kind: 'file', path },
    slot,
    lens: curlrc.id,
    login,
    ...(from === undefined ? {} : { addresses: [utf8(from)] }),
    auth: oauth ? 'oauth' : 'password',
    ...(broken === undefined
      ? {}
      : { problem: problem('unsupported', undefined, broken), guide: 'text-file' as const }),
    ...(password || broken !== undefined ? {} : { stored: 'missing', ...(oauth ? {} : { addable: true }) }),
  };
}

const usesToken = (operation: CurlOperation): boolean =>
  has(operation, 'oauth2-bearer') || /AUTH=(?:XOAUTH2|OAUTHBEARER)/i.test(last(operation, 'login-options'));

const last = (operation: CurlOperation, option: string): string =>
  operation.findLast(({ name }) => name === option)?.value ?? '';

type Server = Pick<Entry, 'protocols' | 'host' | 'port' | 'tls'>;

/** Without a URL the login is for whatever is named on the command line. */
const UNKNOWN: Server = { protocols: [], host: '' };

/** The servers that a login is sent to, each once. */
function serversOf(operation: CurlOperation, { option }: CurlLogin): readonly Server[] {
  const urls = option.name === 'url' ? [option] : operation.filter(({ name }) => name === 'url');
  const secured = ['ssl-reqd', 'ssl', 'ftp-ssl-reqd', 'ftp-ssl'].some((each) => has(operation, each));
  const servers = urls.map(({ value }) => serverOf(curlUrl(utf8(value)), secured));
  const distinct = new Map(servers.map((server) => [JSON.stringify(server), server]));
  return distinct.size === 0 ? [UNKNOWN] : [...distinct.values()];
}

interface Scheme {
  readonly protocol: Protocol;
  readonly port: number;
  readonly tls?: Tls;
}

/** Default ports of the URL schemes that log in to mail (lib/urldata.h). */
const SCHEMES: Readonly<Record<string, Scheme>> = {
  imap: { protocol: 'imap', port: 143 },
  imaps: { protocol: 'imap', port: 993, tls: 'implicit' },
  pop3: { protocol: 'pop3', port: 110 },
  pop3s: { protocol: 'pop3', port: 995, tls: 'implicit' },
  smtp: { protocol: 'smtp', port: 25 },
  smtps: { protocol: 'smtp', port: 465, tls: 'implicit' },
};

function serverOf({ scheme, host, port }: CurlUrl, secured: boolean): Server {
  const known = SCHEMES[scheme];
  if (!known) return { protocols: ['other'], host, ...(port === undefined ? {} : { port }) };
  return {
    protocols: [known.protocol],
    host,
    port: port ?? known.port,
    tls: known.tls ?? (secured ? 'starttls' : 'none'),
  };
}

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
