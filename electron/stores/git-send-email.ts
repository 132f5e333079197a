import type { Entry, Tls, Trouble } from '../../shared/model.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { gitConfigSlot, utf8 } from '../formats/git-config.ts';
import {
  type GitSetting,
  type GitView,
  readGitConfiguration,
  userGitConfigs,
} from '../formats/git-includes.ts';
import { imapSendEntries } from './git-imap-send.ts';

const ID = 'git-send-email';
const SECTION = 'sendemail';

/**
 * `sendemail.smtpPass` and `sendemail.<identity>.smtpPass` of the user's git configuration
 * (git-send-email(1)). What an identity leaves out comes from `sendemail.*`. Also
 * `imap.pass` of git imap-send, which sits in the same files.
 */
export const gitSendEmail: Store = {
  id: ID,
  name: 'git send-email',
  platforms: ['linux', 'darwin', 'win32'],
  // An async generator because the port says so: reading is synchronous.
  async *find(machine) {
    yield* findAll(machine);
  },
};

function* findAll(machine: Reader): Generator<Entry | Trouble> {
  const paths = userGitConfigs(machine.home, machine.env('XDG_CONFIG_HOME'));
  const { views, problems } = readGitConfiguration(machine, paths);
  for (const problem of problems) yield { store: ID, problem };
  const seen = new Set<string>();
  for (const entry of views.flatMap((view) => [...entriesOf(view), ...imapSendEntries(view, ID)])) {
    const name = JSON.stringify({ ...entry, client: '' });
    if (!seen.has(name)) yield entry;
    seen.add(name);
  }
}

/**
 * The entries of a view: the password that git reads (the last one), and those that it hides, if they cannot belong
 * to another login.
 */
function entriesOf(view: GitView): readonly Entry[] {
  const subsections = new Set(view.settings.filter(isSending).map(({ subsection }) => subsection));
  return [...new Set([undefined, ...subsections])].flatMap((name) => {
    const identity = new Identity(view.settings, name);
    const server = identity.text('smtpserver');
    const login = identity.text('smtpuser');
    // A path names a local sendmail program, which does its own login.
    if (login === '' || /^[/~]/.test(server) || identity.text('smtpauth') === 'none') return [];
    const stored = identity.all('smtppass');
    const read = identity.isOneLogin() ? stored : stored.slice(-1);
    if (read.length > 0) return read.map((password) => entryOf(identity, password));
    return server === '' ? [] : missing(identity, view);
  });
}

const isSending = ({ section }: GitSetting): boolean => section === SECTION;

/** One identity of git send-email: its own settings, then those of `sendemail`; the last one wins. */
class Identity {
  readonly name: string | undefined;
  readonly #settings: readonly GitSetting[];

  constructor(settings: readonly GitSetting[], name: string | undefined) {
    this.#settings = settings.filter(isSending);
    this.name = name;
  }

  all(key: string): readonly GitSetting[] {
    const named = this.#settings.filter((each) => each.key === key);
    const own = named.filter(({ subsection }) => subsection === this.name);
    return own.length > 0 ? own : named.filter(({ subsection }) => subsection === undefined);
  }

  last(key: string): GitSetting | undefined {
    return this.all(key).at(-1);
  }

  /** True where no file names another user or server than the one in force. */
  isOneLogin(): boolean {
    return ['smtpuser', 'smtpserver'].every(
      (key) => new Set(this.all(key).map(({ value }) => value)).size <= 1,
    );
  }

  text(key: string): string {
    return utf8(this.last(key)?.value ?? '');
  }
}

function entryOf(identity: Identity, password: GitSetting): Entry {
  const slot = gitConfigSlot(password, 'smtpPass', password.nth);
  return { ...describe(identity, password.file, slot), ...(password.value ? {} : emptyValue) };
}

const emptyValue = { stored: 'missing', addable: true } as const;

/** Without a password git asks a credential helper, if there is one: then the password belongs there. */
function missing(identity: Identity, view: GitView): readonly Entry[] {
  const user = identity.last('smtpuser');
  if (!user) return [];
  const helped = view.settings.some(
    ({ section, key, value }) => section === 'credential' && key === 'helper' && value,
  );
  const slot = gitConfigSlot(user, 'smtpPass');
  return [
    { ...describe(identity, user.file, slot), stored: 'missing', ...(helped ? {} : { addable: true }) },
  ];
}

function describe(identity: Identity, file: string, slot: Entry['slot']): Entry {
  const port = Number(identity.text('smtpserverport'));
  const from = addressIn(identity.text('from'));
  const tls = tlsOf(identity);
  return {
    store: ID,
    client:
      identity.name === undefined ? ID_FOR_PEOPLE : `${ID_FOR_PEOPLE} (identity ${utf8(identity.name)})`,
    place: { kind: 'file', path: file },
    slot,
    lens: 'git-config',
    protocols: ['smtp'],
    login: identity.text('smtpuser'),
    host: identity.text('smtpserver'),
    ...(Number.isInteger(port) && port > 0 ? { port } : {}),
    ...(tls === undefined ? {} : { tls }),
    ...(from === undefined ? {} : { addresses: [from] }),
    auth: /\b(?:XOAUTH2|OAUTHBEARER)\b/i.test(identity.text('smtpauth')) ? 'oauth' : 'password',
  };
}

const ID_FOR_PEOPLE = 'git send-email';

/** `ssl` is TLS from the first byte, `tls` is STARTTLS, anything else is plain (git-send-email(1)). */
function tlsOf(identity: Identity): Tls | undefined {
  if (!identity.last('smtpencryption')) return undefined;
  const encryption = identity.text('smtpencryption');
  if (encryption === 'ssl') return 'implicit';
  return encryption === 'tls' ? 'starttls' : 'none';
}

const addressIn = (from: string): string | undefined =>
  /<([^<>\s]+@[^<>\s]+)>/.exec(from)?.[1] ?? /^\s*([^<>\s]+@[^<>\s]+)\s*$/.exec(from)?.[1];
