import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createClient } from 'dbus-native';
import { SessionBus } from '../../electron/system/session-bus.ts';
import { end, environment, startBus } from './session.ts';
import type { WalletSession } from './wallet-session.ts';

const SERVICE = 'org.kde.kwalletd5';
const WALLET = 'kdewallet';
/** By what name the daemon knows the test, which is not Rekey. */
const APP = 'Test';
/** What pam_kwallet would derive from the login password; the daemon makes the wallet with it. */
const HASH = Buffer.alloc(56, 7);

/** The real kwalletd5 without a display, on a bus of its own; `kwallet-query` reads what was written. */
export class KdeSession implements WalletSession {
  readonly address: string;
  readonly env: Readonly<Record<string, string>>;
  readonly home: string;
  readonly #root: string;
  readonly #bus: SessionBus;
  readonly #processes: readonly ChildProcess[];

  private constructor(
    root: string,
    env: Readonly<Record<string, string>>,
    address: string,
    processes: readonly ChildProcess[],
  ) {
    this.#root = root;
    this.env = env;
    this.address = address;
    this.home = env['HOME'] ?? '';
    this.#bus = new SessionBus(address);
    this.#processes = processes;
  }

  static async start(): Promise<KdeSession> {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-kde-'));
    const plain = environment(root);
    const address = `unix:path=${path.join(root, 'bus')}`;
    const env = { ...plain, DBUS_SESSION_BUS_ADDRESS: address, QT_QPA_PLATFORM: 'offscreen' };
    const bus = await startBus(root, env);
    const daemon = await startDaemon(address, env);
    const session = new KdeSession(root, env, address, [daemon, bus]);
    await session.openWallet();
    return session;
  }

  async put(folder: string, entry: string, value: string): Promise<void> {
    const handle = await this.#folder(folder);
    await this.#call('writePassword', 'issss', [handle, folder, entry, value, APP]);
  }

  /** A QMap without anything in it, as QDataStream writes it. */
  async putMap(folder: string, entry: string): Promise<void> {
    const handle = await this.#folder(folder);
    await this.#call('writeMap', 'issays', [handle, folder, entry, Buffer.alloc(4), APP]);
  }

  async value(folder: string, entry: string): Promise<string | undefined> {
    const args = ['-r', entry, '-f', folder, WALLET];
    const query = spawnSync('kwallet-query', args, { env: this.env, encoding: 'utf8', timeout: 20_000 });
    if (query.error) throw query.error;
    // It ends with 0 and says on stdout that there is no such entry.
    const isThere = query.status === 0 && !query.stdout.startsWith(`Failed to read entry ${entry} value`);
    return isThere ? query.stdout.replace(/\n$/, '') : undefined;
  }

  async closeWallet(): Promise<void> {
    await this.#call('close', 'sb', [WALLET, true]);
  }

  async openWallet(): Promise<void> {
    await this.#call('pamOpen', 'sayi', [WALLET, HASH, 0]);
  }

  /** The daemon itself is left as it is: what counts is that nobody asks it. */
  askFirst(): void {
    const file = path.join(this.env['XDG_CONFIG_HOME'] ?? '', 'kwalletrc');
    fs.appendFileSync(file, '\n[Wallet]\nPrompt on Open=true\n');
  }

  async stop(): Promise<void> {
    await this.#bus.close();
    for (const each of this.#processes) await end(each);
    fs.rmSync(this.#root, { recursive: true, force: true });
  }

  async #folder(name: string): Promise<unknown> {
    const handle = await this.#call('open', 'sxs', [WALLET, 0n, APP]);
    await this.#call('createFolder', 'iss', [handle, name, APP]);
    return handle;
  }

  async #call(member: string, signature: string, body: readonly unknown[]): Promise<unknown> {
    const answer = await this.#bus.call({
      destination: SERVICE,
      path: '/modules/kwalletd5',
      interface: 'org.kde.KWallet',
      member,
      signature,
      body,
    });
    if (!answer.ok) throw new Error(`${member}: ${answer.error}`);
    return answer.values[0];
  }
}

/** Answers once it has its name on the bus. */
async function startDaemon(address: string, env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const watcher = createClient({ busAddress: address, authMethods: ['EXTERNAL'] });
  await watcher.addMatch("type='signal',interface='org.freedesktop.DBus',member='NameOwnerChanged'");
  const named = new Promise<void>((resolve) => {
    watcher.connection.on('message', (message) => {
      if (message.member === 'NameOwnerChanged' && message.body?.[0] === SERVICE) resolve();
    });
  });
  const daemon = spawn('kwalletd5', [], { env, stdio: 'ignore' });
  await named;
  await watcher.close();
  return daemon;
}
