import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, WalletSight } from '../engine/ports.ts';
import { activatableNames, ownedNames } from './bus-names.ts';
import { PATIENCE_MS, PromptQueue } from './prompt-queue.ts';
import type { SessionBus } from './session-bus.ts';

/** Where an entry is: wallet, folder, key. */
export interface WalletAddress {
  readonly wallet: string;
  readonly folder: string;
  readonly entry: string;
}

/** A daemon that runs or would be started by a call; none that is installed; only the bridge to the Secret Service. */
type Daemon = { readonly name: string; readonly runs: boolean } | 'absent' | 'bridge';

/** The newer one first: it answers to the older name as well. */
const DAEMONS: readonly string[] = ['org.kde.kwalletd6', 'org.kde.kwalletd5'];
/** Belongs to ksecretd: where it is installed (KDE Frameworks 6.14 and later), kwalletd keeps nothing itself. */
const BRIDGE = 'org.kde.secretservicecompat';
/** By what name the daemon knows us; it ties an open handle to it. */
const APP = 'Rekey';
/** `KWallet::Wallet::EntryType`. */
const UNKNOWN = 0;
const PASSWORD = 1;

/**
 * KWallet's daemon, without a prompt except in `unlock`: a wallet that is closed, or would ask before it lets us in, is
 * `keyring-locked`; a machine without KWallet is `keyring-missing`. Nothing else starts the daemon. Calls carry their
 * signatures, because several of its methods are overloaded (src/api/KWallet/org.kde.KWallet.xml).
 */
export class KWallet {
  readonly #bus: SessionBus;
  readonly #asks: () => boolean;
  readonly #patience: number;
  readonly #prompts = new PromptQueue();
  readonly #handles = new Map<string, Promise<Result<number>>>();
  #activatable: Promise<readonly string[]> | undefined;

  /** `asks` tells whether the daemon would ask its user before it opens an open wallet for a new program. */
  constructor(bus: SessionBus, asks: () => boolean, patience: number = PATIENCE_MS) {
    this.#bus = bus;
    this.#asks = asks;
    this.#patience = patience;
  }

  async sight({ wallet, folder, entry }: WalletAddress): Promise<WalletSight> {
    const daemon = await this.#daemon();
    if (typeof daemon === 'string') return daemon;
    if (!(await this.#isEnterable(wallet))) return 'closed';
    const gone = await this.#ask('keyDoesNotExist', 'sss', [wallet, folder, entry]);
    if (typeof gone !== 'boolean') return 'closed';
    return gone ? 'missing' : 'stored';
  }

  /** The password's bytes, undefined where there is no such entry; `unsupported` for a map or a stream. */
  async read(at: WalletAddress): Promise<Result<Bytes | undefined>> {
    const handle = await this.#open(at.wallet);
    if (!handle.ok) return handle;
    const address = [handle.value, at.folder, at.entry, APP];
    const type = await this.#ask('entryType', 'isss', address);
    if (type !== PASSWORD && type !== UNKNOWN) return fail('unsupported', nameOf(at));
    const password = type === PASSWORD ? await this.#ask('readPassword', 'isss', address) : undefined;
    // A handle that is no longer good is answered as if there were nothing.
    if (!(await this.#isGood(handle.value))) return locked(at.wallet);
    return ok(typeof password === 'string' ? Buffer.from(password) : undefined);
  }

  /** Sets the password, in a new entry if need be. The value is UTF-8 text. */
  async write(at: WalletAddress, value: Bytes): Promise<Result<void>> {
    const handle = await this.#open(at.wallet);
    if (!handle.ok) return handle;
    const folder = [handle.value, at.folder, APP];
    if ((await this.#ask('hasFolder', 'iss', folder)) !== true)
      await this.#ask('createFolder', 'iss', folder);
    const body = [handle.value, at.folder, at.entry, value.toString('utf8'), APP];
    return this.#done(await this.#ask('writePassword', 'issss', body), at);
  }

  /** Deletes an entry: only to undo an addition. */
  async remove(at: WalletAddress): Promise<Result<void>> {
    const handle = await this.#open(at.wallet);
    if (!handle.ok) return handle;
    return this.#done(await this.#ask('removeEntry', 'isss', [handle.value, at.folder, at.entry, APP]), at);
  }

  /** Has the wallet written to disk now; the daemon would do it some seconds later. */
  async flush(wallet: string): Promise<void> {
    const handle = await this.#handles.get(wallet);
    if (handle?.ok) await this.#ask('sync', 'is', [handle.value, APP]);
  }

  /** Has the daemon ask its user for a wallet that there is; `keyring-locked` when it stays shut. */
  async unlock(wallet: string): Promise<Result<void>> {
    const isOpen = async (): Promise<boolean> => (await this.#open(wallet)).ok;
    const open = await this.#prompts.open(wallet, isOpen, () => this.#prompt(wallet));
    return open ? ok(undefined) : locked(wallet);
  }

  async #prompt(wallet: string): Promise<void> {
    const daemon = await this.#daemon();
    if (typeof daemon === 'string') return;
    const wallets = await this.#call(daemon.name, 'wallets', '', []);
    // Otherwise the daemon would offer to make one.
    if (!Array.isArray(wallets) || !wallets.includes(wallet)) return;
    const handle = await this.#call(daemon.name, 'open', 'sxs', [wallet, 0n, APP], this.#patience);
    this.#handles.set(wallet, Promise.resolve(handleIn(handle, wallet)));
  }

  /** Gives back what was opened; wallets that others use stay open. */
  async close(): Promise<void> {
    const handles = await Promise.all(this.#handles.values());
    this.#handles.clear();
    for (const handle of handles) if (handle.ok) await this.#ask('close', 'ibs', [handle.value, false, APP]);
  }

  /** A handle of an open wallet: the one that we have, if it is still good. */
  #open(wallet: string): Promise<Result<number>> {
    const known = this.#handles.get(wallet);
    const opening = this.#openAfter(wallet, known);
    this.#handles.set(wallet, opening);
    return opening;
  }

  async #openAfter(wallet: string, known: Promise<Result<number>> | undefined): Promise<Result<number>> {
    const before = await known;
    if (before?.ok && (await this.#isGood(before.value))) return before;
    const daemon = await this.#daemon();
    if (typeof daemon === 'string') return fail('keyring-missing', wallet);
    if (!(await this.#isFree(wallet))) return locked(wallet);
    return handleIn(await this.#ask('open', 'sxs', [wallet, 0n, APP]), wallet);
  }

  /** Open, and free to enter without a question to the user: we are in already, or nobody is asked. */
  async #isEnterable(wallet: string): Promise<boolean> {
    const held = await this.#handles.get(wallet);
    if (held?.ok && (await this.#isGood(held.value))) return true;
    return this.#isFree(wallet);
  }

  async #isFree(wallet: string): Promise<boolean> {
    return !this.#asks() && (await this.#ask('isOpen', 's', [wallet])) === true;
  }

  async #isGood(handle: number): Promise<boolean> {
    return (await this.#ask('isOpen', 'i', [handle])) === true;
  }

  async #done(code: unknown, at: WalletAddress): Promise<Result<void>> {
    if (code === 0) return ok(undefined);
    const handle = await this.#handles.get(at.wallet);
    return handle?.ok && (await this.#isGood(handle.value))
      ? fail('write-failed', nameOf(at))
      : locked(at.wallet);
  }

  async #daemon(): Promise<Daemon> {
    this.#activatable ??= activatableNames(this.#bus);
    const [owned, activatable] = await Promise.all([ownedNames(this.#bus), this.#activatable]);
    const installed = DAEMONS.some((each) => owned.includes(each) || activatable.includes(each));
    if (!installed) return 'absent';
    if (owned.includes(BRIDGE) || activatable.includes(BRIDGE)) return 'bridge';
    const running = DAEMONS.find((each) => owned.includes(each));
    const name = running ?? DAEMONS.find((each) => activatable.includes(each)) ?? '';
    return { name, runs: running !== undefined };
  }

  /** What a running daemon returns; undefined where none answers. */
  async #ask(member: string, signature: string, body: readonly unknown[]): Promise<unknown> {
    const daemon = await this.#daemon();
    return typeof daemon === 'string' || !daemon.runs
      ? undefined
      : this.#call(daemon.name, member, signature, body);
  }

  /** The same, of a daemon that the bus starts if need be. */
  async #call(
    destination: string,
    member: string,
    signature: string,
    body: readonly unknown[],
    limit?: number,
  ): Promise<unknown> {
    const path = `/modules/${destination.slice(destination.lastIndexOf('.') + 1)}`;
    const call = { destination, path, interface: 'org.kde.KWallet', member, signature, body };
    const answer = await this.#bus.call(call, limit);
    return answer.ok ? answer.values[0] : undefined;
  }
}

const nameOf = ({ wallet, folder, entry }: WalletAddress): string => `${wallet}/${folder}/${entry}`;

const locked = (wallet: string) => fail('keyring-locked', wallet);

/** A handle as `open` gives it: -1 where the user said no, or KWallet is switched off. */
function handleIn(answer: unknown, wallet: string): Result<number> {
  if (typeof answer !== 'number') return locked(wallet);
  return answer > 0 ? ok(answer) : fail('access-denied', wallet);
}
