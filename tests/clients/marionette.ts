import net from 'node:net';

/** A message of the remote protocol: its length in bytes, a colon, JSON (Firefox source docs, Marionette protocol). */
const frame = (message: unknown): string => {
  const text = JSON.stringify(message);
  return `${Buffer.byteLength(text)}:${text}`;
};

/** The first whole message in the buffer and what follows it. */
function unframe(buffer: Buffer): { message: unknown; rest: Buffer } | undefined {
  const colon = buffer.indexOf(':');
  if (colon < 0) return undefined;
  const end = colon + 1 + Number(buffer.toString('latin1', 0, colon));
  if (buffer.length < end) return undefined;
  return { message: JSON.parse(buffer.toString('utf8', colon + 1, end)), rest: buffer.subarray(end) };
}

/** Mozilla's remote control, as far as scripts with chrome privileges need it. One command at a time. */
export class Marionette {
  readonly #socket: net.Socket;
  readonly #incoming: AsyncIterator<unknown>;
  #last = 0;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    this.#incoming = messagesOf(socket);
  }

  /** Connects and opens a session; resolves when the application is ready for scripts. */
  static async connect(port: number): Promise<Marionette> {
    const socket = net.connect({ host: '127.0.0.1', port });
    const marionette = new Marionette(socket);
    // it speaks first
    await marionette.#incoming.next();
    await marionette.command('WebDriver:NewSession', { capabilities: { alwaysMatch: {} } });
    await marionette.command('Marionette:SetContext', { value: 'chrome' });
    return marionette;
  }

  /** Runs the body of an async function in the application; `args` is what was given. Resolves with its value. */
  async run(body: string, args: readonly unknown[] = []): Promise<unknown> {
    const script = `const resolve = arguments[arguments.length - 1];
      const args = Array.from(arguments).slice(0, -1);
      (async () => { ${body} })().then(
        (value) => resolve({ value: value ?? null }),
        (error) => resolve({ error: String(error) }),
      );`;
    const answer = await this.command('WebDriver:ExecuteAsyncScript', {
      script,
      args,
      scriptTimeout: 30_000,
    });
    const { value } = shape(answer);
    const { value: result, error } = shape(value);
    if (error !== undefined) throw new Error(`the script failed: ${JSON.stringify(error)}`);
    return result;
  }

  close(): void {
    this.#socket.destroy();
  }

  async command(name: string, parameters: unknown): Promise<unknown> {
    this.#last += 1;
    this.#socket.write(frame([0, this.#last, name, parameters]));
    const { value: reply, done } = await this.#incoming.next();
    if (done === true || !Array.isArray(reply)) throw new Error(`${name}: the connection ended`);
    const [, , error, result] = reply;
    if (error !== null) throw new Error(`${name}: ${JSON.stringify(error)}`);
    return result;
  }
}

const shape = (value: unknown): { readonly value?: unknown; readonly error?: unknown } =>
  typeof value === 'object' && value !== null ? value : {};

async function* messagesOf(socket: net.Socket): AsyncGenerator {
  let buffer = Buffer.alloc(0);
  for await (const chunk of socket) {
    if (Buffer.isBuffer(chunk)) buffer = Buffer.concat([buffer, chunk]);
    for (let found = unframe(buffer); found; found = unframe(buffer)) {
      buffer = Buffer.from(found.rest);
      yield found.message;
    }
  }
}
