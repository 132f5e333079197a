import { join } from 'node:path';
import type { Entry, Tls, Trouble } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { readSections, type ImapSection } from '../formats/mbsync-config.ts';
import { mbsyncrc, mbsyncSlot, settingOf, valueOf } from '../formats/mbsyncrc.ts';
import { behindCommand, type CommandLine, type Whereabouts } from './command-entry.ts';

const ID = 'mbsync';

/** mbsync (isync), which copies IMAP mailboxes to Maildir; it runs once per call, so nothing has to be closed. */
export const mbsync: Store = {
  id: ID,
  name: 'mbsync',
  platforms: ['linux', 'darwin'],
  async *find(machine) {
    for (const path of configPaths(machine)) yield* findIn(machine, path);
  },
};

/** isync 1.4 reads `~/.mbsyncrc` only, 1.5 prefers `$XDG_CONFIG_HOME/isyncrc` (`load_config` in src/config.c). */
const configPaths = (machine: Reader): readonly string[] => [
  join(machine.home, '.mbsyncrc'),
  join(machine.env('XDG_CONFIG_HOME') || join(machine.home, '.config'), 'isyncrc'),
];

async function* findIn(machine: Reader, path: string): AsyncGenerator<Entry | Trouble, void> {
  const read = machine.read(path);
  if (!read.ok) return yield { store: ID, problem: read.problem };
  if (!read.value) return;
  const sections = readSections(read.value.toString('latin1'));
  if (!sections.ok) return yield { store: ID, problem: { ...sections.problem, subject: path } };
  // Of two sections with one name mbsync uses the first.
  const seen = new Set<string>();
  for (const section of sections.value) {
    const line: CommandLine = { place: { kind: 'file', path }, lens: mbsyncrc.id, slot: mbsyncSlot(section) };
    const name = JSON.stringify(line.slot);
    if (seen.has(name)) continue;
    seen.add(name);
    if (!logsIn(section)) continue;
    for (const where of await whereabouts(machine, section, line)) yield { ...loginOf(section), ...where };
  }
}

/**
 * Whether the section logs in itself: a store may only name an account, and a tunnel needs no password unless one is
 * given.
 */
function logsIn(section: ImapSection): boolean {
  if (text(section, 'tunnel') === '') return text(section, 'host') !== '';
  return ['pass', 'passcmd'].some((keyword) => text(section, keyword) !== '');
}

function loginOf(section: ImapSection): Omit<Entry, keyof Whereabouts> {
  const url = /^(imaps?:)?(?:\/\/)?(.*)$/s.exec(text(section, 'host'));
  const tunnel = text(section, 'tunnel') !== '';
  const tls = tlsOf(section);
  const port = Number(text(section, 'port')) || (tls === 'implicit' ? 993 : 143);
  return {
    store: ID,
    client: `mbsync (${section.kind === 'IMAPStore' ? 'store' : 'account'} ${utf8(section.name)})`,
    protocols: ['imap'],
    login: text(section, 'user'),
    host: url?.[2] ?? '',
    ...(tunnel ? {} : { port, tls }),
    auth: usesOAuth(section) ? 'oauth' : 'password',
  };
}

const TLS: Readonly<Record<string, Tls>> = { none: 'none', starttls: 'starttls', imaps: 'implicit' };

/**
 * The last of `TLSType` (1.5), `SSLType` (1.4), an `imaps:` host and `UseIMAPS` (both from before 1.3) counts;
 * STARTTLS is the default of all of them.
 */
function tlsOf(section: ImapSection): Tls {
  let tls: Tls = 'starttls';
  for (const line of section.lines.slice(1)) {
    const value = line.tokens[1]?.value.toLowerCase() ?? '';
    if (line.keyword === 'ssltype' || line.keyword === 'tlstype') tls = TLS[value] ?? tls;
    if (line.keyword === 'host' && value.startsWith('imaps:')) tls = 'implicit';
    if (line.keyword === 'useimaps' && ['yes', 'true', 'on', '1'].includes(value)) tls = 'implicit';
  }
  return tls;
}

function mechanismsOf({ lines }: ImapSection): readonly string[] {
  return lines
    .filter(({ keyword }) => keyword === 'authmech' || keyword === 'authmechs')
    .flatMap(({ tokens }) => tokens.slice(1).map(({ value }) => value.toLowerCase()));
}

const usesOAuth = (section: ImapSection): boolean =>
  mechanismsOf(section).some((mechanism) => mechanism === 'xoauth2' || mechanism === 'oauthbearer');

/** Mechanisms that need no password. */
const WITHOUT_PASSWORD = new Set(['external', 'gssapi', 'anonymous']);

async function whereabouts(
  machine: Reader,
  section: ImapSection,
  line: CommandLine,
): Promise<readonly Whereabouts[]> {
  const pass = settingOf(section, 'pass');
  const command = text(section, 'passcmd');
  const value = pass && valueOf(pass);
  if (value && !value.ok) return [{ ...line, problem: value.problem, guide: 'text-file' }];
  if (pass && command !== '')
    return [{ ...line, problem: problem('unsupported', undefined, 'Pass and PassCmd'), guide: 'text-file' }];
  if (value?.value || usesOAuth(section)) return [line];
  if (command !== '') return behindCommand(machine, command.replace(/^\+/, ''), line);
  const mechanisms = mechanismsOf(section);
  const passwordless = mechanisms.length > 0 && mechanisms.every((each) => WITHOUT_PASSWORD.has(each));
  if (passwordless || text(section, 'user') === '') return [];
  if (['yes', 'true', 'on', '1'].includes(text(section, 'usekeychain').toLowerCase())) {
    return [{ ...line, problem: problem('unsupported', undefined, 'UseKeychain') }];
  }
  return [{ ...line, stored: 'missing', addable: true }];
}

/** The value of a setting, decoded; empty where there is none. */
const text = (section: ImapSection, keyword: string): string =>
  utf8(settingOf(section, keyword)?.tokens[1]?.value ?? '');

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
