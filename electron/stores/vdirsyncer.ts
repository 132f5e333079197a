import { join } from 'node:path';
import type { Entry, Protocol, Trouble } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { type PythonSection, readPythonConfig } from '../formats/python-config.ts';
import { optionOf, valueOf } from '../formats/python-option.ts';
import { jsonSpelling, jsonValue, vdirsyncerConfig } from '../formats/vdirsyncer-config.ts';
import { argvLine } from './argv-line.ts';
import { behindCommand, type Whereabouts } from './command-entry.ts';
import { withoutSeveralLines } from './several-lines.ts';

const ID = 'vdirsyncer';

/** vdirsyncer, which copies calendars and address books for khal and khard; it runs once per call. */
export const vdirsyncer: Store = {
  id: ID,
  name: 'vdirsyncer',
  platforms: ['linux', 'darwin'],
  async *find(machine) {
    for (const path of new Set(configPaths(machine))) yield* findIn(machine, path);
  },
};

/** The first one is read (`from_filename_or_environment` in vdirsyncer/cli/config.py); a copy in the others is a copy. */
function configPaths(machine: Reader): readonly string[] {
  const named = machine.env('VDIRSYNCER_CONFIG');
  const xdg = machine.env('XDG_CONFIG_HOME') || join(machine.home, '.config');
  const usual = [join(machine.home, '.vdirsyncer', 'config'), join(xdg, 'vdirsyncer', 'config')];
  return named ? [named, ...usual] : usual;
}

async function* findIn(machine: Reader, path: string): AsyncGenerator<Entry | Trouble, void> {
  const read = machine.read(path);
  if (!read.ok) return yield { store: ID, problem: read.problem };
  if (!read.value) return;
  const sections = readPythonConfig(read.value);
  if (!sections.ok) return yield { store: ID, problem: { ...sections.problem, subject: path } };
  for (const section of sections.value.filter(({ name }) => name.startsWith('storage '))) {
    const storage = new Storage(machine, path, section);
    const login = storage.login();
    if (login) for (const where of await storage.whereabouts()) yield { ...login, ...where };
  }
}

/** Storages that log in with a password; `google_calendar` and `google_contacts` hold tokens of their own. */
const PROTOCOLS: Readonly<Record<string, Protocol>> = { caldav: 'dav', carddav: 'dav', http: 'other' };

class Storage {
  readonly #machine: Reader;
  readonly #path: string;
  readonly #section: PythonSection;

  constructor(machine: Reader, path: string, section: PythonSection) {
    this.#machine = machine;
    this.#path = path;
    this.#section = section;
  }

  /** Undefined for a storage that logs in nowhere, or as whom only running a command would tell. */
  login(): Omit<Entry, keyof Whereabouts> | undefined {
    const protocol = PROTOCOLS[this.#text('type')];
    const login = this.#text('username');
    const url = this.#text('url');
    if (!protocol || login === '' || !URL.canParse(url)) return undefined;
    const { hostname, port } = new URL(url);
    return {
      store: ID,
      client: `${ID} (${utf8(this.#section.name)})`,
      protocols: [protocol],
      login,
      host: hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      auth: 'password',
      // It sends Latin-1 (`aiohttp.BasicAuth`), where servers expect UTF-8 (RFC 7617 §2.1), and fails beyond that.
      asciiOnly: true,
    };
  }

  async whereabouts(): Promise<readonly Whereabouts[]> {
    const line = {
      place: { kind: 'file', path: this.#path },
      lens: vdirsyncerConfig.id,
      slot: { section: utf8(this.#section.name) },
    } as const;
    const fetched = optionOf(this.#section, 'password.fetch');
    if (!fetched) {
      const value = valueOf(this.#section, 'password', jsonSpelling);
      if (!value.ok) return [{ ...line, problem: value.problem, guide: 'text-file' }];
      return value.value === '' ? [{ ...line, stored: 'missing', addable: true }] : [line];
    }
    if (!optionOf(this.#section, 'password')) return this.#fetched(jsonValue(fetched.value), line);
    return [{ ...line, problem: problem('unsupported', undefined, 'password.fetch'), guide: 'text-file' }];
  }

  /** `command`, `shell` or `prompt` (vdirsyncer/cli/fetchparams.py); what is asked for each time is stored nowhere. */
  async #fetched(
    value: unknown,
    line: Pick<Whereabouts, 'place' | 'lens' | 'slot'>,
  ): Promise<readonly Whereabouts[]> {
    const [strategy, ...words] = isStrings(value) ? value : [];
    if (strategy === 'prompt') return [];
    const argv = words.map((word) => word.replace(/^~(?=\/|$)/, () => this.#machine.home));
    const commands: Readonly<Record<string, string | undefined>> = {
      command: argvLine(argv),
      shell: words.length === 1 ? words[0] : undefined,
    };
    const command = strategy === undefined || words.length === 0 ? undefined : commands[strategy];
    if (command === undefined) return [{ ...line, problem: problem('external-command') }];
    const found = await behindCommand(this.#machine, command, line);
    return found.map((each) => withoutSeveralLines(this.#machine, command, each));
  }

  /** Empty for what is no string. */
  #text(option: string): string {
    const value = jsonValue(optionOf(this.#section, option)?.value ?? '""');
    return typeof value === 'string' ? value : '';
  }
}

const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
