import { createCipheriv, createDecipheriv, getDiffieHellman, hkdfSync, randomBytes } from 'node:crypto';
import { createBroker, createClient, type MessageBus } from 'dbus-native';
import type { Attributes } from '../../shared/model.ts';
import type { StoredSecret } from '../../electron/system/secret-session.ts';

const ROOT = '/org/freedesktop/secrets';
const SECRET = 'org.freedesktop.Secret';
const LOGIN = `${ROOT}/collection/login`;

interface DoubleItem {
  readonly label: string;
  readonly attributes: Attributes;
  readonly created: bigint;
  secret: StoredSecret;
}

interface DoubleCollection {
  locked: boolean;
  readonly items: Map<string, DoubleItem>;
}

export interface DoubleOptions {
  /** Speaks the encrypted algorithm too, as GNOME Keyring does. */
  readonly encrypted?: boolean;
  /** Asks before it creates or deletes an item, as GNOME Keyring does not. */
  readonly asksFirst?: boolean;
}

/**
 * A Secret Service that speaks the wire protocol on a bus of its own, in this process. It keeps what it is given;
 * the cases that run against GNOME Keyring run against it too.
 * https://specifications.freedesktop.org/secret-service-spec/latest/
 */
export class SecretServiceDouble {
  readonly collections = new Map<string, DoubleCollection>([[LOGIN, { locked: false, items: new Map() }]]);
  /** Every method that was called, in order. */
  readonly calls: string[] = [];
  /** What the person in front of a prompt does; `nothing` leaves it open. */
  atPrompt: 'opens' | 'dismisses' | 'nothing' = 'dismisses';
  readonly address: string;
  readonly #bus: MessageBus;
  readonly #broker: ReturnType<typeof createBroker>;
  readonly #options: DoubleOptions;
  /** The key of each open session; undefined for a plain one. */
  readonly #sessions = new Map<string, Buffer | undefined>();
  #made = 0;

  private constructor(
    address: string,
    bus: MessageBus,
    broker: ReturnType<typeof createBroker>,
    options: DoubleOptions,
  ) {
    this.address = address;
    this.#bus = bus;
    this.#broker = broker;
    this.#options = options;
    this.#serve(
      ROOT,
      'Service',
      {},
      {
        OpenSession: ['vo', (algorithm, input) => this.#openSession(algorithm, input)],
        SearchItems: ['aoao', (wanted) => this.#search(wanted)],
        ReadAlias: ['o', (name) => (name === 'default' ? LOGIN : '/')],
        Unlock: ['aoo', (wanted) => this.#unlock(wanted)],
      },
    );
    this.#serveCollection(LOGIN);
  }

  static async start(socket: string, options: DoubleOptions = {}): Promise<SecretServiceDouble> {
    const broker = createBroker();
    const address = await new Promise<string>((resolve) => {
      broker.listen({ socket }, (_error, at) => resolve(at));
    });
    const bus = createClient({ busAddress: address, authMethods: ['EXTERNAL'] });
    await bus.requestName('org.freedesktop.secrets', 0);
    return new SecretServiceDouble(address, bus, broker, options);
  }

  async stop(): Promise<void> {
    await this.#bus.close();
    await new Promise<void>((resolve) => void this.#broker.close(resolve));
  }

  /** As a client of its own would store an item: one with the same attributes is replaced. */
  store(
    label: string,
    attributes: Attributes,
    value: string,
    collection = LOGIN,
    contentType = 'text/plain',
  ): string {
    return this.#add(collection, label, attributes, { value: Buffer.from(value), contentType });
  }

  addCollection(name: string): string {
    const path = `${ROOT}/collection/${name}`;
    this.collections.set(path, { locked: false, items: new Map() });
    this.#serveCollection(path);
    return path;
  }

  /** As after a restart: what clients hold of sessions is worth nothing any more. */
  forgetSessions(): void {
    this.#sessions.clear();
  }

  /** The items that have these attributes, by object path. */
  found(wanted: Attributes): readonly (readonly [path: string, item: DoubleItem, locked: boolean])[] {
    return [...this.collections.values()].flatMap(({ items, locked }) =>
      [...items]
        .filter(([, { attributes }]) =>
          Object.entries(wanted).every(([key, value]) => attributes[key] === value),
        )
        .map(([path, item]) => [path, item, locked] as const),
    );
  }

  #serveCollection(path: string): void {
    const { collections } = this;
    const properties = {
      get Locked() {
        return collections.get(path)?.locked ?? true;
      },
    };
    this.#serve(path, 'Collection', properties, {
      CreateItem: [
        'oo',
        (properties_, secret, replace) => this.#createItem(path, properties_, secret, replace),
      ],
    });
  }

  #createItem(collection: string, properties: unknown, secret: unknown, replace: unknown): unknown {
    this.#mustBeOpen(collection);
    if (this.#options.asksFirst) return ['/', this.#prompt(() => undefined)];
    if (!isRecord(properties) || replace !== false) throw dbusError('org.freedesktop.DBus.Error.InvalidArgs');
    const { [`${SECRET}.Item.Label`]: label, [`${SECRET}.Item.Attributes`]: attributes } = properties;
    return [this.#add(collection, String(label), textsOf(attributes), this.#unwrap(secret)), '/'];
  }

  #add(collection: string, label: string, attributes: Attributes, secret: StoredSecret): string {
    const path = `${collection}/${(this.#made += 1)}`;
    const item: DoubleItem = { label, attributes, created: BigInt(this.#made), secret };
    this.#itemsOf(collection).set(path, item);
    const properties = { Attributes: attributes, Label: label, Created: item.created };
    this.#serve(path, 'Item', properties, {
      GetSecret: ['(oayays)', (session) => this.#open(collection, () => this.#wrap(session, item.secret))],
      SetSecret: [
        '',
        (wrapped) =>
          this.#open(collection, () => {
            item.secret = this.#unwrap(wrapped);
            return null;
          }),
      ],
      Delete: ['o', () => this.#open(collection, () => this.#delete(collection, path))],
    });
    return path;
  }

  #delete(collection: string, path: string): string {
    if (this.#options.asksFirst) return this.#prompt(() => undefined);
    this.#itemsOf(collection).delete(path);
    this.#bus.unexportInterface(path);
    return '/';
  }

  #itemsOf(collection: string): Map<string, DoubleItem> {
    const found = this.collections.get(collection);
    if (!found) throw dbusError(`${SECRET}.Error.NoSuchObject`);
    return found.items;
  }

  #mustBeOpen(collection: string): void {
    if (this.collections.get(collection)?.locked !== false) throw dbusError(`${SECRET}.Error.IsLocked`);
  }

  #open<T>(collection: string, act: () => T): T {
    this.#mustBeOpen(collection);
    return act();
  }

  #search(wanted: unknown): unknown {
    const found = this.found(textsOf(wanted));
    const paths = (locked: boolean) => found.filter((each) => each[2] === locked).map(([path]) => path);
    return [paths(false), paths(true)];
  }

  #unlock(wanted: unknown): unknown {
    const asked = Array.isArray(wanted) ? wanted.map(String) : [];
    const shut = asked.filter((path) => this.collections.get(path)?.locked === true);
    const open = asked.filter((path) => !shut.includes(path));
    return [open, shut.length === 0 ? '/' : this.#prompt(() => this.#openAll(shut))];
  }

  #openAll(paths: readonly string[]): void {
    for (const path of paths) {
      const collection = this.collections.get(path);
      if (collection) collection.locked = false;
    }
  }

  #prompt(agreed: () => void): string {
    const path = `${ROOT}/prompt/p${(this.#made += 1)}`;
    const complete = (dismissed: boolean): void =>
      this.#bus.sendSignal(path, `${SECRET}.Prompt`, 'Completed', 'bv', [dismissed, ['s', '']]);
    this.#serve(
      path,
      'Prompt',
      {},
      {
        Prompt: [
          '',
          () => {
            if (this.atPrompt === 'opens') agreed();
            if (this.atPrompt !== 'nothing') complete(this.atPrompt === 'dismisses');
            return null;
          },
        ],
        Dismiss: ['', () => (complete(true), null)],
      },
    );
    return path;
  }

  #openSession(algorithm: unknown, input: unknown): unknown {
    const path = `${ROOT}/session/s${(this.#made += 1)}`;
    if (algorithm === 'plain') {
      this.#sessions.set(path, undefined);
      return [['s', ''], path];
    }
    if (algorithm !== ENCRYPTED || !this.#options.encrypted || !Buffer.isBuffer(input))
      throw dbusError('org.freedesktop.DBus.Error.NotSupported');
    const ours = getDiffieHellman('modp2');
    const key = ours.generateKeys();
    const shared = ours.computeSecret(input);
    const padded = Buffer.concat([Buffer.alloc(128 - shared.length), shared]);
    this.#sessions.set(path, Buffer.from(hkdfSync('sha256', padded, Buffer.alloc(32), '', 16)));
    return [['ay', key], path];
  }

  #keyOf(session: unknown): Buffer | undefined {
    if (typeof session !== 'string' || !this.#sessions.has(session))
      throw dbusError(`${SECRET}.Error.NoSession`);
    return this.#sessions.get(session);
  }

  #wrap(session: unknown, { value, contentType }: StoredSecret): unknown {
    const key = this.#keyOf(session);
    if (!key) return [session, Buffer.alloc(0), value, contentType];
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-128-cbc', key, iv);
    return [session, iv, Buffer.concat([cipher.update(value), cipher.final()]), contentType];
  }

  #unwrap(secret: unknown): StoredSecret {
    const [session, iv, value, contentType]: readonly unknown[] = Array.isArray(secret) ? secret : [];
    if (!Buffer.isBuffer(iv) || !Buffer.isBuffer(value))
      throw dbusError('org.freedesktop.DBus.Error.InvalidArgs');
    const key = this.#keyOf(session);
    const decipher = key && createDecipheriv('aes-128-cbc', key, iv);
    const opened = decipher ? Buffer.concat([decipher.update(value), decipher.final()]) : Buffer.from(value);
    return { value: opened, contentType: String(contentType) };
  }

  #serve(path: string, face: string, properties: object, methods: Methods): void {
    const implementation = Object.create(properties, descriptorsOf(methods, this.calls));
    this.#bus.exportInterface(implementation, path, {
      name: `${SECRET}.${face}`,
      methods: mapped(methods, ([signature]) => ['', signature, [], []]),
      properties: Object.fromEntries(
        Object.keys(properties).map((name) => [name, { type: TYPES[name] ?? 's', access: 'read' }]),
      ),
    });
  }
}

const ENCRYPTED = 'dh-ietf1024-sha256-aes128-cbc-pkcs7';

const TYPES: Readonly<Record<string, string>> = {
  Attributes: 'a{ss}',
  Created: 't',
  Label: 's',
  Locked: 'b',
};

/** By name: the signature of the reply, and what makes it from the call's arguments. */
type Methods = Readonly<
  Record<string, readonly [signature: string, reply: (...args: readonly unknown[]) => unknown]>
>;

const descriptorsOf = (methods: Methods, calls: string[]): PropertyDescriptorMap =>
  Object.fromEntries(
    Object.entries(methods).map(([member, [, reply]]) => [
      member,
      {
        value: (...args: readonly unknown[]): unknown => {
          calls.push(member);
          return reply(...args);
        },
      },
    ]),
  );

const mapped = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textsOf = (value: unknown): Attributes => (isRecord(value) ? mapped(value, String) : {});

const dbusError = (dbusName: string): Error => Object.assign(new Error(dbusName), { dbusName });
