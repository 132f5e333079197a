import { join } from 'node:path';
import type { Entry, Protocol, Tls, Trouble } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { fetchmailrc, valueOf } from '../formats/fetchmailrc.ts';
import { type FetchmailServer, type FetchmailUser, readFetchmail, utf8 } from '../formats/fetchmail-users.ts';
import { netrcLogins, netrcSlot } from '../formats/netrc-logins.ts';
import type { Whereabouts } from './command-entry.ts';

const ID = 'fetchmail';

/**
 * fetchmail, which fetches mail now and then; its daemon reads a changed `.fetchmailrc` anew before it fetches again,
 * so it neither has to be closed nor told.
 */
export const fetchmail: Store = {
  id: ID,
  name: 'fetchmail',
  platforms: ['linux', 'darwin'],
  // An async generator because the port says so: reading is synchronous.
  async *find(machine) {
    yield* findIn(machine, configPath(machine));
  },
};

/** `$FETCHMAILHOME/fetchmailrc`, else `.fetchmailrc` in `$HOME_ETC` or the home folder (fetchmail(1)). */
function configPath(machine: Reader): string {
  const own = machine.env('FETCHMAILHOME');
  return own ? join(own, 'fetchmailrc') : join(machine.env('HOME_ETC') || machine.home, '.fetchmailrc');
}

function* findIn(machine: Reader, path: string): Generator<Entry | Trouble, void> {
  const read = machine.read(path);
  if (!read.ok) return yield { store: ID, problem: read.problem };
  if (!read.value) return;
  const servers = readFetchmail(read.value.toString('latin1'));
  if (!servers.ok) return yield { store: ID, problem: { ...servers.problem, subject: path } };
  const defaults = servers.value.find(({ name }) => name === 'defaults');
  for (const server of servers.value) {
    if (server === defaults) continue;
    const users = server.users.length > 0 ? server.users : (defaults?.users.slice(0, 1) ?? []);
    for (const user of users) {
      const account = new Account(machine, server, user, defaults);
      for (const where of account.whereabouts(read.value, path)) yield { ...account.login(), ...where };
    }
  }
}

const PROTOCOLS: Readonly<Record<string, readonly Protocol[]>> = {
  imap: ['imap'],
  pop2: ['pop3'],
  pop3: ['pop3'],
  apop: ['pop3'],
  rpop: ['pop3'],
  sdps: ['pop3'],
  kpop: ['pop3'],
  odmr: ['other'],
};

const PORTS: Readonly<Record<string, readonly [plain: number, tls: number]>> = {
  imap: [143, 993],
  pop3: [110, 995],
};

/** Mechanisms that need no password. */
const WITHOUT_PASSWORD = /^(?:external|gssapi|kerberos.*|ssh)$/;

/** One user of one server, with what `defaults` adds to it. */
class Account {
  readonly #machine: Reader;
  readonly #server: FetchmailServer;
  readonly #user: FetchmailUser;
  readonly #defaults: FetchmailServer | undefined;

  constructor(
    machine: Reader,
    server: FetchmailServer,
    user: FetchmailUser,
    defaults: FetchmailServer | undefined,
  ) {
    this.#machine = machine;
    this.#server = server;
    this.#user = user;
    this.#defaults = defaults;
  }

  login(): Omit<Entry, keyof Whereabouts> {
    const protocol = this.#option('protocol') ?? 'auto';
    const tls = this.#tls();
    const [use] = PROTOCOLS[protocol] ?? [];
    const port = this.#port(PORTS[use ?? '']?.[tls === 'implicit' ? 1 : 0]);
    return {
      store: ID,
      client: `fetchmail (${utf8(this.#server.name)})`,
      // Without a protocol fetchmail tries them in turn.
      protocols: PROTOCOLS[protocol] ?? ['imap', 'pop3'],
      login: this.#login(),
      host: this.#host(),
      ...(port === undefined ? {} : { port }),
      tls,
      auth: /oauth/.test(this.#option('mechanism') ?? '') ? 'oauth' : 'password',
    };
  }

  /** The option as the server states it, or `defaults`. */
  #option(name: 'via' | 'protocol' | 'port' | 'mechanism'): string | undefined {
    return this.#server[name] ?? this.#defaults?.[name];
  }

  #login(): string {
    const local = this.#machine.env('LOGNAME') ?? this.#machine.env('USER') ?? '';
    return utf8(this.#user.login || this.#defaults?.users[0]?.login || '') || local;
  }

  #host(): string {
    return utf8(this.#option('via') ?? this.#server.name);
  }

  #port(usual: number | undefined): number | undefined {
    const stated = this.#option('port');
    const named = { imaps: 993, pop3s: 995, imap: 143, imap2: 143, pop3: 110 }[stated ?? ''];
    return named ?? (stated !== undefined && /^\d+$/.test(stated) ? Number(stated) : usual);
  }

  /** Without `ssl` fetchmail starts TLS where the server offers it, unless `sslproto` is empty. */
  #tls(): Tls {
    const standard = this.#defaults?.users[0];
    if (this.#user.ssl || standard?.ssl) return 'implicit';
    return (this.#user.sslProtocol ?? standard?.sslProtocol) === '' ? 'none' : 'starttls';
  }

  whereabouts(bytes: Buffer, path: string): readonly Whereabouts[] {
    const inherited = this.#defaults?.users[0];
    const holder =
      this.#user.password || this.#user.elsewhere || !inherited?.password ? this.#user : inherited;
    const line: Whereabouts = { place: { kind: 'file', path }, lens: fetchmailrc.id, slot: holder.slot };
    const value = valueOf(bytes, holder);
    if (!value.ok) return [{ ...line, problem: value.problem }];
    const { auth, login } = this.login();
    if (value.value !== '' || auth === 'oauth') return [line];
    if (WITHOUT_PASSWORD.test(this.#option('mechanism') ?? '') || login === '') return [];
    if (this.#option('protocol') === 'etrn') return [];
    const found = this.#inNetrc();
    return found.length > 0 ? found : [{ ...line, stored: 'missing', ...this.#addition(path, holder) }];
  }

  /** A file that anybody else can read is refused (`prc_filecheck` in rcfile_y.y). */
  #addition(path: string, { place, password }: FetchmailUser): Pick<Entry, 'addable' | 'problem'> {
    const mode = this.#machine.modeOf?.(path);
    if (mode !== undefined && (mode & 0o077) !== 0) return { problem: problem('readable-by-others') };
    return place || password ? { addable: true } : {};
  }

  /** The name after `poll`, then the real server; compared exactly (`search_netrc` in netrc.c). */
  #inNetrc(): readonly Whereabouts[] {
    const path = join(this.#machine.home, '.netrc');
    const read = this.#machine.read(path);
    if (!read.ok || !read.value) return [];
    const logins = netrcLogins(read.value).filter(({ login }) => login === this.#login());
    const found = [utf8(this.#server.name), this.#host()].flatMap(
      (host) => logins.find(({ machine }) => machine === host) ?? [],
    )[0];
    return found?.passwordWord
      ? [{ place: { kind: 'file', path }, lens: 'netrc', slot: netrcSlot(found) }]
      : [];
  }
}
