import type { DBusError, Message, MessageBus } from 'dbus-native';

/** One method call with its explicit D-Bus signature: no introspection, so no guessing. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** What a signal is known by. */
export type BusSignal = Pick<BusCall, 'path' | 'interface' | 'member'>;

/** The returned values, or the name of the D-Bus error. */
export type Answer =
  { readonly ok: true; readonly values: readonly unknown[] } | { readonly ok: false; readonly error: string };

/** How long to wait, in milliseconds: for the bus itself, and for one call (the service may have to start). */
export interface BusLimits {
  readonly greeting: number;
  readonly call: number;
}

/** The D-Bus specification's name for a bus that cannot be reached. */
export const NO_BUS = 'org.freedesktop.DBus.Error.NoServer';

const LIMITS: BusLimits = { greeting: 2_000, call: 15_000 };

/** The address of the user's session bus: the variable, else the socket that systemd puts in the runtime folder. */
export function sessionBusAddress(env: (name: string) => string | undefined): string | undefined {
  const named = env('DBUS_SESSION_BUS_ADDRESS');
  if (named) return named;
  const runtime = env('XDG_RUNTIME_DIR');
  return runtime ? `unix:path=${runtime}/bus` : undefined;
}

/**
 * The first Unix socket in a bus address; a leading NUL marks an abstract one.
 * Other transports (`unixexec:`, `tcp:`, `autolaunch:`) start programs or leave the machine and are not followed.
 * https://dbus.freedesktop.org/doc/dbus-specification.html#addresses
 */
export function socketOf(address: string): string | undefined {
  for (const part of address.split(';').filter((each) => each.startsWith('unix:'))) {
    const pairs = part.slice('unix:'.length).split(',');
    const valueOf = (key: string): string | undefined =>
      pairs.find((pair) => pair.startsWith(`${key}=`))?.slice(key.length + 1);
    const path = valueOf('path');
    if (path) return unescaped(path);
    const abstract = valueOf('abstract');
    if (abstract) return `\0${unescaped(abstract) ?? ''}`;
  }
  return undefined;
}

function unescaped(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/**
 * A connection to one session bus, opened with the first call and bounded in time: an address where nothing
 * answers is an `Answer`, not a wait. It never keeps the process alive except while a call is under way.
 * A bus that could not be reached is not tried again until `close`.
 */
export class SessionBus {
  readonly #address: string | undefined;
  readonly #limits: BusLimits;
  #connection: Promise<MessageBus | undefined> | undefined;

  constructor(address: string | undefined, limits: BusLimits = LIMITS) {
    this.#address = address;
    this.#limits = limits;
  }

  /** `limit` where the answer waits for a person. */
  async call(call: BusCall, limit: number = this.#limits.call): Promise<Answer> {
    this.#connection ??= this.#open();
    const bus = await this.#connection;
    return bus ? invoke(bus, call, limit) : { ok: false, error: NO_BUS };
  }

  /**
   * Makes a call and waits for the signal that ends what it began; the signal's values are the answer. `TimedOut`
   * when it does not come within the limit.
   */
  async callUntil(call: BusCall, signal: BusSignal, limit: number): Promise<Answer> {
    this.#connection ??= this.#open();
    const bus = await this.#connection;
    if (!bus) return { ok: false, error: NO_BUS };
    const { path, interface: face, member } = signal;
    const rule = `type='signal',path='${path}',interface='${face}',member='${member}'`;
    const heard = hear(bus, signal, limit);
    try {
      await bus.addMatch(rule);
      const called = await invoke(bus, call, this.#limits.call);
      return called.ok ? await heard.answer : called;
    } catch {
      return { ok: false, error: NO_BUS };
    } finally {
      heard.stop();
      bus.removeMatch(rule, () => undefined);
    }
  }

  /** Ends the connection; a later call opens a new one. */
  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    (await connection)?.connection.stream.destroy();
  }

  #open(): Promise<MessageBus | undefined> {
    const opening = this.#connect(() => {
      if (this.#connection === opening) this.#connection = undefined;
    });
    return opening;
  }

  async #connect(lost: () => void): Promise<MessageBus | undefined> {
    const socket = this.#address === undefined ? undefined : socketOf(this.#address);
    if (socket === undefined) return undefined;
    const bus = await dial(socket);
    if (!bus) return undefined;
    // A bus is there when it answers; libraries that only wait for the socket hang on a mute one.
    const greeting = await invoke(bus, GET_ID, this.#limits.greeting);
    if (!greeting.ok) {
      bus.connection.stream.destroy();
      return undefined;
    }
    bus.connection.on('close', lost);
    return bus;
  }
}

const GET_ID: BusCall = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'GetId',
};

async function dial(socket: string): Promise<MessageBus | undefined> {
  const { createClient } = await import('dbus-native');
  try {
    // No deadline inside the library: its own Hello would throw out of a timer when that passes.
    const bus = createClient({ socket, timeout: 0, fdTransport: false, authMethods: ['EXTERNAL'] });
    const { stream } = bus.connection;
    const drop = (): void => void stream.destroy();
    bus.connection.on('error', drop);
    bus.connection.on('handlerError', drop);
    if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
    return bus;
  } catch {
    return undefined;
  }
}

/** The timer keeps the process alive meanwhile. `stop` ends the wait. */
function hear(
  bus: MessageBus,
  { path, interface: face, member }: BusSignal,
  limit: number,
): { readonly answer: Promise<Answer>; stop(): void } {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const { connection } = bus;
  const onMessage = (message: Message): void => {
    if (message.type !== SIGNAL || message.path !== path) return;
    if (message.interface !== face || message.member !== member) return;
    resolve({ ok: true, values: message.body ?? [] });
  };
  const onClose = (): void => resolve({ ok: false, error: NO_BUS });
  const timer = setTimeout(() => resolve({ ok: false, error: TIMED_OUT }), limit);
  connection.on('message', onMessage);
  connection.on('close', onClose);
  const stop = (): void => {
    clearTimeout(timer);
    connection.off('message', onMessage);
    connection.off('close', onClose);
    resolve({ ok: false, error: TIMED_OUT });
  };
  return { answer: promise, stop };
}

const SIGNAL = 4;
const TIMED_OUT = 'org.freedesktop.DBus.Error.TimedOut';

/** The timer is what keeps the process alive while the call is under way; the socket itself does not. */
function invoke(bus: MessageBus, call: BusCall, limit: number): Promise<Answer> {
  const { body, ...message } = call;
  const late = new AbortController();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => late.abort(), limit);
    const settle = (error: DBusError | null, ...values: readonly unknown[]): void => {
      clearTimeout(timer);
      if (!error) resolve({ ok: true, values });
      else if (error.dbusName) resolve({ ok: false, error: error.dbusName });
      // Without a D-Bus name it is ours: a body that does not fit its signature.
      else reject(error);
    };
    bus.invoke({ ...message, body: body ? [...body] : [] }, { signal: late.signal, timeout: 0 }, settle);
  });
}
