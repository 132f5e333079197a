import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createClient, type MessageBus } from 'dbus-native';
import { SessionBus } from '../../electron/system/session-bus.ts';

const SERVICE = 'org.freedesktop.secrets';
/** Of every keyring in a session. */
export const KEYRING_PASSWORD = 'keyring password';

/** A private desktop session: its own bus, GNOME Keyring and home folder. */
export interface Session extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
  /** The bus address, as DBUS_SESSION_BUS_ADDRESS would say it. */
  readonly address: string;
  readonly home: string;
  /** Runs a program in the session; its stdout. */
  run(program: string, args: readonly string[], input?: string): string;
  /** Locks the login keyring; nothing but a prompt could open it again. */
  lock(): Promise<void>;
  /** Opens the login keyring as its prompt would. */
  unlock(): Promise<void>;
  /** Makes another keyring with a password of its own; its object path. */
  addKeyring(label: string): Promise<string>;
  /** Waits until a program has taken the name on the bus. */
  taken(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a session whose login keyring is open or locked. Needs dbus-daemon and gnome-keyring-daemon. */
export async function startSession({ unlocked = true } = {}): Promise<Session> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-session-'));
  const env = environment(root);
  const address = `unix:path=${path.join(root, 'bus')}`;
  const daemon = await startBus(root, env);
  const watcher = createClient({ busAddress: address, authMethods: ['EXTERNAL'] });
  const inside = { ...env, DBUS_SESSION_BUS_ADDRESS: address };
  const keyring = await startKeyring(watcher, inside);
  const bus = new SessionBus(address);
  const stop = async (): Promise<void> => {
    await bus.close();
    await watcher.close();
    await Promise.all([end(keyring), end(daemon)]);
    fs.rmSync(root, { recursive: true, force: true });
  };
  const session: Session = {
    env: inside,
    address,
    home: path.join(root, 'home'),
    run: (program, args, input = '') => run(inside, program, args, input),
    lock: () => lock(bus),
    unlock: () => unlock(bus),
    addKeyring: (label) => addKeyring(bus, label),
    taken: (name) => taken(watcher, bus, name),
    stop,
    [Symbol.asyncDispose]: stop,
  };
  if (!unlocked) await session.lock();
  return session;
}

export function environment(root: string): Readonly<Record<string, string>> {
  const folders = { HOME: 'home', XDG_RUNTIME_DIR: 'run', XDG_DATA_HOME: 'data', XDG_CONFIG_HOME: 'config' };
  const made = Object.entries(folders).map(([name, folder]) => {
    const dir = path.join(root, folder);
    fs.mkdirSync(dir, { mode: 0o700 });
    return [name, dir];
  });
  return { ...Object.fromEntries(made), PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' };
}

/** A bus that starts no services by itself but those of a given folder, so that nothing of the machine's desktop joins the session. */
export async function startBus(
  root: string,
  env: Readonly<Record<string, string>>,
  services?: string,
): Promise<ChildProcess> {
  const config = path.join(root, 'bus.conf');
  fs.writeFileSync(
    config,
    `<busconfig>
      <type>session</type>
      <listen>unix:path=${path.join(root, 'bus')}</listen>
      <auth>EXTERNAL</auth>${services === undefined ? '' : `<servicedir>${services}</servicedir>`}
      <policy context="default">
        <allow send_destination="*" eavesdrop="true"/>
        <allow eavesdrop="true"/>
        <allow own="*"/>
      </policy>
    </busconfig>`,
  );
  const args = [`--config-file=${config}`, '--nofork', '--print-address'];
  const daemon = spawn('dbus-daemon', args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  await once(daemon.stdout, 'data');
  return daemon;
}

/** The daemon opens the login keyring with the password on its stdin, then takes its name on the bus. */
async function startKeyring(bus: MessageBus, env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  await bus.addMatch("type='signal',interface='org.freedesktop.DBus',member='NameOwnerChanged'");
  const named = new Promise<void>((resolve) => {
    bus.connection.on('message', (message) => {
      if (message.member === 'NameOwnerChanged' && message.body?.[0] === SERVICE) resolve();
    });
  });
  const args = ['--foreground', '--unlock', '--components=secrets'];
  const daemon = spawn('gnome-keyring-daemon', args, { env, stdio: ['pipe', 'ignore', 'ignore'] });
  daemon.stdin.end(KEYRING_PASSWORD);
  await named;
  return daemon;
}

function run(
  env: Readonly<Record<string, string>>,
  program: string,
  args: readonly string[],
  input: string,
): string {
  const result = spawnSync(program, [...args], { env, input, encoding: 'utf8', timeout: 20_000 });
  if (result.error) throw result.error;
  return result.stdout;
}

const SECRETS = { destination: SERVICE, path: '/org/freedesktop/secrets' };
const LOGIN = '/org/freedesktop/secrets/collection/login';
const INTERNAL = 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface';

async function taken(watcher: MessageBus, bus: SessionBus, name: string): Promise<void> {
  const arrived = new Promise<void>((resolve) => {
    watcher.connection.on('message', (message) => {
      if (message.member === 'NameOwnerChanged' && message.body?.[0] === name) resolve();
    });
  });
  const answer = await bus.call({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'NameHasOwner',
    signature: 's',
    body: [name],
  });
  if (!answer.ok || answer.values[0] !== true) await arrived;
}

async function lock(bus: SessionBus): Promise<void> {
  const answer = await bus.call({
    ...SECRETS,
    interface: 'org.freedesktop.Secret.Service',
    member: 'Lock',
    signature: 'ao',
    body: [[LOGIN]],
  });
  if (!answer.ok) throw new Error(answer.error);
}

/** Through the daemon's own interface, because the standard call would ask the user for the password. */
async function unlock(bus: SessionBus): Promise<void> {
  const answer = await bus.call({
    ...SECRETS,
    interface: INTERNAL,
    member: 'UnlockWithMasterPassword',
    signature: 'o(oayays)',
    body: [LOGIN, await masterPassword(bus)],
  });
  if (!answer.ok) throw new Error(answer.error);
}

/** The same for a new keyring. */
async function addKeyring(bus: SessionBus, label: string): Promise<string> {
  const answer = await bus.call({
    ...SECRETS,
    interface: INTERNAL,
    member: 'CreateWithMasterPassword',
    signature: 'a{sv}(oayays)',
    body: [[['org.freedesktop.Secret.Collection.Label', ['s', label]]], await masterPassword(bus)],
  });
  if (!answer.ok) throw new Error(answer.error);
  return String(answer.values[0]);
}

/** The password of every keyring here, as the interface takes it. */
async function masterPassword(bus: SessionBus): Promise<readonly unknown[]> {
  const opened = await bus.call({
    ...SECRETS,
    interface: 'org.freedesktop.Secret.Service',
    member: 'OpenSession',
    signature: 'sv',
    body: ['plain', ['s', '']],
  });
  if (!opened.ok) throw new Error(opened.error);
  return [opened.values[1], Buffer.alloc(0), Buffer.from(KEYRING_PASSWORD), 'text/plain'];
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
