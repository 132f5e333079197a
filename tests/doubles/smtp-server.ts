import { DROP, SILENCE, listen, type Answer, type Listener, type Protection, type Wire } from './wire.ts';

/** What an SMTP server says. Everything left out is what a plain, well-behaved server would say. */
export interface SmtpScript extends Protection {
  readonly greeting?: string;
  /** The mechanisms that it offers over TLS (or in the clear if there is no TLS); empty for no AUTH at all. */
  readonly mechanisms?: string;
  /** The reply to a login. */
  readonly login?: (user: string, password: string) => Answer | Promise<Answer>;
  /** The reply to an AUTH command that carries no password yet. */
  readonly beforePassword?: Answer;
  /** The reply to EHLO when it is refused. */
  readonly ehlo?: string;
  /** Plain text right after the answer to STARTTLS, as somebody in between would slip in. */
  readonly injected?: string;
  /** The reply to MAIL FROM, to RCPT TO and to the end of the message, where it is not a yes. */
  readonly mail?: Answer;
  readonly recipient?: Answer;
  readonly message?: Answer;
  /** Takes a message that was sent after a login. */
  readonly deliver?: (message: Message) => void;
}

export interface Message {
  readonly user: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

interface Envelope {
  user?: string;
  from: string;
  to: string[];
}

/** A small submission server (RFC 5321, RFC 4954): logins, and messages after them. */
export const startSmtpServer = (script: SmtpScript): Promise<Listener> =>
  listen(script, (wire) => converse(wire, script));

async function converse(wire: Wire, script: SmtpScript): Promise<void> {
  const envelope: Envelope = { from: '', to: [] };
  wire.say(script.greeting ?? '220 double ESMTP');
  for (;;) {
    const line = await wire.line();
    if (line === undefined) return;
    await answer(wire, script, envelope, line);
  }
}

async function answer(wire: Wire, script: SmtpScript, envelope: Envelope, line: string): Promise<void> {
  const [command = '', argument = '', initial] = line.split(' ');
  switch (command.toUpperCase()) {
    case 'EHLO':
      return script.ehlo === undefined ? wire.say(...greeted(wire, script)) : wire.say(script.ehlo);
    case 'STARTTLS':
      return startTls(wire, script);
    case 'AUTH':
      return logIn(wire, script, envelope, argument.toUpperCase(), initial);
    case 'QUIT':
      return wire.end('221 2.0.0 bye');
    case 'MAIL':
    case 'RCPT':
    case 'DATA':
      if (envelope.user === undefined) return wire.say('530 5.7.0 Authentication required');
      return takeMessage(wire, script, envelope, line);
    default:
      return wire.say('250 2.0.0 fine');
  }
}

function greeted(wire: Wire, script: SmtpScript): readonly string[] {
  const mechanisms = script.mechanisms ?? 'PLAIN LOGIN';
  const before = script.tls === 'starttls' && !wire.secure;
  const extensions = before ? ['STARTTLS'] : mechanisms === '' ? [] : [`AUTH ${mechanisms}`];
  const lines = ['double', ...extensions, '8BITMIME'];
  return lines.map((text, index) => `250${index === lines.length - 1 ? ' ' : '-'}${text}`);
}

function startTls(wire: Wire, script: SmtpScript): void {
  if (script.certificate === undefined) return wire.say('502 5.5.1 no TLS here');
  wire.write(`220 2.0.0 begin TLS\r\n${script.injected ?? ''}`);
  wire.upgrade(script.certificate);
}

async function logIn(
  wire: Wire,
  script: SmtpScript,
  envelope: Envelope,
  mechanism: string,
  initial: string | undefined,
): Promise<void> {
  if (script.beforePassword !== undefined && initial === undefined) return say(wire, script.beforePassword);
  const [user = '', password = ''] =
    mechanism === 'LOGIN' ? await saslLogin(wire, initial) : await saslPlain(wire, initial);
  const reply = (await script.login?.(user, password)) ?? '235 2.7.0 accepted';
  if (typeof reply === 'string' && reply.startsWith('235')) envelope.user = user;
  say(wire, reply);
}

function say(wire: Wire, reply: Answer): void {
  if (reply === DROP) return wire.drop();
  if (reply === SILENCE) return;
  wire.say(reply);
  if (reply.startsWith('421')) wire.end();
}

const decoded = (blob: string | undefined): string => Buffer.from(blob ?? '', 'base64').toString('utf8');

async function prompted(wire: Wire, prompt: string): Promise<string | undefined> {
  wire.say(`334 ${prompt}`);
  return wire.line();
}

async function saslPlain(wire: Wire, initial: string | undefined): Promise<readonly string[]> {
  return decoded(initial ?? (await prompted(wire, '')))
    .split('\0')
    .slice(1);
}

async function saslLogin(wire: Wire, initial: string | undefined): Promise<readonly string[]> {
  const user = initial ?? (await prompted(wire, 'VXNlcm5hbWU6'));
  return [decoded(user), decoded(await prompted(wire, 'UGFzc3dvcmQ6'))];
}

async function takeMessage(wire: Wire, script: SmtpScript, envelope: Envelope, line: string): Promise<void> {
  const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
  switch (line.slice(0, 4).toUpperCase()) {
    case 'MAIL':
      envelope.from = address;
      envelope.to = [];
      return say(wire, script.mail ?? '250 2.1.0 fine');
    case 'RCPT':
      envelope.to.push(address);
      return say(wire, script.recipient ?? '250 2.1.5 fine');
    default:
      wire.say('354 go on');
      return receive(wire, script, envelope);
  }
}

async function receive(wire: Wire, script: SmtpScript, envelope: Envelope): Promise<void> {
  const { user = '', from, to } = envelope;
  const text = await body(wire);
  if (script.message !== undefined) return say(wire, script.message);
  script.deliver?.({ user, from, to: [...to], text });
  wire.say('250 2.0.0 taken');
}

/** The message up to the lone dot, with the doubled dots undone (RFC 5321 section 4.5.2). */
async function body(wire: Wire): Promise<string> {
  const lines: string[] = [];
  for (let line = await wire.line(); line !== undefined && line !== '.'; line = await wire.line()) {
    lines.push(line.startsWith('.') ? line.slice(1) : line);
  }
  return lines.join('\r\n');
}
