import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createBroker, createClient, type MessageBus } from 'dbus-native';
import type { WalletSession } from './wallet-session.ts';

const WALLET = 'kdewallet';
const PASSWORD = 1;
const MAP = 3;

interface StoredEntry {
  readonly type: number;
  readonly value: string;
}

/**
 * KWallet's daemon on a bus of its own, in this process, under the name of either generation: one wallet with folders
 * and typed entries, handles that end when the wallet is closed, the answers of kwalletd.cpp to a bad handle (an empty
 * string, type 0, -1), and a count of what it would have asked its user.
 */
export class FakeKWallet implements WalletSession {
  readonly address: string;
  readonly env: Readonly<Record<string, string>>;
  /** Every method that was called, in order. */
  readonly calls: string[] = [];
  /** What its user does when asked for a wallet's password. */
  atPrompt: 'opens' | 'refuses' | 'nothing' = 'nothing';
  /** The method at whose call the wallet has just been closed by somebody else. */
  closesBefore: string | undefined;
  readonly #root: string;
  readonly #bus: MessageBus;
  readonly #broker: ReturnType<typeof createBroker>;
  readonly #folders = new Map<string, Map<string, StoredEntry>>();
  readonly #handles = new Set<number>();
  #isOpen = true;
  #next = 1;

  private constructor(
    root: string,
    address: string,
    bus: MessageBus,
    broker: ReturnType<typeof createBroker>,
  ) {
    this.#root = root;
    this.address = address;
    this.env = { XDG_CONFIG_HOME: root, XDG_CONFIG_DIRS: root };
    this.#bus = bus;
    this.#broker = broker;
  }

  /** `names`: what it takes on the bus besides nothing; the first one names its object. */
  static async start(
    names: readonly string[] = ['org.kde.kwalletd6', 'org.kde.kwalletd5'],
  ): Promise<FakeKWallet> {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-kwallet-'));
    const broker = createBroker();
    const address = await new Promise<string>((resolve) => {
      broker.listen({ socket: path.join(root, 'bus') }, (_error, at) => resolve(at));
    });
    const bus = createClient({ busAddress: address, authMethods: ['EXTERNAL'] });
    for (const name of names) await bus.requestName(name, 0);
    const made = new FakeKWallet(root, address, bus, broker);
    for (const module of ['kwalletd5', 'kwalletd6']) made.#serve(`/modules/${module}`);
    return made;
  }

  async put(folder: string, entry: string, value: string): Promise<void> {
    this.#folder(folder).set(entry, { type: PASSWORD, value });
  }

  async putMap(folder: string, entry: string): Promise<void> {
    this.#folder(folder).set(entry, { type: MAP, value: '{"access":"token"}' });
  }

  async value(folder: string, entry: string): Promise<string | undefined> {
    return this.#folders.get(folder)?.get(entry)?.value;
  }

  async forget(folder: string, entry: string): Promise<void> {
    this.#folders.get(folder)?.delete(entry);
  }

  async closeWallet(): Promise<void> {
    this.#shut();
  }

  async openWallet(): Promise<void> {
    this.#isOpen = true;
  }

  askFirst(): void {
    fs.writeFileSync(path.join(this.#root, 'kwalletrc'), '[Wallet]\nPrompt on Open=true\n');
  }

  async handles(): Promise<number> {
    return this.#handles.size;
  }

  async stop(): Promise<void> {
    await this.#bus.close();
    await new Promise<void>((resolve) => void this.#broker.close(resolve));
    fs.rmSync(this.#root, { recursive: true, force: true });
  }

  #shut(): void {
    this.#isOpen = false;
    this.#handles.clear();
  }

  #folder(name: string): Map<string, StoredEntry> {
    const folder = this.#folders.get(name) ?? new Map<string, StoredEntry>();
    this.#folders.set(name, folder);
    return folder;
  }

  /** In the order of their arguments; each answers a bad handle as the daemon does. */
  #methods(): Methods {
    const good = (handle: unknown): boolean => this.#handles.has(Number(handle));
    const entryIn = (folder: unknown, entry: unknown) =>
      this.#folders.get(String(folder))?.get(String(entry));
    return {
      isOpen: ['b', (which) => (typeof which === 'number' ? good(which) : this.#isOpen && which === WALLET)],
      wallets: ['as', () => [WALLET]],
      open: ['i', (wallet) => this.#open(wallet)],
      close: ['i', (handle) => (this.#handles.delete(Number(handle)) ? 1 : -1)],
      sync: ['', () => null],
      keyDoesNotExist: ['b', (_wallet, folder, entry) => entryIn(folder, entry) === undefined],
      hasFolder: ['b', (handle, folder) => good(handle) && this.#folders.has(String(folder))],
      createFolder: ['b', (handle, folder) => good(handle) && this.#folder(String(folder)).size >= 0],
      entryType: ['i', (handle, folder, entry) => (good(handle) ? (entryIn(folder, entry)?.type ?? 0) : 0)],
      readPassword: [
        's',
        (handle, folder, entry) => (good(handle) ? (entryIn(folder, entry)?.value ?? '') : ''),
      ],
      writePassword: ['i', (handle, folder, entry, value) => this.#write(good(handle), folder, entry, value)],
      removeEntry: ['i', (handle, folder, entry) => this.#remove(good(handle), folder, entry)],
    };
  }

  /** A closed wallet makes it ask; what nobody answers stays without a reply. */
  #open(wallet: unknown): number | Promise<number> {
    if (wallet !== WALLET) throw new Error('a wallet would have been made');
    if (!this.#isOpen) this.calls.push('(asks)');
    if (!this.#isOpen && this.atPrompt === 'nothing') return new Promise<number>(() => undefined);
    if (!this.#isOpen && this.atPrompt === 'refuses') return -1;
    this.#isOpen = true;
    this.#handles.add((this.#next += 1));
    return this.#next;
  }

  #write(isGood: boolean, folder: unknown, entry: unknown, value: unknown): number {
    const entries = this.#folders.get(String(folder));
    if (!isGood || !entries) return -1;
    entries.set(String(entry), { type: PASSWORD, value: String(value) });
    return 0;
  }

  #remove(isGood: boolean, folder: unknown, entry: unknown): number {
    return isGood && this.#folders.get(String(folder))?.delete(String(entry)) ? 0 : -1;
  }

  #serve(at: string): void {
    const methods = Object.entries(this.#methods());
    const answers = methods.map(([member, [, reply]]) => [
      member,
      (...given: readonly unknown[]): unknown => {
        this.calls.push(member);
        if (member === this.closesBefore) this.#shut();
        return reply(...given);
      },
    ]);
    this.#bus.exportInterface(Object.fromEntries(answers), at, {
      name: 'org.kde.KWallet',
      methods: Object.fromEntries(methods.map(([member, [signature]]) => [member, ['', signature, [], []]])),
    });
  }
}

/** By name: the signature of the answer, and what makes it. */
type Methods = Readonly<
  Record<string, readonly [signature: string, reply: (...given: readonly unknown[]) => unknown]>
>;
