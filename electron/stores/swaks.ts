import { join } from 'node:path';
import type { Entry, Tls, Trouble } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Bytes, Reader, Store } from '../engine/ports.ts';
import { splitHost } from '../formats/host-port.ts';
import {
  brokenSwaksValue,
  readSwaksOptions,
  swaksrc,
  swaksText,
  type SwaksOption,
} from '../formats/swaksrc.ts';
import type { Whereabouts } from './command-entry.ts';
import { netrcLookup } from './netrc-lookup.ts';

const ID = 'swaks';

/** swaks, which administrators test mail servers with; it runs once per message, so nothing has to be closed. */
export const swaks: Store = {
  id: ID,
  name: 'swaks',
  platforms: ['linux', 'darwin'],
  // An async generator because the port says so: reading is synchronous.
  async *find(machine) {
    const folders = [machine.env('SWAKS_HOME'), machine.home, machine.env('LOGDIR')];
    const paths = folders.flatMap((folder) => (folder ? [join(folder, '.swaksrc')] : []));
    for (const path of new Set(paths)) yield* findIn(machine, path);
  },
};

type Options = ReadonlyMap<string, SwaksOption>;

function* findIn(machine: Reader, path: string): Generator<Entry | Trouble> {
  const read = machine.read(path);
  if (!read.ok) return yield { store: ID, problem: read.problem };
  if (!read.value) return;
  const options = readSwaksOptions(read.value);
  if (!options.ok) return yield { store: ID, problem: { ...options.problem, subject: path } };
  const login = loginOf(options.value);
  if (login.login === '') return;
  for (const where of whereabouts(machine, read.value, options.value, path)) yield { ...login, ...where };
}

function loginOf(options: Options): Omit<Entry, keyof Whereabouts> {
  const { host, port } = serverOf(options);
  const from = swaksText(options.get('from'));
  const tls = tlsOf(options);
  return {
    store: ID,
    client: ID,
    protocols: [/^LMTP/i.test(swaksText(options.get('protocol'))) ? 'other' : 'smtp'],
    login: swaksText(options.get('auth-user')),
    host,
    port: port ?? (tls === 'implicit' ? 465 : 25),
    tls,
    ...(from === '' ? {} : { addresses: [from] }),
    auth: /XOAUTH2|OAUTHBEARER/i.test(swaksText(options.get('auth'))) ? 'oauth' : 'password',
  };
}

function serverOf(options: Options): { readonly host: string; readonly port?: number } {
  const server = splitHost(swaksText(options.get('server')));
  const port = Number(swaksText(options.get('port')));
  return { ...server, ...(Number.isInteger(port) && port > 0 ? { port } : {}) };
}

/** A protocol may imply TLS as well: `SSMTP` from the first byte, `ESMTPS` by STARTTLS (`--protocol` in swaks(1)). */
function tlsOf(options: Options): Tls {
  const protocol = swaksText(options.get('protocol'));
  if (options.has('tls-on-connect') || /^SSMTP/i.test(protocol)) return 'implicit';
  const upgrades = ['tls', 'tls-optional', 'tls-optional-strict'].some((name) => options.has(name));
  return upgrades || /^[EL]S?MTPS/i.test(protocol) ? 'starttls' : 'none';
}

function whereabouts(machine: Reader, bytes: Bytes, options: Options, path: string): readonly Whereabouts[] {
  const user = options.get('auth-user');
  const password = options.get('auth-password');
  const line = {
    place: { kind: 'file', path },
    lens: swaksrc.id,
    slot: { login: swaksText(user) },
  } as const;
  const broken = [user, password]
    .map((option) => option && brokenSwaksValue(bytes, option))
    .find((reason) => reason !== undefined);
  if (broken !== undefined)
    return [{ ...line, problem: problem('unsupported', undefined, broken), guide: 'text-file' }];
  if (swaksText(password) !== '') return [line];
  const found = netrcLookup(machine, swaksText(user), serverOf(options).host);
  return found.length > 0 ? found : [{ ...line, stored: 'missing', addable: true }];
}
