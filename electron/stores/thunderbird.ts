import { dirname, join } from 'node:path';
import type { Entry, Trouble } from '../../shared/model.ts';
import { ok, problem, type Problem, type Result } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import {
  candidates,
  findLogin,
  parseLogins,
  webLogins,
  type LoginsFile,
  type WantedLogin,
} from '../formats/mozilla-logins-file.ts';
import { mergePrefs, parsePrefs, type Prefs } from '../formats/mozilla-prefs.ts';
import type { NssKeys } from '../formats/nss-key-db.ts';
import { readKeys } from './thunderbird-key.ts';
import { profilesOf, type Profile } from './thunderbird-profiles.ts';
import { isUnread, serversOf, type Server } from './thunderbird-servers.ts';

const ID = 'thunderbird';
const LENS = 'mozilla-logins';

/** Thunderbird and its relatives: logins.json of every profile, encrypted with the profile's key4.db. */
export const thunderbird: Store = {
  id: ID,
  name: 'Thunderbird',
  platforms: ['linux', 'darwin', 'win32'],

  async *find(machine) {
    for (const profile of profilesOf(machine)) yield* findInProfile(machine, profile);
  },

  key: (machine, place, primaryPassword) =>
    place.kind === 'file' ? readKeys(machine, dirname(place.path), primaryPassword) : ok(undefined),

  unlockedBy: (place) => (place.kind === 'file' ? dirname(place.path) : ''),

  /** The lock file outlives Thunderbird; only the kernel's lock on it tells (toolkit/profile/nsProfileLock.cpp). */
  busy(machine, place) {
    if (place.kind !== 'file') return undefined;
    const pid = machine.lockHolder(join(dirname(place.path), '.parentlock'));
    return pid === undefined ? undefined : { name: 'Thunderbird', pid };
  },
};

/** A logins file of a profile and what it looks like. */
interface Logins {
  readonly path: string;
  readonly file: Result<LoginsFile>;
}

function* findInProfile(machine: Reader, profile: Profile): Generator<Entry | Trouble> {
  const prefs = readPrefs(machine, profile.dir);
  if (!prefs.ok) return yield { store: ID, problem: prefs.problem };
  const servers = serversOf(prefs.value);
  if (servers.length === 0) return;
  const keys = readKeys(machine, profile.dir);
  const { main, backup } = readLogins(machine, profile.dir, prefs.value);
  const obstacle = obstacleOf(machine, profile.dir, main, keys);
  for (const server of servers) {
    const unread = isUnread(server, servers);
    yield* mainEntry(profile, { server, unread }, main, keys, obstacle);
    if (backup) yield* backupEntry(profile, { server, unread }, backup, keys);
  }
  if (keys.ok) {
    yield* webEntries(profile, servers, main, keys.value);
    if (backup) yield* backups(webEntries(profile, servers, backup, keys.value));
    keys.value.dispose();
  }
  yield* mirrorTrouble(machine, profile.dir, prefs.value, main);
}

function readPrefs(machine: Reader, dir: string): Result<Prefs> {
  const prefs = machine.read(join(dir, 'prefs.js'));
  if (!prefs.ok) return prefs;
  const user = machine.read(join(dir, 'user.js'));
  if (!user.ok) return user;
  const empty = Buffer.alloc(0);
  return ok(mergePrefs(parsePrefs(prefs.value ?? empty), parsePrefs(user.value ?? empty)));
}

/**
 * The logins that Thunderbird will read and the backup it makes before each save. Without logins.json it restores the
 * backup (`JSONFile.sys.mjs`), so then that file is the one that counts.
 */
function readLogins(machine: Reader, dir: string, prefs: Prefs): { main: Logins; backup?: Logins } {
  const main = readFile(machine, join(dir, 'logins.json'));
  const backup =
    prefs.get('signon.backup.enabled') === false
      ? undefined
      : readFile(machine, join(dir, 'logins-backup.json'));
  if (main && backup) return { main, backup };
  return { main: main ?? backup ?? { path: join(dir, 'logins.json'), file: ok({ nextId: 1, logins: [] }) } };
}

function readFile(machine: Reader, path: string): Logins | undefined {
  const bytes = machine.read(path);
  if (!bytes.ok) return { path, file: bytes };
  if (!bytes.value) return undefined;
  const file = parseLogins(bytes.value);
  return { path, file: file.ok ? file : { ok: false, problem: { ...file.problem, subject: path } } };
}

/** Why nothing of a profile can be read or written, whichever server it is about. */
function obstacleOf(machine: Reader, dir: string, main: Logins, keys: Result<NssKeys>): Problem | undefined {
  if (!main.file.ok) return main.file.problem;
  if (machine.kindOf(main.path) === undefined && mirroredLogins(machine, dir) > 0) {
    return problem(
      'unsupported',
      join(dir, 'logins.db'),
      'Thunderbird keeps its logins in a new format here',
    );
  }
  return keys.ok || keys.problem.kind === 'primary-password-needed' ? undefined : keys.problem;
}

type Standing = Pick<Entry, 'stored' | 'addable' | 'problem' | 'guide'>;

interface Asking {
  readonly server: Server;
  /** A password that is stored for it is of no use. */
  readonly unread: boolean;
}

function* mainEntry(
  profile: Profile,
  { server, unread }: Asking,
  main: Logins,
  keys: Result<NssKeys>,
  obstacle: Problem | undefined,
): Generator<Entry> {
  const standing = guided(obstacle ? { problem: obstacle } : standingOf(main, server, keys));
  const missing = standing.stored === 'missing';
  if (server.optional && (missing || standing.problem)) return;
  const entry = entryOf(profile, server, main.path);
  if (server.auth === 'oauth') {
    const { stored, problem } = standing;
    const leftover = unread && !missing && !problem;
    yield { ...entry, ...(stored ? { stored } : {}), ...(leftover ? { leftover } : {}) };
  } else if (missing && keys.ok && !keys.value.preferred) {
    yield { ...entry, stored: 'missing', problem: problem('client-not-started', profile.dir) };
  } else yield { ...entry, ...standing, ...(standing.stored && !server.optional ? { addable: true } : {}) };
}

/** What Rekey does not understand, Thunderbird still does. */
const guided = (standing: Standing): Standing =>
  standing.problem?.kind === 'unsupported' ? { ...standing, guide: 'mozilla-mail' } : standing;

function* backupEntry(
  profile: Profile,
  { server, unread }: Asking,
  backup: Logins,
  keys: Result<NssKeys>,
): Generator<Entry> {
  if (!backup.file.ok || (server.auth === 'oauth' && !unread)) return;
  const standing = standingOf(backup, server, keys);
  if (standing.stored === 'missing' || standing.problem) return;
  const leftover = unread ? { leftover: true } : {};
  yield { ...entryOf(profile, server, backup.path), ...standing, ...leftover, backup: true };
}

/** Origins are plain text, user names are not: behind a primary password a login of this origin may be another's. */
function standingOf({ path, file }: Logins, wanted: WantedLogin, keys: Result<NssKeys>): Standing {
  if (!file.ok) return { problem: file.problem };
  if (!keys.ok) return { stored: candidates(file.value, wanted).length > 0 ? 'unknown' : 'missing' };
  const index = findLogin(file.value, wanted, keys.value.keys);
  if (!index.ok) return { problem: { ...index.problem, subject: path } };
  return index.value === undefined ? { stored: 'missing' } : {};
}

function entryOf({ client }: Profile, server: Server, path: string): Entry {
  const { origin, username, label, protocol, host, port, tls, addresses, auth } = server;
  return {
    store: ID,
    client: `${client} (${label})`,
    place: { kind: 'file', path },
    slot: { origin, username },
    lens: LENS,
    protocols: [protocol],
    login: username,
    host,
    ...(port === undefined ? {} : { port }),
    ...(tls === undefined ? {} : { tls }),
    ...(addresses.length === 0 ? {} : { addresses }),
    auth,
  };
}

/** Address books and calendars whose user name is that of a mail account. */
function* webEntries(
  { client }: Profile,
  servers: readonly Server[],
  { path, file }: Logins,
  keys: NssKeys,
): Generator<Entry> {
  if (!file.ok) return;
  const names = new Set(
    servers.flatMap(({ username, addresses }) => [username, ...addresses]).map((name) => name.toLowerCase()),
  );
  for (const { origin, realm, username } of webLogins(file.value, keys.keys)) {
    if (realm === undefined || !URL.canParse(origin) || !names.has(username.toLowerCase())) continue;
    const { hostname, port, protocol } = new URL(origin);
    yield {
      store: ID,
      client: `${client} (${username} on ${hostname})`,
      place: { kind: 'file', path },
      slot: { origin, realm, username },
      lens: LENS,
      protocols: [protocol.startsWith('http') ? 'dav' : 'other'],
      login: username,
      host: hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      auth: 'password',
    };
  }
}

function* backups(entries: Iterable<Entry>): Generator<Entry> {
  for (const entry of entries) yield { ...entry, backup: true };
}

/** Logins in the SQLite mirror of the Rust password store; it is empty unless `signon.rustMirror.enabled` is set. */
function mirroredLogins(machine: Reader, dir: string): number {
  const path = join(dir, 'logins.db');
  if (machine.kindOf(path) !== 'file') return 0;
  const rows = machine.rows(path, 'SELECT 1 FROM loginsL LIMIT 1');
  return rows.ok ? rows.value.length : 0;
}

function* mirrorTrouble(machine: Reader, dir: string, prefs: Prefs, main: Logins): Generator<Trouble> {
  if (prefs.get('signon.rustMirror.enabled') !== true || machine.kindOf(main.path) !== 'file') return;
  if (mirroredLogins(machine, dir) === 0) return;
  const detail = 'Thunderbird also keeps a copy of its logins here, which only it can refresh';
  yield { store: ID, problem: problem('unsupported', join(dir, 'logins.db'), detail) };
}
