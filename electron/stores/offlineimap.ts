import { isAbsolute, join } from 'node:path';
import type { Entry, Tls, Trouble } from '../../shared/model.ts';
import { ok, problem } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { netrcLogins, netrcSlot } from '../formats/netrc-logins.ts';
import { offlineimaprc, offlineimapSpelling } from '../formats/offlineimaprc.ts';
import { utf8, valueOf } from '../formats/python-option.ts';
import { interpolated, optionIn, type PythonSection, readPythonConfig } from '../formats/python-config.ts';
import { strippedLine } from '../formats/stripped-line.ts';
import type { Whereabouts } from './command-entry.ts';
import { behindExpression } from './offlineimap-eval.ts';

const ID = 'offlineimap';

/** OfflineIMAP, which copies IMAP mailboxes to Maildir; a running one keeps the password that it read. */
export const offlineimap: Store = {
  id: ID,
  name: 'OfflineIMAP',
  platforms: ['linux', 'darwin'],
  async *find(machine) {
    yield* findIn(machine, configPath(machine));
  },
};

/** The first of the two that exists (`OfflineImap.__parse_cmd_options` in offlineimap/init.py). */
function configPath(machine: Reader): string {
  const xdg = machine.env('XDG_CONFIG_HOME') || join(machine.home, '.config');
  const path = join(xdg, 'offlineimap', 'config');
  return machine.kindOf(path) ? path : join(machine.home, '.offlineimaprc');
}

async function* findIn(machine: Reader, path: string): AsyncGenerator<Entry | Trouble, void> {
  const read = machine.read(path);
  if (!read.ok) return yield { store: ID, problem: read.problem };
  if (!read.value) return;
  const sections = readPythonConfig(read.value);
  if (!sections.ok) return yield { store: ID, problem: { ...sections.problem, subject: path } };
  for (const { name } of sections.value.filter((each) => /^Repository ./.test(each.name))) {
    const repository = new Repository(machine, path, sections.value, name);
    if (!repository.isRemote()) continue;
    const login = repository.login();
    if (!login) yield { store: ID, problem: problem('unsupported', path, utf8(name)) };
    else for (const where of await repository.whereabouts(login)) yield { ...login, ...where };
  }
}

type Login = Omit<Entry, keyof Whereabouts>;

/** A `[Repository …]` section with what `[DEFAULT]` adds to it. */
class Repository {
  readonly #machine: Reader;
  readonly #path: string;
  readonly #sections: readonly PythonSection[];
  readonly #name: string;

  constructor(machine: Reader, path: string, sections: readonly PythonSection[], name: string) {
    this.#machine = machine;
    this.#path = path;
    this.#sections = sections;
    this.#name = name;
  }

  isRemote(): boolean {
    return ['IMAP', 'Gmail'].includes(this.#text('type') ?? '') && !this.#has('preauthtunnel');
  }

  /** Undefined where the user or the server takes running an expression. */
  login(): Login | undefined {
    const type = this.#text('type');
    const host = this.#has('remotehosteval') ? undefined : (this.#text('remotehost') ?? '');
    const user = this.#has('remoteusereval') ? undefined : this.#text('remoteuser');
    const server = host === '' && type === 'Gmail' ? 'imap.gmail.com' : host;
    const login = user ?? (server === undefined ? undefined : this.#netrcLogin(server)?.login);
    if (server === undefined || this.#has('remoteusereval')) return undefined;
    const tls = this.#tls();
    const port = Number(this.#text('remoteport'));
    return {
      store: ID,
      client: `OfflineIMAP (${utf8(this.#name).replace(/^Repository /, 'repository ')})`,
      protocols: ['imap'],
      login: login ?? '',
      host: server,
      ...(this.#has('transporttunnel') || this.#has('remoteporteval')
        ? {}
        : { port: port || (tls === 'implicit' ? 993 : 143), tls }),
      auth: this.#usesOAuth() ? 'oauth' : 'password',
    };
  }

  #has(option: string): boolean {
    return optionIn(this.#sections, this.#name, option) !== undefined;
  }

  #text(option: string): string | undefined {
    const found = optionIn(this.#sections, this.#name, option);
    const text = found && interpolated(this.#sections, this.#name, found.option.value);
    return text === undefined ? undefined : utf8(text);
  }

  /** Both are on unless they are switched off. */
  #tls(): Tls {
    const off = (option: string): boolean => /^(?:0|no|false|off)$/i.test(this.#text(option) ?? '');
    if (!off('ssl')) return 'implicit';
    return off('starttls') ? 'none' : 'starttls';
  }

  /** XOAUTH2 is among the mechanisms that are tried unless others are named, but needs a token to be used. */
  #usesOAuth(): boolean {
    const section = this.#sections.filter(({ name }) => name === this.#name || name === 'DEFAULT');
    if (section.some(({ options }) => options.some(({ name }) => name.startsWith('oauth2_')))) return true;
    const mechanisms = (this.#text('auth_mechanisms') ?? '').split(/,\s*/);
    return mechanisms.includes('XOAUTH2') && !mechanisms.some((each) => /^(?:PLAIN|LOGIN|CRAM)/.test(each));
  }

  /** `getpassword` in offlineimap/repository/IMAP.py. */
  async whereabouts({ auth, login, host }: Login): Promise<readonly Whereabouts[]> {
    const own = optionIn(this.#sections, this.#name, 'remotepass');
    const line = this.#line(utf8(own?.section.name ?? this.#name));
    if (this.#has('remotepasseval')) {
      const expression = this.#text('remotepasseval');
      if (expression === undefined)
        return [{ ...line, problem: problem('unsupported', undefined, 'remotepasseval') }];
      return behindExpression(this.#machine, expression, line);
    }
    const value = own ? valueOf(own.section, 'remotepass', offlineimapSpelling) : ok('');
    if (!value.ok) return [{ ...line, problem: value.problem }];
    if (value.value !== '' || auth === 'oauth') return [line];
    if (own) return [{ ...line, stored: 'missing', addable: true }];
    if (this.#has('remotepassfile')) return [this.#passwordFile(line)];
    if (/^(?:GSSAPI|,|\s)+$/.test(this.#text('auth_mechanisms') ?? '')) return [];
    return (
      this.#inNetrc(host, login) ?? (login === '' ? [] : [{ ...line, stored: 'missing', addable: true }])
    );
  }

  #line(section: string): Whereabouts {
    return { place: { kind: 'file', path: this.#path }, lens: offlineimaprc.id, slot: { section } };
  }

  /** The first line of the file, without the blanks around it; the first login would ask for another password. */
  #passwordFile(line: Whereabouts): Whereabouts {
    const spelled = this.#text('remotepassfile') ?? '';
    const path = spelled.startsWith('~/') ? join(this.#machine.home, spelled.slice(2)) : spelled;
    if (!isAbsolute(path)) return { ...line, problem: problem('unsupported', undefined, 'remotepassfile') };
    const where: Whereabouts = { place: { kind: 'file', path }, lens: strippedLine.id, slot: {} };
    return this.#machine.kindOf(path) ? where : { ...where, stored: 'missing' };
  }

  /** Python's `netrc` keeps the last entry of a machine. */
  #netrcLogin(host: string): ReturnType<typeof netrcLogins>[number] | undefined {
    const read = this.#machine.read(join(this.#machine.home, '.netrc'));
    return read.ok && read.value
      ? netrcLogins(read.value).findLast(({ machine }) => machine === host)
      : undefined;
  }

  #inNetrc(host: string, login: string): readonly Whereabouts[] | undefined {
    const found = this.#netrcLogin(host);
    if (!found?.passwordWord?.text || found.login !== login) return undefined;
    const path = join(this.#machine.home, '.netrc');
    return [{ place: { kind: 'file', path }, lens: 'netrc', slot: netrcSlot(found) }];
  }
}
