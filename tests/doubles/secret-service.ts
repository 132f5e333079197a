import { createBroker, createClient, type MessageBus } from 'dbus-native';
import type { StoredSecret } from '../../electron/system/secret-session.ts';

const ROOT = '/org/freedesktop/secrets';
const COLLECTION = `${ROOT}/collection/login`;
const ITEM = `${COLLECTION}/1`;
const SESSION = `${ROOT}/session/s1`;
const SECRET = 'org.freedesktop.Secret';

/**
 * A Secret Service with one item that speaks only the plain algorithm, keeps content types and asks before it
 * creates or deletes: what GNOME Keyring does not do. Runs on a bus of its own, in this process.
 */
export class PlainSecretService {
  item: StoredSecret | undefined = { value: Buffer.from('old'), contentType: 'text/plain; charset=utf8' };
  /** Every method that was called, in order. */
  readonly calls: string[] = [];
  /** Sessions are forgotten, as after a restart of the service. */
  forgetful = false;
  readonly address: string;
  readonly #bus: MessageBus;
  readonly #broker: ReturnType<typeof createBroker>;

  private constructor(address: string, bus: MessageBus, broker: ReturnType<typeof createBroker>) {
    this.address = address;
    this.#bus = bus;
    this.#broker = broker;
    this.#serve(
      ROOT,
      'Service',
      {},
      {
        OpenSession: ['vo', (algorithm) => this.#openSession(algorithm)],
        SearchItems: ['aoao', () => [this.item ? [ITEM] : [], []]],
        ReadAlias: ['o', () => COLLECTION],
      },
    );
    this.#serve(
      COLLECTION,
      'Collection',
      { Locked: ['b', false] },
      {
        CreateItem: ['oo', () => ['/', `${ROOT}/prompt/p1`]],
      },
    );
    this.#serve(
      ITEM,
      'Item',
      { Attributes: ['a{ss}', { user: 'anna' }], Label: ['s', 'mail'] },
      {
        GetSecret: ['(oayays)', () => this.#getSecret()],
        SetSecret: ['', (secret) => this.#setSecret(secret)],
        Delete: ['o', () => `${ROOT}/prompt/p2`],
      },
    );
  }

  static async start(socket: string): Promise<PlainSecretService> {
    const broker = createBroker();
    const address = await new Promise<string>((resolve) => {
      broker.listen({ socket }, (_error, at) => resolve(at));
    });
    const bus = createClient({ busAddress: address, authMethods: ['EXTERNAL'] });
    await bus.requestName('org.freedesktop.secrets', 0);
    return new PlainSecretService(address, bus, broker);
  }

  async stop(): Promise<void> {
    await this.#bus.close();
    await new Promise<void>((resolve) => void this.#broker.close(resolve));
  }

  #serve(path: string, face: string, properties: Properties, methods: Methods): void {
    const answers = Object.entries(methods).map(([member, [, reply]]) => [
      member,
      (first: unknown): unknown => {
        this.calls.push(member);
        return reply(first);
      },
    ]);
    const values = Object.entries(properties).map(([name, [, value]]) => [name, value]);
    this.#bus.exportInterface(Object.fromEntries([...answers, ...values]), path, {
      name: `${SECRET}.${face}`,
      methods: mapped(methods, ([signature]) => ['', signature, [], []]),
      properties: mapped(properties, ([type]) => ({ type, access: 'read' })),
    });
  }

  #openSession(algorithm: unknown): unknown {
    this.forgetful = false;
    if (algorithm === 'plain') return [['s', ''], SESSION];
    throw dbusError('org.freedesktop.DBus.Error.NotSupported');
  }

  #getSecret(): unknown {
    if (this.forgetful) throw dbusError(`${SECRET}.Error.NoSession`);
    return this.item ? [SESSION, Buffer.alloc(0), this.item.value, this.item.contentType] : undefined;
  }

  #setSecret(secret: unknown): null {
    if (!Array.isArray(secret)) throw dbusError('org.freedesktop.DBus.Error.InvalidArgs');
    const [, , value, contentType]: readonly unknown[] = secret;
    if (Buffer.isBuffer(value)) this.item = { value, contentType: String(contentType) };
    return null;
  }
}

/** By name: the signature and the value, or what makes it from the call's first argument. */
type Properties = Readonly<Record<string, readonly [signature: string, value: unknown]>>;
type Methods = Readonly<Record<string, readonly [signature: string, reply: (first: unknown) => unknown]>>;

const mapped = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

const dbusError = (dbusName: string): Error => Object.assign(new Error(dbusName), { dbusName });
