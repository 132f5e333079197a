import net from 'node:net';
import { until } from './until.ts';

/**
 * The address dialled chooses the certificate. Clients come from 127.0.0.1, because Dovecot takes a connection
 * whose both ends have the same address for a secure one.
 */
export const ADDRESSES = {
  good: '127.0.0.2',
  expired: '127.0.0.3',
  wrongName: '127.0.0.4',
  selfSigned: '127.0.0.5',
  /** STARTTLS is not offered: IMAP and POP3 refuse passwords, SMTP would take them in the clear. */
  noTls: '127.0.0.6',
} as const;

export type Fault = keyof typeof ADDRESSES;

export interface Ports {
  readonly imap: number;
  readonly imaps: number;
  readonly pop3: number;
  readonly pop3s: number;
  /** Postfix as on port 587: STARTTLS first. */
  readonly submission: number;
  /** Postfix as on port 465: TLS from the first byte. */
  readonly submissions: number;
  /** Postfix with TLS but without any login. */
  readonly noAuth: number;
  /** Nobody listens here. */
  readonly closed: number;
}

const listen = (): Promise<net.Server> =>
  new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(0, '0.0.0.0', () => resolve(server));
  });

/** As many different ports as asked for, free on every loopback address at the time of asking. */
async function freeNumbers(count: number): Promise<number[]> {
  const held = await Promise.all(Array.from({ length: count }, listen));
  const numbers = held.map((server) => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
    return address.port;
  });
  await Promise.all(held.map((server) => new Promise((closed) => server.close(closed))));
  return numbers;
}

export async function freePort(): Promise<number> {
  const [port] = await freeNumbers(1);
  if (port === undefined) throw new Error('no free port');
  return port;
}

export async function freePorts(): Promise<Ports> {
  const numbers = await freeNumbers(8);
  const next = (): number => {
    const port = numbers.pop();
    if (port === undefined) throw new Error('too few free ports');
    return port;
  };
  return {
    imap: next(),
    imaps: next(),
    pop3: next(),
    pop3s: next(),
    submission: next(),
    submissions: next(),
    noAuth: next(),
    closed: next(),
  };
}

const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect({ host, port });
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

export async function untilOpen(host: string, port: number, within?: number): Promise<void> {
  await until(`somebody listening on ${host}:${port}`, () => answers(host, port), within);
}
