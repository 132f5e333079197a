import * as net from 'node:net';
import * as tls from 'node:tls';
import type { Certificate } from './certificates.ts';

/** How a server on loopback protects its connections; without a certificate it stays in the clear. */
export interface Protection {
  readonly tls: 'implicit' | 'starttls' | 'none';
  readonly certificate?: Certificate;
}

/** One line that a client sent, and whether it came through TLS. */
export interface Heard {
  readonly line: string;
  readonly secure: boolean;
}

/** What a server answers to a login: words, silence, or the end of the connection. */
export type Answer = string | typeof SILENCE | typeof DROP;
export const SILENCE = Symbol('silence');
export const DROP = Symbol('drop');

/** The server's end of one connection, read line by line. */
export class Wire {
  #socket: net.Socket;
  #pending = Buffer.alloc(0);
  #wake: () => void = () => {};
  #closed = false;
  readonly #heard: Heard[];

  constructor(socket: net.Socket, heard: Heard[]) {
    this.#socket = socket;
    this.#heard = heard;
    this.#listen();
  }

  get secure(): boolean {
    return this.#socket instanceof tls.TLSSocket;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The next line without its end; `undefined` when the client is gone. */
  async line(): Promise<string | undefined> {
    const end = await this.#until(() => this.#pending.indexOf('\n') + 1);
    if (end === 0) return undefined;
    const line = this.#take(end)
      .toString('utf8')
      .replace(/\r?\n$/, '');
    this.#heard.push({ line, secure: this.secure });
    return line;
  }

  /** Exactly `count` octets, fewer when the client is gone: an IMAP literal. */
  async octets(count: number): Promise<string> {
    await this.#until(() => (this.#pending.length >= count ? 1 : 0));
    const text = this.#take(count).toString('utf8');
    this.#heard.push({ line: text, secure: this.secure });
    return text;
  }

  say(...lines: readonly string[]): void {
    if (this.#socket.writable) this.#socket.write(lines.map((line) => `${line}\r\n`).join(''));
  }

  /** Says something without ending the line. */
  write(text: string): void {
    this.#socket.write(text);
  }

  /** Goes on over TLS, as a server does after STARTTLS; what came in the clear before is forgotten. */
  upgrade({ key, cert }: Certificate): void {
    const plain = this.#socket;
    plain.removeAllListeners('data');
    this.#pending = Buffer.alloc(0);
    this.#socket = new tls.TLSSocket(plain, { isServer: true, key, cert });
    this.#listen();
  }

  end(...lines: readonly string[]): void {
    this.say(...lines);
    this.#socket.end();
  }

  drop(): void {
    this.#socket.destroy();
  }

  #listen(): void {
    this.#socket.on('data', (chunk: Buffer) => {
      this.#pending = Buffer.concat([this.#pending, chunk]);
      this.#wake();
    });
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  async #until(found: () => number): Promise<number> {
    while (found() === 0 && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return found();
  }

  #take(count: number): Buffer {
    const taken = this.#pending.subarray(0, count);
    this.#pending = this.#pending.subarray(count);
    return taken;
  }
}

export interface Listener {
  readonly port: number;
  /** Everything that clients sent, in order. */
  readonly heard: readonly Heard[];
  /** How many connections were opened. */
  connections(): number;
  stop(): Promise<void>;
}

/** Serves connections on a free port of 127.0.0.1 until stopped. */
export async function listen(
  protection: Protection,
  serve: (wire: Wire) => Promise<void> | void,
): Promise<Listener> {
  const heard: Heard[] = [];
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const accept = (socket: net.Socket): void => void serve(new Wire(socket, heard));
  const { tls: mode, certificate } = protection;
  const server =
    mode === 'implicit' ? tls.createServer({ ...certificate }, accept) : net.createServer(accept);
  // Below TLS, so that connections whose handshake never ends are closed by `stop` too.
  server.on('connection', (socket: net.Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(portOf(server.address())));
  });
  return {
    port,
    heard,
    connections: () => connections,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function portOf(address: ReturnType<net.Server['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('no port was opened');
  return address.port;
}
