import type {
  Attributes,
  Checked,
  Endpoint,
  Entry,
  Method,
  Place,
  PlaceKind,
  Platform,
  Progress,
  Slot,
  TestMessage,
  Trouble,
} from '../../shared/model.ts';
import type { Problem, Result } from '../../shared/problem.ts';
import type { Secret } from './secret.ts';

export type Bytes = Buffer;

/** What a client needs besides the password to read or write its slot (NSS keys, a salt); never printed. */
export interface StoreKey {
  readonly kind: string;
  /** Zeroes the key material. */
  dispose(): void;
}

/** A program that has a place open and would overwrite it. */
export interface Program {
  readonly name: string;
  readonly pid?: number;
}

/** One Secret Service item as it can be seen without opening it. */
export interface KeyringItem {
  readonly collection: string;
  readonly label: string;
  readonly attributes: Attributes;
  readonly locked: boolean;
}

/**
 * What can be seen of a KWallet entry while nothing is opened and no daemon is started: the entry is or is not in an
 * open wallet; the wallet is `closed`, or would ask somebody before it lets a program in; KWallet is only a bridge to
 * the Secret Service, which has the entry if there is one; there is no KWallet (`absent`).
 */
export type WalletSight = 'stored' | 'missing' | 'closed' | 'bridge' | 'absent';

export type Row = Readonly<Record<string, null | number | bigint | string | Uint8Array>>;

/** What a store may look at: no writes, no prompts. */
export interface Reader {
  readonly platform: Platform;
  /** Absolute path of the home folder that is being worked on. */
  readonly home: string;
  /** True under `--home`: only files count; no bus, keychain, registry or XDG variable is consulted. */
  readonly confined: boolean;
  /** An environment variable; always undefined when confined. */
  env(name: string): string | undefined;
  /** The whole file; `undefined` when it does not exist; `access-denied` when it cannot be read. */
  read(path: string): Result<Bytes | undefined>;
  /** Names in a folder, sorted; empty when it does not exist or cannot be read. */
  list(dir: string): readonly string[];
  kindOf(path: string): 'file' | 'directory' | undefined;
  /** Permission bits of a file or folder, where the platform has them. */
  modeOf?(path: string): number | undefined;
  /** Rows of a read-only query over a SQLite database, without touching the file or its journal. */
  rows(path: string, sql: string): Result<readonly Row[]>;
  /** The process that holds a POSIX write lock on the file, by the kernel's own table. */
  lockHolder(path: string): number | undefined;
  /** Paths of the Unix sockets on which a process of the home's owner listens, by the kernel's own table. */
  listening(): readonly string[];
  /** Secret Service items whose attributes contain all the given ones; never prompts. */
  keyring(attributes: Attributes): Promise<Result<readonly KeyringItem[]>>;
  /** A KWallet entry; never prompts, and starts no daemon. */
  wallet(wallet: string, folder: string, entry: string): Promise<WalletSight>;
  /** Names that programs have taken on the session bus; none when confined or where there is no bus. */
  busNames(): Promise<readonly string[]>;
}

/** A method that takes nothing, or the name of what is meant. Whoever calls it is never given a secret. */
export interface BusMethod {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly argument?: string;
}

/** A reader that may also tell a daemon or index that a place changed; never given a secret. */
export interface Doer extends Reader {
  run(program: string, args: readonly string[]): Promise<Result<void>>;
  /** Calls a method on the session bus and waits for its end; `refresh-failed` with the D-Bus error. */
  callBus(method: BusMethod): Promise<Result<void>>;
}

/** One mail client or keychain family. It finds; it never writes. */
export interface Store {
  readonly id: string;
  readonly name: string;
  readonly platforms: readonly Platform[];
  /** Reads only, never prompts, needs no secret. */
  find(machine: Reader): AsyncIterable<Entry | Trouble>;
  /** The key of a place; `primary-password-needed` or `primary-password-wrong` when it stays shut. */
  key?(machine: Reader, place: Place, primaryPassword?: Secret): Result<StoreKey | undefined>;
  /** What a person unlocks (an absolute profile or file path), where one primary password opens several places. */
  unlockedBy?(place: Place): string;
  /** The program that has the place open: asked at plan, just before and just after the write. */
  busy?(machine: Reader, place: Place): Program | undefined;
  /**
   * The program that holds the entry's password in memory, so that it goes on with the one it read when it started.
   * It is no obstacle: its place can be written meanwhile.
   */
  running?(machine: Reader, entry: Entry): Promise<Program | undefined>;
  /**
   * Tells the client; idempotent; also after undo, when the place holds the `old` password again and must not be
   * tried; a failure is a warning.
   */
  after?(machine: Doer, place: Place, holds: 'new' | 'old'): Promise<Result<void>>;
}

export interface PutContext {
  readonly key?: StoreKey;
  readonly now: Date;
  readonly random: Random;
}

/** `n` random bytes. */
export type Random = (n: number) => Buffer;

/** A format's pure `get` and `put` for one slot. */
export interface Lens {
  readonly id: string;
  /** The stored secret, `undefined` when the slot is empty, `unsupported` when the bytes are not of this format. */
  get(bytes: Bytes, slot: Slot, key?: StoreKey): Result<Secret | undefined>;
  /**
   * The bytes with the secret in the slot: a splice, everything else stays as it is; the same bytes when it is
   * already there. `format-cannot-hold` where the format has no spelling for it.
   */
  put(bytes: Bytes | undefined, slot: Slot, secret: Secret, using: PutContext): Result<Bytes>;
  /**
   * The bytes with nothing in the slot: a splice, as `put`; `undefined` when the place itself goes; the same bytes when
   * the slot is empty already. A lens without it cannot remove. `unsupported` for what must not be removed (tokens).
   */
  remove?(bytes: Bytes, slot: Slot, using: PutContext): Result<Bytes | undefined>;
}

/** What can be said of a place before anything is read or written in earnest. */
export interface Look {
  readonly exists: boolean;
  readonly method: Method;
  readonly reads: 'freely' | 'prompts' | 'never';
  /** Conditions that must be met first (`keyring-locked`). */
  readonly preconditions: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Why it cannot be written at all, when the method is `blocked`. */
  readonly blocked?: Problem;
  /** The real place behind a link, for people and for writing. */
  readonly resolved?: string;
  /** True where the real place lies outside the home folder. */
  readonly outsideHome?: boolean;
}

/** A change of one place: `undefined` means that the place does not exist (before) or is to be removed (after). */
export interface Change {
  readonly run: string;
  readonly place: Place;
  readonly method: Method;
  readonly before: Bytes | undefined;
  readonly after: Bytes | undefined;
}

/** The door to one kind of place. It knows no formats and keeps no secrets. */
export interface Door {
  readonly kind: PlaceKind;
  look(place: Place): Promise<Result<Look>>;
  /** The place's plain bytes; opens a seal; `undefined` when absent. Never prompts unless the place said `prompts`. */
  read(place: Place): Promise<Result<Bytes | undefined>>;
  /** The bytes that journal and undo keep: the raw ones under a seal, the same as `read` elsewhere. */
  readRaw(place: Place): Promise<Result<Bytes | undefined>>;
  /** Turns plain bytes into what is written: the sealed form, or the bytes themselves. */
  seal(place: Place, plain: Bytes): Promise<Result<Bytes>>;
  /** Prepares a change without making it visible (a flushed temporary file); may be a no-op. */
  stage(change: Change): Promise<Result<void>>;
  /** Compares with `before` and makes the change; `changed` when the place is no longer as it was. */
  commit(change: Change): Promise<Result<void>>;
  /** Flushes what commits left to flush (one flush per folder). */
  settle(places: readonly Place[]): Promise<Result<void>>;
  /**
   * Has the person asked for what keeps the place shut; `keyring-locked` when it stays so, or nobody can be asked.
   * Only while a run writes.
   */
  unlock?(place: Place): Promise<Result<void>>;
  /** Removes what `stage` or a failed `commit` left behind; harmless when there is nothing. */
  discard(change: Pick<Change, 'run' | 'place'>): Promise<Result<void>>;
}

export type Doors = Readonly<Record<PlaceKind, Door>>;

/** One low-level file call each, so that a test can stop or fail a run before any of them. All synchronous. */
export interface Disk {
  open(path: string, flags: number, mode?: number): number;
  close(fd: number): void;
  /** Bytes written; may be fewer than asked. */
  write(fd: number, bytes: Bytes, offset: number, position: number | null): number;
  truncate(fd: number, length: number): void;
  flush(fd: number): void;
  readAll(fd: number): Bytes;
  stat(path: string): FileStat | undefined;
  statFd(fd: number): FileStat;
  /** Like `stat`, but of the link itself. */
  linkStat(path: string): FileStat | undefined;
  realPath(path: string): string | undefined;
  list(dir: string): readonly string[];
  chown(fd: number, uid: number, gid: number): void;
  chmod(fd: number, mode: number): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  makeFolder(path: string, mode: number): void;
  removeFolder(path: string): void;
  canWrite(path: string): boolean;
  /** Swaps two names in one step; false where kernel or file system cannot. */
  exchange(a: string, b: string): boolean;
  /** Renames only if the target does not exist. */
  renameNew(from: string, to: string): 'done' | 'taken' | 'unsupported';
  /** Extended attributes of a file by name: ACLs and security labels are among them. */
  attributes(path: string): ReadonlyMap<string, Bytes>;
  /** False where the attribute cannot be set. */
  setAttribute(path: string, name: string, value: Bytes): boolean;
}

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly links: number;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  readonly device: bigint;
  readonly inode: bigint;
}

/**
 * Rekey's own files; paths are relative to the state folder. Durable when a call returns; errors of the operating
 * system are Problems (`disk-full`, `access-denied`).
 */
export interface StateFiles {
  read(path: string): Result<Bytes | undefined>;
  /** A whole new file: temporary file, flush, rename, flush of its folder. */
  create(path: string, bytes: Bytes): Result<void>;
  /** An empty file that becomes durable with the next `create` in its folder. */
  touch(path: string): Result<void>;
  append(path: string, bytes: Bytes): Result<void>;
  list(path: string): readonly string[];
  makeFolder(path: string): Result<void>;
  removeFolder(path: string): Result<void>;
}

/** Where the journal's key lives; `protection` is what the manifest names. */
export interface JournalKey {
  readonly key: Bytes;
  readonly protection: 'keychain' | 'file';
}

export interface JournalKeys {
  /** The key for a new run, made on first use. */
  current(): Promise<Result<JournalKey>>;
  /** The key that sealed an earlier run. */
  of(protection: JournalKey['protection']): Promise<Result<JournalKey>>;
}

/** A held lock; releasing twice is harmless. */
export interface Lock {
  release(): void;
}

export interface Clock {
  now(): Date;
}

/** Everything of the real machine that the engine works with. */
export interface System {
  readonly machine: Doer;
  readonly doors: Doors;
  readonly files: StateFiles;
  readonly keys: JournalKeys;
  readonly clock: Clock;
  readonly random: Random;
  /** One run at a time: `run-active` when another process holds it. */
  lock(): Result<Lock>;
}

/** Cancel and progress of one run. */
export interface Run {
  readonly signal: AbortSignal;
  report(progress: Progress): void;
}

/** One login at one endpoint: exactly one authentication attempt, or none. */
export interface Login {
  check(endpoint: Endpoint, password: Secret, run: Run): Promise<Checked & { readonly sent: boolean }>;
}

/** A message of an account to itself. */
export interface Letter {
  /** Sender and recipient. */
  readonly address: string;
  /** With its angle brackets. */
  readonly id: string;
  readonly at: Date;
  readonly subject: string;
  readonly text: string;
}

/** Sends one message to oneself and sees it arrive. Logs in once at each server; never rejects. */
export interface Post {
  /**
   * Over servers that took the password in this run. Without `reading` the arrival cannot be seen. `judged` is true
   * where a login failed whose password had left: it may count against the account.
   */
  sendToSelf(
    letter: Letter,
    servers: { readonly sending: Endpoint; readonly reading?: Endpoint },
    password: Secret,
    run: Run,
  ): Promise<TestMessage & { readonly judged: boolean }>;
}

/** How often an identity was rejected lately, kept as timestamps on disk. */
export interface Budget {
  /** `attempts-used-up` with the seconds to wait in `detail` when nothing may be sent now. */
  allows(identity: string): Result<void>;
  /** Counts a rejection, or an attempt whose outcome stayed unknown. */
  count(identity: string): void;
  /** Rejections of the last 30 minutes. */
  used(identity: string): number;
}
