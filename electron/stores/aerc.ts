import { join } from 'node:path';
import type { Entry, Protocol, Tls, Trouble } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { aercAccounts, type AercUrl, urlIn, utf8 } from '../formats/aerc-accounts.ts';
import { type GoIniKey, readGoIni } from '../formats/go-ini.ts';
import { behindCommand, type Whereabouts } from './command-entry.ts';

const ID = 'aerc';
/** The values with a server in them; with `-cred-cmd` behind them, the commands that print their passwords. */
const SERVERS = ['source', 'outgoing', 'carddav-source'];

/** aerc, which reads its accounts when it starts; a running one keeps the passwords that it read. */
export const aerc: Store = {
  id: ID,
  name: 'aerc',
  platforms: ['linux', 'darwin'],
  async *find(machine) {
    const xdg = machine.env('XDG_CONFIG_HOME') || join(machine.home, '.config');
    yield* findIn(machine, join(xdg, 'aerc', 'accounts.conf'));
  },
};

async function* findIn(machine: Reader, path: string): AsyncGenerator<Entry | Trouble, void> {
  const read = machine.read(path);
  if (!read.ok) return yield { store: ID, problem: read.problem };
  if (!read.value) return;
  const keys = readGoIni(read.value.toString('latin1'));
  if (!keys) return yield { store: ID, problem: problem('unsupported', path) };
  for (const account of new Set(keys.map(({ section }) => section).filter((name) => name !== 'DEFAULT'))) {
    const own = new Map(keys.filter(({ section }) => section === account).map((key) => [key.name, key]));
    for (const server of SERVERS) yield* entriesOf(machine, path, own, server);
  }
}

async function* entriesOf(
  machine: Reader,
  path: string,
  keys: ReadonlyMap<string, GoIniKey>,
  server: string,
): AsyncGenerator<Entry | Trouble, void> {
  const key = keys.get(server);
  if (!key || isLocal(key)) return;
  const url = urlIn(key);
  const account = utf8(key.section);
  if (!url.ok) return yield { store: ID, problem: problem('unsupported', path, `${server} of ${account}`) };
  const login = loginOf(account, keys, server, url.value);
  if (!login) return;
  const slot = { account, key: server };
  const line: Whereabouts = { place: { kind: 'file', path }, lens: aercAccounts.id, slot };
  const command = keys.get(`${server}-cred-cmd`);
  for (const where of await whereabouts(machine, url.value, line, command, login.auth === 'oauth')) {
    yield { ...login, ...where };
  }
}

/** A program that sends, a folder on this computer. */
const isLocal = ({ value, unclear }: GoIniKey): boolean =>
  unclear === undefined && (/^[/~]/.test(value) || /^(?:maildir|maildirpp|mbox|notmuch):/.test(value));

interface Use {
  readonly protocol: Protocol;
  readonly tls: Tls;
  readonly port: number;
}

const USES: Readonly<Record<string, Use>> = {
  imap: { protocol: 'imap', tls: 'starttls', port: 143 },
  imaps: { protocol: 'imap', tls: 'implicit', port: 993 },
  smtp: { protocol: 'smtp', tls: 'starttls', port: 587 },
  smtps: { protocol: 'smtp', tls: 'implicit', port: 465 },
  https: { protocol: 'dav', tls: 'implicit', port: 443 },
  http: { protocol: 'dav', tls: 'none', port: 80 },
};

/** Undefined without a user, or where the URL says that nobody logs in. */
function loginOf(
  account: string,
  keys: ReadonlyMap<string, GoIniKey>,
  server: string,
  { scheme, user, host, port }: AercUrl,
): Omit<Entry, keyof Whereabouts> | undefined {
  const [transport = '', ...details] = scheme.split('+');
  const use = USES[transport];
  if (user === '' || details.includes('none')) return undefined;
  const from = /([^<>\s"]+@[^<>\s"]+)>?\s*$/.exec(utf8(keys.get('from')?.value ?? ''))?.[1];
  const tls = use?.tls === 'starttls' && details.includes('insecure') ? 'none' : use?.tls;
  return {
    store: ID,
    client: `aerc (${account}, ${server})`,
    protocols: [use?.protocol ?? 'other'],
    login: user,
    host,
    ...(use && tls ? { port: port ?? use.port, tls } : port === undefined ? {} : { port }),
    ...(from === undefined ? {} : { addresses: [from] }),
    auth: details.some((each) => /oauth/.test(each)) ? 'oauth' : 'password',
  };
}

/** A command is passed over as soon as the URL has a colon behind the user (`ConnectionString` in accounts.go). */
async function whereabouts(
  machine: Reader,
  url: AercUrl,
  line: Whereabouts,
  command: GoIniKey | undefined,
  oauth: boolean,
): Promise<readonly Whereabouts[]> {
  const { password } = url;
  if (oauth || (password && password.to > password.from)) return [line];
  if (command && !password) {
    if (command.unclear !== undefined)
      return [{ ...line, problem: problem('unsupported', undefined, command.unclear) }];
    return behindCommand(machine, utf8(command.value), line);
  }
  return [{ ...line, stored: 'missing', ...additionTo(machine, line) }];
}

/** A file that anybody else can read is refused (`checkConfigPerms` in accounts.go). */
function additionTo(machine: Reader, { place }: Whereabouts): Pick<Entry, 'addable' | 'problem'> {
  const mode = place.kind === 'file' ? machine.modeOf?.(place.path) : undefined;
  const open = mode !== undefined && (mode & 0o044) !== 0;
  return open ? { problem: problem('readable-by-others') } : { addable: true };
}
