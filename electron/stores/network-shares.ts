import { basename, join, resolve } from 'node:path';
import type { Entry } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { readCifsCredentials } from '../formats/cifs-credentials.ts';
import { autofsMounts, fstabMounts, unitMounts, type CifsMount } from '../formats/cifs-mounts.ts';
import { domainLogin } from './domain-login.ts';
import { toldEntry } from './told.ts';

const ID = 'network-shares';
const PROGRAM = 'Network share';

/**
 * Windows shares that this computer mounts: the credentials files that its tables name, or that lie where people put
 * them; and what is mounted now, because a mount goes on with the password that it was made with.
 */
export const networkShares: Store = {
  id: ID,
  name: 'Network shares (CIFS)',
  platforms: ['linux'],

  async *find(machine) {
    const tables = machine.confined ? [] : tablesOf(machine);
    const files = credentialsFiles(machine, tables);
    for (const { path, mount } of files) yield* entryOf(machine, path, mount);
    for (const { path, mounts } of tables) {
      for (const mount of mounts.filter(holdsPassword)) yield toldShare(path, mount, 'network-share');
    }
    if (machine.confined) return;
    const mounted = fstabMounts(textOf(machine, MOUNTED)).filter(({ options }) => userOf(options) !== '');
    for (const mount of mounted.filter(usesPassword)) yield toldShare(MOUNTED, mount, 'mounted-share');
  },
};

/** What is mounted now, as the kernel says it, without passwords (proc(5)). */
const MOUNTED = '/proc/self/mounts';
/** Where guides for Ubuntu, Debian and Arch put the file of a user. */
const CUSTOMARY = ['.smbcredentials', '.smbcreds', '.cifscredentials'];

/** A file that tells how shares are mounted. */
interface Table {
  readonly path: string;
  readonly mounts: readonly CifsMount[];
}

function tablesOf(machine: Reader): readonly Table[] {
  const inFolder = (dir: string, pattern: RegExp): readonly string[] =>
    machine
      .list(dir)
      .filter((name) => pattern.test(name))
      .map((name) => join(dir, name));
  const maps = [
    ...inFolder('/etc', /^auto\./),
    ...inFolder('/etc/auto.master.d', /\.autofs$/),
    ...inFolder('/etc/autofs', /^auto\./),
  ];
  const units = inFolder('/etc/systemd/system', /\.mount$/);
  const read = (paths: readonly string[], parse: (text: string) => readonly CifsMount[]): readonly Table[] =>
    paths.map((path) => ({ path, mounts: parse(textOf(machine, path)) }));
  return [...read(['/etc/fstab'], fstabMounts), ...read(maps, autofsMounts), ...read(units, unitMounts)];
}

function textOf(machine: Reader, path: string): string {
  const bytes = machine.read(path);
  return bytes.ok && bytes.value ? bytes.value.toString('utf8') : '';
}

interface CredentialsFile {
  readonly path: string;
  readonly mount?: CifsMount;
}

function credentialsFiles(machine: Reader, tables: readonly Table[]): readonly CredentialsFile[] {
  const named = tables
    .flatMap(({ mounts }) => mounts)
    .flatMap((mount) => {
      const file = mount.options.get('credentials') ?? mount.options.get('cred') ?? '';
      // autofs puts the user's name and the like in there (`$USER`, `&`): nobody else can tell the file then.
      return file === '' || /[$&*]/.test(file) ? [] : [{ path: resolve('/', file), mount }];
    });
  const own = CUSTOMARY.map((name) => ({ path: join(machine.home, name) }));
  return [...named, ...own.filter(({ path }) => !named.some((each) => each.path === path))];
}

/** Options that make a share of nobody's, or one that is opened with a ticket. */
const usesPassword = ({ options }: CifsMount): boolean =>
  !options.has('guest') && !/^(?:krb5|none)/.test(options.get('sec') ?? '');

const holdsPassword = (mount: CifsMount): boolean =>
  usesPassword(mount) &&
  ['password', 'pass', 'passwd'].some((name) => (mount.options.get(name) ?? '') !== '');

const userOf = (options: CifsMount['options']): string =>
  options.get('username') || options.get('user') || '';

const loginOf = ({ options }: CifsMount): string =>
  domainLogin(options.get('domain') || options.get('dom') || options.get('workgroup') || '', userOf(options));

const nameOf = (path: string, mount: CifsMount | undefined): string => mount?.share || basename(path);

/** A file that only root can read is told of, by what the table says of it. */
function* entryOf(machine: Reader, path: string, mount: CifsMount | undefined): Generator<Entry, void> {
  const bytes = machine.read(path);
  if (bytes.ok && !bytes.value) return;
  if (!bytes.ok || !bytes.value) {
    if (mount && mount.host !== '') yield toldShare(path, mount, 'network-share');
    return;
  }
  const credentials = readCifsCredentials(bytes.value);
  if (credentials.ok && !credentials.value.password) return;
  const { user, domain } = credentials.ok ? credentials.value : { user: '', domain: '' };
  yield {
    store: ID,
    client: `${PROGRAM} (${nameOf(path, mount)})`,
    place: { kind: 'file', path },
    slot: {},
    lens: 'cifs-credentials',
    protocols: ['other'],
    login: user === '' && mount ? loginOf(mount) : domainLogin(domain, user),
    host: mount?.host ?? '',
    network: true,
    auth: 'password',
    ...(credentials.ok ? {} : { problem: problem('unsupported', path, credentials.problem.detail) }),
    guide: 'network-share',
  };
}

const toldShare = (path: string, mount: CifsMount, guide: 'network-share' | 'mounted-share'): Entry =>
  toldEntry({
    store: ID,
    program: PROGRAM,
    name: nameOf(path, mount),
    path,
    login: loginOf(mount),
    host: mount.host,
    guide,
    network: true,
  });
