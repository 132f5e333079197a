import { fail, ok, type Result } from '../../shared/problem.ts';
import { GENERIC_SCHEMA, type SecretService, type ServiceItem } from './secret-service.ts';

/** The part of keytar that Rekey uses. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface KeychainOptions {
  /** On Linux: where `Locked` is read before keytar is asked, because libsecret would pop up a prompt. */
  readonly secretService?: SecretService;
  readonly load?: () => Promise<Keytar>;
}

/** Loaded late: the module needs libsecret and glib, which a machine without a desktop may lack. */
const loadKeytar = async (): Promise<Keytar> => (await import('keytar')).default;

/**
 * `service`/`account` credentials of the system's keychain through keytar, never with a prompt on Linux.
 * keytar takes and returns JavaScript strings, which cannot be erased: the bytes become text only here, for the
 * length of one call. Values that are no text are `unsupported`.
 */
export class Keychain {
  readonly #secretService: SecretService | undefined;
  readonly #load: () => Promise<Keytar>;

  constructor(options: KeychainOptions = {}) {
    this.#secretService = options.secretService;
    this.#load = options.load ?? loadKeytar;
  }

  /** Whether the item exists, as far as that shows without opening it; `keyring-locked`, `keyring-missing`. */
  async has(service: string, account: string): Promise<Result<boolean | undefined>> {
    const items = await this.#unlocked(service, account);
    return items.ok ? ok(items.value && items.value.length > 0) : items;
  }

  /** Has the person open the keyring of an item; `keyring-locked` when it stays shut, and where none can be asked. */
  async unlock(service: string, account: string): Promise<Result<void>> {
    if (!this.#secretService) return fail('keyring-locked');
    const found = await this.#secretService.search({ 'xdg:schema': GENERIC_SCHEMA, service, account });
    return found.ok ? this.#secretService.unlock(found.value[0]?.collection) : found;
  }

  /** The value's UTF-8 bytes; `undefined` when there is no such item. */
  async get(service: string, account: string): Promise<Result<Buffer | undefined>> {
    const items = await this.#unlocked(service, account);
    if (!items.ok) return items;
    return this.#ask(async (keytar) => {
      const text = await keytar.getPassword(service, account);
      if (text === null) return ok(undefined);
      return text.includes('\ufffd') ? fail('unsupported', service) : ok(Buffer.from(text, 'utf8'));
    });
  }

  /** Sets the value, adding the item where there is none; its label and its keyring stay. */
  async set(service: string, account: string, value: Buffer): Promise<Result<void>> {
    if (value.length === 0) return fail('unsupported', service, 'keytar stores no empty value');
    const items = await this.#unlocked(service, account);
    if (!items.ok) return items;
    const [item] = items.value ?? [];
    if (item && this.#secretService && !(await this.#isKeytars(item, service, account))) {
      return this.#writeInPlace(this.#secretService, item, value);
    }
    return this.#ask(async (keytar) => {
      await keytar.setPassword(service, account, value.toString('utf8'));
      return ok(undefined);
    });
  }

  /** Deletes an item that was added; harmless when it is gone. */
  async remove(service: string, account: string): Promise<Result<void>> {
    const items = await this.#unlocked(service, account);
    if (!items.ok) return items;
    return this.#ask(async (keytar) => {
      await keytar.deletePassword(service, account);
      return ok(undefined);
    });
  }

  /**
   * The matching items on Linux, all of them open; `undefined` elsewhere. With no match, keytar would use the
   * default keyring, so that one must exist and be open. Two matches cannot be told apart by service and account.
   */
  async #unlocked(service: string, account: string): Promise<Result<readonly ServiceItem[] | undefined>> {
    if (!this.#secretService) return ok(undefined);
    const found = await this.#secretService.search({ 'xdg:schema': GENERIC_SCHEMA, service, account });
    if (!found.ok) return found;
    const items = found.value;
    if (items.length > 1) return fail('unsupported', service, 'several keyring items are alike');
    if (items.length === 1 && items.every((item) => !item.locked)) return ok(items);
    const target = await this.#secretService.target(items[0]?.collection);
    return target.ok ? ok(items) : target;
  }

  /** keytar writes to the default keyring under the label `service/account`: elsewhere it would make a second item. */
  async #isKeytars(item: ServiceItem, service: string, account: string): Promise<boolean> {
    const target = await this.#secretService?.target();
    const attributes = Object.keys(item.attributes).length;
    return (
      target?.ok === true &&
      target.value === item.collection &&
      item.label === `${service}/${account}` &&
      attributes === 3
    );
  }

  async #writeInPlace(secretService: SecretService, item: ServiceItem, value: Buffer): Promise<Result<void>> {
    const current = await secretService.read(item);
    if (!current.ok) return current;
    current.value.value.fill(0);
    return secretService.write(item, { value, contentType: current.value.contentType });
  }

  async #ask<T>(question: (keytar: Keytar) => Promise<Result<T>>): Promise<Result<T>> {
    let keytar: Keytar;
    try {
      keytar = await this.#load();
    } catch {
      return fail('keyring-missing', undefined, 'libsecret');
    }
    try {
      return await question(keytar);
    } catch {
      // The error's text is the keychain's own and could quote what it was given.
      return fail('access-denied', undefined, 'keychain');
    }
  }
}
