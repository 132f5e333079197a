import { Mailbox } from './mailbox.ts';
import { DROP, SILENCE, listen, type Answer, type Listener, type Protection, type Wire } from './wire.ts';

/** What an IMAP server says. Everything left out is what a plain, well-behaved server would say. */
export interface ImapScript extends Protection {
  readonly greeting?: string;
  /** What it offers where logging in is possible: over TLS, or in the clear if there is no TLS. */
  readonly capabilities?: string;
  /** The answer to a login without its tag. */
  readonly login?: (user: string, password: string) => Answer | Promise<Answer>;
  /** Untagged lines before the answer to a login. */
  readonly untagged?: readonly string[];
  /** The answer to a login command before it carried a password, without its tag. */
  readonly beforePassword?: Answer;
  /** The answer to NAMESPACE without its tag. */
  readonly namespace?: string;
  /** The inbox of a user; left out, everybody's is empty and nothing tells of new messages. */
  readonly inbox?: (user: string) => Mailbox;
  /** Plain text right after the answer to STARTTLS, as somebody in between would slip in. */
  readonly injected?: string;
}

const CAPABILITIES = 'IMAP4rev1 SASL-IR AUTH=PLAIN ID NAMESPACE';

/** What one connection is about. */
interface Session {
  inbox: Mailbox;
  /** How many messages the client was told of. */
  told: number;
}

interface Command {
  readonly tag: string;
  readonly name: string;
  readonly words: readonly string[];
}

/**
 * A small IMAP server (RFC 9051) with one INBOX: enough for imapflow, curl and mbsync to log in, and for
 * imapflow to see a message arrive.
 */
export const startImapServer = (script: ImapScript): Promise<Listener> =>
  listen(script, (wire) => converse(wire, script));

async function converse(wire: Wire, script: ImapScript): Promise<void> {
  const session: Session = { inbox: new Mailbox(), told: 0 };
  wire.say(script.greeting ?? '* OK ready');
  for (;;) {
    const command = await readCommand(wire);
    if (command === undefined) return;
    await answer(wire, script, command, session);
  }
}

async function answer(wire: Wire, script: ImapScript, command: Command, session: Session): Promise<void> {
  const { tag, name, words } = command;
  switch (name) {
    case 'CAPABILITY':
      return wire.say(`* CAPABILITY ${offered(wire, script)}`, `${tag} OK done`);
    case 'STARTTLS':
      return startTls(wire, script, tag);
    case 'AUTHENTICATE':
    case 'LOGIN':
      return logIn(wire, script, command, session);
    case 'NAMESPACE':
      if (script.namespace !== undefined) return wire.say(`${tag} ${script.namespace}`);
      return wire.say('* NAMESPACE (("" "/")) NIL NIL', `${tag} OK done`);
    case 'LOGOUT':
      return wire.end('* BYE closing', `${tag} OK done`);
    case 'SELECT':
    case 'EXAMINE':
      return wire.say(
        ...selected(session),
        `${tag} OK [READ-${name === 'SELECT' ? 'WRITE' : 'ONLY'}] selected`,
      );
    case 'SEARCH':
      return wire.say(
        ...news(session),
        `* SEARCH ${found(session, words).join(' ')}`.trim(),
        `${tag} OK done`,
      );
    case 'NOOP':
      return wire.say(...news(session), `${tag} OK done`);
    case 'IDLE':
      return idle(wire, tag, session);
    default:
      return wire.say(...(UNTAGGED[name]?.(words) ?? []), `${tag} OK done`);
  }
}

/** What comes before the final OK of a command about the one mailbox. */
const UNTAGGED: Readonly<Record<string, (words: readonly string[]) => readonly string[]>> = {
  ID: () => ['* ID ("name" "double")'],
  LIST: (words) => [words[1] === '' ? '* LIST (\\Noselect) "/" ""' : '* LIST () "/" INBOX'],
  STATUS: () => ['* STATUS INBOX (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 1 UNSEEN 0)'],
};

function selected(session: Session): readonly string[] {
  session.told = session.inbox.messages.length;
  return [
    '* FLAGS (\\Seen \\Deleted)',
    `* ${session.told} EXISTS`,
    '* 0 RECENT',
    '* OK [UIDVALIDITY 1] v',
    `* OK [UIDNEXT ${session.told + 1}] n`,
  ];
}

/** What the client was not told of yet. */
function news(session: Session): readonly string[] {
  if (session.told === session.inbox.messages.length) return [];
  session.told = session.inbox.messages.length;
  return [`* ${session.told} EXISTS`];
}

/** The one kind of search that anybody needs here: `UID 5:* HEADER Message-ID <...>`. */
function found({ inbox }: Session, words: readonly string[]): readonly number[] {
  const upper = words.map((word) => word.toUpperCase());
  const [field, text] = words.slice(upper.indexOf('HEADER') + 1);
  if (field === undefined || text === undefined || !upper.includes('HEADER')) return [];
  return inbox.search(Number.parseInt(words[upper.indexOf('UID') + 1] ?? '1', 10), field, text);
}

/** Tells of new messages until the client says DONE (RFC 2177). */
async function idle(wire: Wire, tag: string, session: Session): Promise<void> {
  const stop = session.inbox.watch(() => wire.say(...news(session)));
  wire.say('+ idling', ...news(session));
  await wire.line();
  stop();
  wire.say(`${tag} OK done`);
}

function offered(wire: Wire, script: ImapScript): string {
  if (script.tls === 'starttls' && !wire.secure) return 'IMAP4rev1 STARTTLS LOGINDISABLED';
  return script.capabilities ?? (script.inbox ? `${CAPABILITIES} IDLE` : CAPABILITIES);
}

function startTls(wire: Wire, script: ImapScript, tag: string): void {
  if (script.certificate === undefined) return wire.say(`${tag} BAD no TLS here`);
  wire.write(`${tag} OK begin TLS\r\n${script.injected ?? ''}`);
  wire.upgrade(script.certificate);
}

async function logIn(wire: Wire, script: ImapScript, command: Command, session: Session): Promise<void> {
  if (script.beforePassword !== undefined) return reply(wire, command.tag, script.beforePassword);
  const given = command.name === 'LOGIN' ? command.words : await saslPlain(wire, command.words);
  const [user = '', password = ''] = given;
  const verdict = (await script.login?.(user, password)) ?? 'OK logged in';
  session.inbox = script.inbox?.(user) ?? session.inbox;
  wire.say(...(script.untagged ?? []));
  reply(wire, command.tag, verdict);
}

function reply(wire: Wire, tag: string, answer: Answer): void {
  if (answer === DROP) return wire.drop();
  if (answer !== SILENCE) wire.say(`${tag} ${answer}`);
}

/** The user and password of SASL PLAIN (RFC 4616), with an initial response (RFC 4959) or without. */
async function saslPlain(wire: Wire, words: readonly string[]): Promise<readonly string[]> {
  if (words[1] === undefined) wire.say('+ ');
  const blob = words[1] ?? (await wire.line()) ?? '';
  return Buffer.from(blob, 'base64').toString('utf8').split('\0').slice(1);
}

async function readCommand(wire: Wire): Promise<Command | undefined> {
  const first = await wire.line();
  if (first === undefined) return undefined;
  const parts = await withLiterals(wire, first);
  const [tag = '*', ...rest] = parts;
  // "UID SEARCH" and the like are answered as the command behind UID.
  const [name = '', ...words] = rest[0]?.toUpperCase() === 'UID' ? rest.slice(1) : rest;
  return { tag, name: name.toUpperCase(), words };
}

/** Splits a command into words and fetches the literals that its lines announce (RFC 9051 section 4.3). */
async function withLiterals(wire: Wire, first: string): Promise<readonly string[]> {
  const words: string[] = [];
  for (let line: string | undefined = first; line !== undefined; line = await wire.line()) {
    const [, before = line, size, waits] = /^(.*)\{(\d+)(\+?)\}$/.exec(line) ?? [];
    words.push(...wordsIn(before));
    if (size === undefined) return words;
    if (waits === '') wire.say('+ go on');
    words.push(await wire.octets(Number(size)));
  }
  return words;
}

const wordsIn = (text: string): readonly string[] =>
  [...text.matchAll(/"((?:[^"\\]|\\.)*)"|[^\s"]+/g)].map(([word, quoted]) =>
    quoted === undefined ? word : quoted.replace(/\\(.)/g, '$1'),
  );
