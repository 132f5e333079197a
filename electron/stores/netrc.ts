import { join } from 'node:path';
import type { Entry, Protocol, Tls, Trouble } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { splitHost } from '../formats/host-port.ts';
import { type NetrcLogin, netrcLogins, netrcSlot } from '../formats/netrc-logins.ts';
import { toldEntry } from './told.ts';

const ID = 'netrc';

/**
 * `~/.netrc` (on Windows also `_netrc`), the file that `$NETRC` names, and Emacs' `~/.authinfo`. Whose passwords a
 * sealed `~/.authinfo.gpg` holds cannot be seen without opening it: it is told.
 */
export const netrcStore: Store = {
  id: ID,
  name: 'netrc and Emacs authinfo',
  platforms: ['linux', 'darwin', 'win32'],
  // An async generator because the port says so: reading is synchronous.
  async *find(machine) {
    for (const [path, client] of filesOf(machine)) yield* entriesOf(machine, path, client);
    yield* sealed(machine, join(machine.home, '.authinfo.gpg'));
  },
};

function filesOf(machine: Reader): ReadonlyMap<string, string> {
  const inHome = (name: string): string => join(machine.home, name);
  const named = machine.env('NETRC');
  return new Map([
    [inHome('.netrc'), 'netrc'],
    ...(machine.platform === 'win32' ? ([[inHome('_netrc'), 'netrc']] as const) : []),
    ...(named ? ([[named, 'netrc']] as const) : []),
    [inHome('.authinfo'), 'Emacs authinfo'],
  ]);
}

function* entriesOf(machine: Reader, path: string, client: string): Generator<Entry | Trouble> {
  const bytes = machine.read(path);
  if (!bytes.ok) yield { store: ID, problem: bytes.problem };
  else for (const login of netrcLogins(bytes.value ?? Buffer.alloc(0))) yield entryOf(login, path, client);
}

function* sealed(machine: Reader, path: string): Generator<Entry> {
  if (machine.kindOf(path) !== 'file') return;
  const copy = { program: 'Emacs authinfo', name: 'sealed', login: '', host: '' };
  yield { ...toldEntry({ store: ID, path, guide: 'sealed-file', ...copy }), stored: 'unknown' };
}

function entryOf(login: NetrcLogin, path: string, client: string): Entry {
  const { host, port } = splitHost(login.machine);
  const stated = login.port ?? (port === undefined ? undefined : String(port));
  const number = stated !== undefined && /^\d{1,5}$/.test(stated) ? Number(stated) : undefined;
  return {
    store: ID,
    client,
    place: { kind: 'file', path },
    slot: netrcSlot(login),
    lens: 'netrc',
    ...useOf(stated),
    login: login.login,
    host,
    ...(number === undefined ? {} : { port: number }),
    auth: 'password',
    ...stateOf(login, path),
  };
}

/** A login without password word gets one; an empty word is filled. */
function stateOf({ broken, passwordWord }: NetrcLogin, path: string): Partial<Entry> {
  if (broken !== undefined) return { problem: problem('unsupported', path, broken), guide: 'text-file' };
  return passwordWord?.text ? {} : { stored: 'missing', addable: true };
}

interface Use {
  readonly protocols: readonly Protocol[];
  readonly tls?: Tls;
}

/** A named service that is not mail (ssh, sudo, nntp) is `other`; an unknown number may be anything. */
function useOf(port: string | undefined): Use {
  const known = port === undefined ? undefined : USES[port.toLowerCase()];
  return known ?? { protocols: port === undefined || /^\d+$/.test(port) ? [] : ['other'] };
}

const IMPLICIT = { tls: 'implicit' } as const;

/** Service names and numbers of the IANA registry; RFC 8314 names those with TLS from the first byte. */
const USES: Readonly<Record<string, Use>> = {
  imap: { protocols: ['imap'] },
  imap4: { protocols: ['imap'] },
  143: { protocols: ['imap'] },
  imaps: { protocols: ['imap'], ...IMPLICIT },
  993: { protocols: ['imap'], ...IMPLICIT },
  pop: { protocols: ['pop3'] },
  pop3: { protocols: ['pop3'] },
  110: { protocols: ['pop3'] },
  pop3s: { protocols: ['pop3'], ...IMPLICIT },
  995: { protocols: ['pop3'], ...IMPLICIT },
  smtp: { protocols: ['smtp'] },
  25: { protocols: ['smtp'] },
  submission: { protocols: ['smtp'] },
  587: { protocols: ['smtp'] },
  smtps: { protocols: ['smtp'], ...IMPLICIT },
  submissions: { protocols: ['smtp'], ...IMPLICIT },
  465: { protocols: ['smtp'], ...IMPLICIT },
  80: { protocols: ['other'] },
  443: { protocols: ['other'] },
};
