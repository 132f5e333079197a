import net from 'node:net';
import { once } from 'node:events';

/** What one client sent to prove who it is. */
export interface Attempt {
  readonly mechanism: string;
  readonly user: Buffer;
  readonly password: Buffer;
}

type Dialogue = (say: (line: string) => void, seen: Attempt[]) => Feed;

/** Takes one line without its end; the next `literal` bytes, when asked for, come as one piece. */
type Feed = (line: Buffer) => { readonly literal?: number; readonly end?: boolean } | void;

/**
 * A mail server on loopback without TLS that accepts every login and keeps what was sent, so that a real client
 * can tell which password it read from its configuration. It knows one mechanism per protocol and no mail.
 */
export class AuthStub implements AsyncDisposable {
  readonly seen: Attempt[] = [];
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();

  private constructor(dialogue: Dialogue) {
    this.#server = net.createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      converse(socket, dialogue, this.seen);
    });
  }

  /** AUTH PLAIN (RFC 4616) over SMTP; takes any message. */
  static smtp = (): Promise<AuthStub> => AuthStub.#listen(smtp);
  /** LOGIN (RFC 3501) with quoted strings or literals. */
  static imap = (): Promise<AuthStub> => AuthStub.#listen(imap);
  /** USER and PASS (RFC 1939) over an empty mailbox. */
  static pop3 = (): Promise<AuthStub> => AuthStub.#listen(pop3);

  static async #listen(dialogue: Dialogue): Promise<AuthStub> {
    const stub = new AuthStub(dialogue);
    stub.#server.listen(0, '127.0.0.1');
    await once(stub.#server, 'listening');
    return stub;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  /** Takes out what was seen so far. */
  drain(): readonly Attempt[] {
    return this.seen.splice(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function converse(socket: net.Socket, dialogue: Dialogue, seen: Attempt[]): void {
  const feed = dialogue((line) => socket.write(`${line}\r\n`), seen);
  let waiting = Buffer.alloc(0);
  let literal: number | undefined;
  socket.on('data', (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (let piece = next(); piece; piece = next()) {
      const answer = feed(piece);
      literal = answer?.literal;
      if (answer?.end) socket.end();
    }
  });

  function next(): Buffer | undefined {
    const end = literal ?? waiting.indexOf('\r\n');
    if (end < 0 || waiting.length < end) return undefined;
    const piece = waiting.subarray(0, end);
    waiting = waiting.subarray(end + (literal === undefined ? 2 : 0));
    return piece;
  }
}

const smtp: Dialogue = (say, seen) => {
  let state: 'commands' | 'response' | 'message' = 'commands';
  const authenticate = (base64: string): void => {
    seen.push(plain(Buffer.from(base64, 'base64')));
    state = 'commands';
    say('235 2.7.0 Accepted');
  };
  say('220 stub ESMTP');
  return (bytes) => {
    const line = bytes.toString('latin1');
    if (state === 'response') return authenticate(line);
    if (state === 'message') {
      if (line !== '.') return;
      state = 'commands';
      return say('250 2.0.0 Taken');
    }
    const [verb = '', mechanism, initial] = line.split(' ');
    switch (verb.toUpperCase()) {
      case 'EHLO':
        say('250-stub');
        return say('250 AUTH PLAIN');
      case 'AUTH':
        if (mechanism?.toUpperCase() !== 'PLAIN') return say('504 5.5.4 Only PLAIN here');
        if (initial) return authenticate(initial);
        state = 'response';
        return say('334 ');
      case 'DATA':
        state = 'message';
        return say('354 Go ahead');
      case 'QUIT':
        say('221 2.0.0 Bye');
        return { end: true };
      default:
        return say('250 2.0.0 Fine');
    }
  };
};

/** `authorisation NUL user NUL password`. */
function plain(message: Buffer): Attempt {
  const first = message.indexOf(0);
  const second = message.indexOf(0, first + 1);
  return {
    mechanism: 'PLAIN',
    user: Buffer.from(message.subarray(first + 1, second)),
    password: Buffer.from(message.subarray(second + 1)),
  };
}

const pop3: Dialogue = (say, seen) => {
  let user = Buffer.alloc(0);
  say('+OK stub');
  return (bytes) => {
    switch (bytes.subarray(0, 4).toString('latin1').toUpperCase()) {
      case 'CAPA':
        for (const line of ['+OK', 'USER', '.']) say(line);
        return;
      case 'USER':
        user = Buffer.from(bytes.subarray(5));
        return say('+OK');
      case 'PASS':
        seen.push({ mechanism: 'USER', user, password: Buffer.from(bytes.subarray(5)) });
        return say('+OK');
      case 'STAT':
        return say('+OK 0 0');
      case 'QUIT':
        say('+OK');
        return { end: true };
      default:
        for (const line of ['+OK', '.']) say(line);
    }
  };
};

const imap: Dialogue = (say, seen) => {
  let command = Buffer.alloc(0);
  let inLiteral = false;
  say('* OK [CAPABILITY IMAP4rev1] stub');
  return (bytes) => {
    command = Buffer.concat([command, bytes]);
    if (inLiteral) {
      inLiteral = false;
      return;
    }
    const literal = /\{(\d+)(\+?)\}$/.exec(bytes.toString('latin1'));
    if (literal) {
      inLiteral = true;
      if (!literal[2]) say('+ go on');
      return { literal: Number(literal[1]) };
    }
    const words = imapWords(command);
    command = Buffer.alloc(0);
    return answerImap(words, say, seen);
  };
};

function answerImap(
  words: readonly Buffer[],
  say: (line: string) => void,
  seen: Attempt[],
): ReturnType<Feed> {
  const [tag = '', verb = ''] = words.slice(0, 2).map((word) => word.toString('latin1'));
  switch (verb.toUpperCase()) {
    case 'LOGIN':
      seen.push({
        mechanism: 'LOGIN',
        user: words[2] ?? Buffer.alloc(0),
        password: words[3] ?? Buffer.alloc(0),
      });
      return say(`${tag} OK Welcome`);
    case 'AUTHENTICATE':
      return say(`${tag} NO Only LOGIN here`);
    case 'CAPABILITY':
      say('* CAPABILITY IMAP4rev1');
      break;
    case 'LIST':
      say('* LIST () "/" INBOX');
      break;
    case 'LOGOUT':
      say('* BYE');
      say(`${tag} OK Bye`);
      return { end: true };
  }
  say(`${tag} OK Done`);
}

/** Splits a command into atoms, quoted strings and literals (RFC 3501, section 4). */
function imapWords(command: Buffer): readonly Buffer[] {
  const words: Buffer[] = [];
  let at = 0;
  while (at < command.length) {
    const rest = command.subarray(at).toString('latin1');
    const literal = /^\{(\d+)\+?\}/.exec(rest);
    const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(rest);
    if (literal) {
      const start = at + literal[0].length;
      at = start + Number(literal[1]);
      words.push(Buffer.from(command.subarray(start, at)));
    } else if (quoted) {
      at += quoted[0].length;
      words.push(
        Buffer.from(
          (quoted[1] ?? '').replace(/\\(.)/g, (_, escaped: string) => escaped),
          'latin1',
        ),
      );
    } else {
      const atom = /^[^ ]*/.exec(rest)?.[0] ?? '';
      at += atom.length;
      words.push(Buffer.from(atom, 'latin1'));
    }
    if (command[at] === 0x20) at += 1;
  }
  return words;
}
