import { basename, join } from 'node:path';
import type { Entry, Tls, Trouble } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Bytes, Reader, Store } from '../engine/ports.ts';
import { getmailrc, getmailSpelling } from '../formats/getmailrc.ts';
import { netrcLogins, netrcSlot } from '../formats/netrc-logins.ts';
import { type PythonSection, readPythonConfig } from '../formats/python-config.ts';
import { optionOf, valueOf } from '../formats/python-option.ts';
import { pythonStrings } from '../formats/python-tuple.ts';
import { argvLine } from './argv-line.ts';
import { behindCommand, keyringItems, type Whereabouts } from './command-entry.ts';
import { withoutSeveralLines } from './several-lines.ts';

const ID = 'getmail';
const RETRIEVER = 'retriever';

/** getmail, which fetches mail over POP3 and IMAP; it runs once per call, so nothing has to be closed. */
export const getmail: Store = {
  id: ID,
  name: 'getmail',
  platforms: ['linux', 'darwin'],
  async *find(machine) {
    for (const path of configPaths(machine)) yield* findIn(machine, path);
  },
};

/** Every file in the configuration folder can be an rc file (`-r`); getmail itself passes over state and hidden files. */
function configPaths(machine: Reader): readonly string[] {
  const xdg = machine.env('XDG_CONFIG_HOME') || join(machine.home, '.config');
  const folders = [join(xdg, 'getmail'), join(machine.home, '.getmail')];
  return folders.flatMap((folder) =>
    machine
      .list(folder)
      .filter((name) => !/^oldmail-|\.json$|^\./.test(name))
      .map((name) => join(folder, name))
      .filter((path) => machine.kindOf(path) === 'file'),
  );
}

async function* findIn(machine: Reader, path: string): AsyncGenerator<Entry | Trouble, void> {
  const read = machine.read(path);
  if (!read.ok) return yield { store: ID, problem: read.problem };
  if (!read.value || !mentionsRetriever(read.value)) return;
  const sections = readPythonConfig(read.value);
  if (!sections.ok) return yield { store: ID, problem: { ...sections.problem, subject: path } };
  const section = sections.value.find(({ name }) => name === RETRIEVER);
  if (!section) return;
  const options = sections.value.find(({ name }) => name === 'options');
  const netrc = netrcLogin(machine, options, text(section, 'server'));
  const login = loginOf(section, path, netrc?.login ?? text(section, 'username'));
  if (login.login === '') return;
  const found =
    netrc && login.auth === 'password' ? [netrc.where] : await whereabouts(machine, section, path);
  for (const where of found) yield { ...login, ...where };
}

/** Logs and scripts may lie in the folder too. */
const mentionsRetriever = (bytes: Bytes): boolean => bytes.includes(`[${RETRIEVER}]`);

function loginOf(section: PythonSection, path: string, login: string): Omit<Entry, keyof Whereabouts> {
  const type = text(section, 'type');
  const imap = type.includes('IMAP');
  const tls: Tls = type.includes('SSL') ? 'implicit' : 'none';
  const usual = imap ? { implicit: 993, none: 143 } : { implicit: 995, none: 110 };
  return {
    store: ID,
    client: basename(path) === 'getmailrc' ? ID : `${ID} (${basename(path)})`,
    protocols: [imap ? 'imap' : 'pop3'],
    login,
    host: text(section, 'server'),
    port: Number(text(section, 'port')) || usual[tls],
    tls,
    auth: isOff(section, 'use_xoauth2') ? 'password' : 'oauth',
    // Python's imaplib encodes a login as ASCII, poplib as UTF-8.
    ...(imap ? { asciiOnly: true } : {}),
  };
}

const isOff = (section: PythonSection | undefined, option: string): boolean =>
  /^(?:|false|no|off|0)$/i.test(section ? text(section, option) : '');

/** `initialize` of the retrievers in getmailcore/_retrieverbases.py. */
async function whereabouts(
  machine: Reader,
  section: PythonSection,
  path: string,
): Promise<readonly Whereabouts[]> {
  const line = {
    place: { kind: 'file', path },
    lens: getmailrc.id,
    slot: { section: RETRIEVER },
  } as const;
  const value = valueOf(section, 'password', getmailSpelling);
  if (!value.ok) return [{ ...line, problem: value.problem, guide: 'text-file' }];
  if (!isOff(section, 'use_xoauth2')) return [line];
  if (value.value !== '') return [line];
  if (optionOf(section, 'password')) return [{ ...line, stored: 'missing', addable: true }];
  if (!isOff(section, 'use_kerberos')) return [];
  const command = text(section, 'password_command');
  if (command !== '') return behindTuple(machine, command, line);
  // Without a password in the file python-keyring is asked, where it is installed.
  const items = await keyringItems(machine, {
    service: text(section, 'server'),
    username: text(section, 'username'),
  });
  return items.length > 0 ? items : [{ ...line, stored: 'missing', addable: true }];
}

async function behindTuple(
  machine: Reader,
  command: string,
  line: Pick<Whereabouts, 'place' | 'lens' | 'slot'>,
): Promise<readonly Whereabouts[]> {
  const argv = pythonStrings(command);
  if (!argv) return [{ ...line, problem: problem('external-command') }];
  const found = await behindCommand(machine, argvLine(argv), line);
  // getmail takes off the blanks around what a command prints.
  return found
    .map((each) => withoutSeveralLines(machine, argvLine(argv), each))
    .map((each) => (each.lens === 'first-line' ? { ...each, lens: 'stripped-line' } : each));
}

/** With `use_netrc` the file comes before the rc file; Python keeps the last login of a machine, else the default. */
function netrcLogin(
  machine: Reader,
  options: PythonSection | undefined,
  server: string,
): { readonly login: string; readonly where: Whereabouts } | undefined {
  if (isOff(options, 'use_netrc')) return undefined;
  const named = options ? text(options, 'netrc_file') : '';
  const path = named === '' ? join(machine.home, '.netrc') : named.replace(/^~(?=\/)/, machine.home);
  const read = machine.read(path);
  if (!read.ok || !read.value) return undefined;
  const logins = netrcLogins(read.value);
  const found =
    logins.findLast((each) => each.machine === server) ?? logins.findLast((each) => each.machine === '');
  return found?.passwordWord
    ? {
        login: found.login,
        where: { place: { kind: 'file', path }, lens: 'netrc', slot: netrcSlot(found) },
      }
    : undefined;
}

const text = (section: PythonSection, option: string): string =>
  Buffer.from(optionOf(section, option)?.value ?? '', 'latin1').toString('utf8');
