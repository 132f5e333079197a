import type { Attributes } from '../../shared/model.ts';
import { fail, ok, problem, type Problem, type Result } from '../../shared/problem.ts';
import type { KeyringItem } from '../engine/ports.ts';
import { KeyringPrompt } from './keyring-prompt.ts';
import { offerKey, SecretSession, type StoredSecret } from './secret-session.ts';
import { NO_BUS, type Answer, type SessionBus } from './session-bus.ts';

/** A found item and the object that stands for it right now; object paths are never stored. */
export interface ServiceItem extends KeyringItem {
  readonly object: string;
}

/** An item that does not exist yet; without a collection it goes to the default one. */
export interface NewItem {
  readonly attributes: Attributes;
  readonly label: string;
  readonly collection?: string;
}

/** The schema of items that have none of their own, keytar's among them (`src/keytar_posix.cc`). */
export const GENERIC_SCHEMA = 'org.freedesktop.Secret.Generic';

const DESTINATION = 'org.freedesktop.secrets';
const ROOT = '/org/freedesktop/secrets';
const SECRET = 'org.freedesktop.Secret';
/** The object path that the specification uses for "nothing" and "no prompt needed". */
const NOTHING = '/';
const ENCRYPTED = 'dh-ietf1024-sha256-aes128-cbc-pkcs7';

/**
 * The Secret Service (GNOME Keyring, KeePassXC, KWallet's bridge) without a prompt unless `unlock` is called: what is
 * locked is `keyring-locked`, a machine without bus or service is `keyring-missing`.
 * https://specifications.freedesktop.org/secret-service-spec/latest/
 */
export class SecretService {
  readonly #bus: SessionBus;
  readonly #prompt: KeyringPrompt;
  #session: Promise<Result<SecretSession>> | undefined;

  constructor(bus: SessionBus, prompt: KeyringPrompt = new KeyringPrompt(bus)) {
    this.#bus = bus;
    this.#prompt = prompt;
  }

  /** Items whose attributes contain all the given ones, of every collection, in a fixed order; opens nothing. */
  async search(attributes: Attributes): Promise<Result<readonly ServiceItem[]>> {
    const found = await this.#call(ROOT, `${SECRET}.Service`, 'SearchItems', 'a{ss}', [attributes]);
    if (!found.ok) return { ok: false, problem: problemOf(found.error) };
    const [unlocked, locked] = found.values;
    const described = await Promise.all([
      ...paths(unlocked).map((object) => this.#describe(object, false)),
      ...paths(locked).map((object) => this.#describe(object, true)),
    ]);
    const items = described.filter((item) => item !== undefined);
    return ok(items.sort((one, other) => (one.object < other.object ? -1 : 1)));
  }

  /** The secret and its content type; `keyring-locked` without asking, `changed` when the item is gone. */
  async read(item: ServiceItem): Promise<Result<StoredSecret>> {
    if (item.locked) return locked(item.collection);
    const session = await this.#openSession();
    if (!session.ok) return session;
    const answer = await this.#call(item.object, `${SECRET}.Item`, 'GetSecret', 'o', [session.value.path]);
    if (!answer.ok) return this.#failed(answer.error, item.collection);
    const secret = session.value.unwrap(answer.values[0]);
    return secret ? ok(secret) : fail('unsupported', item.collection);
  }

  /** Replaces the secret in place: attributes and label stay as they are, the content type is the caller's. */
  async write(item: ServiceItem, secret: StoredSecret): Promise<Result<void>> {
    if (item.locked) return locked(item.collection);
    const session = await this.#openSession();
    if (!session.ok) return session;
    const body = [session.value.wrap(secret)];
    const answer = await this.#call(item.object, `${SECRET}.Item`, 'SetSecret', '(oayays)', body);
    return answer.ok ? ok(undefined) : this.#failed(answer.error, item.collection);
  }

  /** Adds an item beside whatever exists; never replaces one. */
  async create(item: NewItem, secret: StoredSecret): Promise<Result<void>> {
    const target = await this.target(item.collection);
    if (!target.ok) return target;
    const session = await this.#openSession();
    if (!session.ok) return session;
    const properties = [
      [`${SECRET}.Item.Label`, ['s', item.label]],
      [`${SECRET}.Item.Attributes`, ['a{ss}', item.attributes]],
    ];
    const body = [properties, session.value.wrap(secret), false];
    const answer = await this.#call(
      target.value,
      `${SECRET}.Collection`,
      'CreateItem',
      'a{sv}(oayays)b',
      body,
    );
    if (!answer.ok) return this.#failed(answer.error, target.value);
    return answer.values[1] === NOTHING ? ok(undefined) : locked(target.value);
  }

  /** Deletes an item: only to undo an addition. */
  async remove(item: ServiceItem): Promise<Result<void>> {
    if (item.locked) return locked(item.collection);
    const answer = await this.#call(item.object, `${SECRET}.Item`, 'Delete');
    if (!answer.ok) return this.#failed(answer.error, item.collection);
    return answer.values[0] === NOTHING ? ok(undefined) : locked(item.collection);
  }

  /**
   * The collection that a new item goes to, by default the user's default one; `keyring-locked` while it is shut,
   * `keyring-missing` while there is none.
   */
  async target(collection?: string): Promise<Result<string>> {
    const object = collection === undefined ? await this.#defaultCollection() : ok(collection);
    return object.ok ? this.#whereOpen(object.value) : object;
  }

  /** Has the service ask the person for the keyring's password; `keyring-locked` when nobody gives it. */
  async unlock(collection?: string): Promise<Result<void>> {
    const object = collection === undefined ? await this.#defaultCollection() : ok(collection);
    if (!object.ok) return object;
    return this.#prompt.open(object.value, async () => (await this.#whereOpen(object.value)).ok);
  }

  async #whereOpen(object: string): Promise<Result<string>> {
    const property = [`${SECRET}.Collection`, 'Locked'];
    const answer = await this.#call(object, 'org.freedesktop.DBus.Properties', 'Get', 'ss', property);
    if (!answer.ok) return { ok: false, problem: problemOf(answer.error, nameOf(object)) };
    return answer.values[0] === false ? ok(object) : locked(object);
  }

  async close(): Promise<void> {
    this.#session = undefined;
    await this.#bus.close();
  }

  async #defaultCollection(): Promise<Result<string>> {
    const alias = await this.#call(ROOT, `${SECRET}.Service`, 'ReadAlias', 's', ['default']);
    if (!alias.ok) return { ok: false, problem: problemOf(alias.error) };
    const [object] = alias.values;
    return typeof object === 'string' && object !== NOTHING
      ? ok(object)
      : fail('keyring-missing', undefined, 'no default keyring');
  }

  /** Undefined for an item that went away since the search. */
  async #describe(object: string, isLocked: boolean): Promise<ServiceItem | undefined> {
    const answer = await this.#call(object, 'org.freedesktop.DBus.Properties', 'GetAll', 's', [
      `${SECRET}.Item`,
    ]);
    if (!answer.ok) return undefined;
    const [properties] = answer.values;
    if (!isRecord(properties)) return undefined;
    const { Attributes: attributes, Label: label } = properties;
    if (!isAttributes(attributes)) return undefined;
    const collection = object.slice(0, object.lastIndexOf('/'));
    return {
      object,
      collection,
      attributes,
      label: typeof label === 'string' ? label : '',
      locked: isLocked,
    };
  }

  /** A failure may mean that the service restarted and forgot our session: the next call opens a new one. */
  #failed(error: string, collection: string): { ok: false; problem: Problem } {
    const found = problemOf(error, nameOf(collection));
    if (found.kind !== 'keyring-locked') this.#session = undefined;
    return { ok: false, problem: found };
  }

  #openSession(): Promise<Result<SecretSession>> {
    this.#session ??= this.#agree().then((session) => {
      if (!session.ok) this.#session = undefined;
      return session;
    });
    return this.#session;
  }

  async #agree(): Promise<Result<SecretSession>> {
    const ours = offerKey();
    if (ours) {
      const answer = await this.#open(ENCRYPTED, ['ay', ours.getPublicKey()]);
      if (answer.ok) {
        const [theirs, path] = answer.values;
        if (Buffer.isBuffer(theirs) && typeof path === 'string') {
          return ok(SecretSession.agreed(path, ours, theirs));
        }
      } else if (problemOf(answer.error).kind === 'keyring-missing') {
        return fail('keyring-missing', undefined, answer.error);
      }
    }
    const answer = await this.#open('plain', ['s', '']);
    if (!answer.ok) return { ok: false, problem: problemOf(answer.error) };
    const path = answer.values[1];
    return typeof path === 'string' ? ok(SecretSession.plain(path)) : fail('unsupported', DESTINATION);
  }

  #open(algorithm: string, input: readonly [signature: string, value: unknown]): Promise<Answer> {
    return this.#call(ROOT, `${SECRET}.Service`, 'OpenSession', 'sv', [algorithm, input]);
  }

  #call(
    path: string,
    face: string,
    member: string,
    signature?: string,
    body?: readonly unknown[],
  ): Promise<Answer> {
    const call = { destination: DESTINATION, path, interface: face, member };
    return this.#bus.call({ ...call, ...(signature ? { signature } : {}), ...(body ? { body } : {}) });
  }
}

/** The last part of a collection's path: what people know a keyring by. */
export const nameOf = (collection: string): string => collection.slice(collection.lastIndexOf('/') + 1);

const locked = (collection: string): { ok: false; problem: Problem } =>
  fail('keyring-locked', nameOf(collection));

function problemOf(error: string, subject?: string): Problem {
  const name = error.replace(/^org\.freedesktop\./, '');
  switch (name) {
    case 'Secret.Error.IsLocked':
      return problem('keyring-locked', subject);
    case 'Secret.Error.NoSuchObject':
    case 'DBus.Error.UnknownObject':
    case 'DBus.Error.UnknownMethod':
      return problem('changed', subject, name);
    case 'DBus.Error.AccessDenied':
      return problem('access-denied', subject, name);
    default:
      return error === NO_BUS || UNSERVED.test(name)
        ? problem('keyring-missing', subject, name)
        : problem('write-failed', subject, name);
  }
}

/** Nobody owns the name, or who should did not start or answer. */
const UNSERVED =
  /^DBus\.Error\.(ServiceUnknown|NameHasNoOwner|NoReply|Disconnected|Timeout|TimedOut|Spawn\.\w+)$/;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAttributes = (value: unknown): value is Attributes =>
  isRecord(value) && Object.values(value).every((each) => typeof each === 'string');

const paths = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
