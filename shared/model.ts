import type { GuideId } from './guides.ts';
import type { Problem } from './problem.ts';

export type Platform = 'linux' | 'darwin' | 'win32';

/** What a stored password is used for. `other` covers DAV, git over https, VPN: never a mail protocol. */
export type Protocol = 'imap' | 'pop3' | 'smtp' | 'ews' | 'activesync' | 'dav' | 'git' | 'other';

export const MAIL_PROTOCOLS: readonly Protocol[] = ['imap', 'pop3', 'smtp', 'ews', 'activesync'];

/** How a connection is protected: TLS from the first byte, STARTTLS that must succeed, or nothing. */
export type Tls = 'implicit' | 'starttls' | 'none';

export type Attributes = Readonly<Record<string, string>>;

/** A named cell of bytes. `seal` means that the raw bytes are a ciphertext which only opens at apply. */
export type Place =
  | { readonly kind: 'file'; readonly path: string; readonly seal?: 'gpg' | 'pass' }
  | {
      readonly kind: 'secret-service';
      readonly attributes: Attributes;
      readonly collection?: string;
      readonly label?: string;
    }
  | { readonly kind: 'keychain'; readonly service: string; readonly account: string }
  | { readonly kind: 'kwallet'; readonly wallet: string; readonly folder: string; readonly entry: string };

export type PlaceKind = Place['kind'];

/** Where in a place one secret sits: plain data that only the entry's lens understands. */
export type Slot = Readonly<Record<string, string | number | boolean>>;

/** A place's slot that holds, or is meant to hold, the password of one login for some protocols. */
export interface Entry {
  readonly store: string;
  /** The client and what it calls this account, for people: `msmtp (account work)`. */
  readonly client: string;
  readonly place: Place;
  readonly slot: Slot;
  readonly lens: string;
  readonly protocols: readonly Protocol[];
  /** The login exactly as the client sends it. */
  readonly login: string;
  /** The server as the client spells it; empty where the client states none. */
  readonly host: string;
  readonly port?: number;
  readonly tls?: Tls;
  /** Mail addresses that the client ties to this login (a From line, an identity). */
  readonly addresses?: readonly string[];
  /** `oauth`: the client signs in with a token here, so there is no password to write. */
  readonly auth: 'password' | 'oauth';
  /** What `find` could see without opening anything: unset means that a value is stored. */
  readonly stored?: 'missing' | 'unknown';
  /** The client would read this entry if it were added. */
  readonly addable?: boolean;
  /** The client fails at login with a password that is not plain ASCII, though its file holds one. */
  readonly asciiOnly?: boolean;
  /** The place may lag behind: a client's own backup of another place. */
  readonly backup?: boolean;
  /**
   * A way into the organisation's network (a Wi-Fi, a VPN, a share): its login, which may be missing, holds for the
   * whole network, whatever server it names.
   */
  readonly network?: true;
  /** An `oauth` entry whose client no longer reads the password that lies in its slot. Never set for a token. */
  readonly leftover?: boolean;
  /** Why Rekey cannot change it (`by-hand`, `external-command`, `unsupported`): becomes a manual or unsupported row. */
  readonly problem?: Problem;
  /** How a person changes it, where the `problem` alone does not say so. */
  readonly guide?: GuideId;
}

/** Something a store met and could not understand or read, tied to no entry. */
export interface Trouble {
  readonly store: string;
  readonly problem: Problem;
}

export type Certainty = 'certain' | 'probable' | 'unrelated';

export type ValueState = 'current' | 'stale' | 'missing' | 'unknown' | 'locked' | 'oauth' | 'unsupported';

export type Method = 'rename' | 'inplace' | 'api' | 'blocked';

/** Where a login is checked. */
export interface Endpoint {
  readonly protocol: 'imap' | 'pop3' | 'smtp';
  readonly host: string;
  readonly port: number;
  readonly tls: Tls;
  readonly login: string;
}

/** One mailbox identity as found on this machine. */
export interface Account {
  readonly address: string;
  readonly logins: readonly string[];
  readonly entries: readonly Entry[];
}

/** What the user sees of one slot: never a secret. */
export interface Step {
  readonly id: string;
  readonly place: Place;
  readonly slot: Slot;
  readonly lens: string;
  /** All entries that read this slot, the most certain first. */
  readonly entries: readonly Entry[];
  readonly where: string;
  readonly protocols: readonly Protocol[];
  readonly login: string;
  readonly host: string;
  /** `remove`: the slot holds an old password that nothing reads any more; `apply` never touches it. */
  readonly effect: 'write' | 'add' | 'remove';
  readonly state: ValueState;
  readonly certainty: Certainty;
  readonly ticked: boolean;
  /** Why it is ticked or not, where that is not obvious. */
  readonly reason?: Problem;
  /** What must happen first: close the client, unlock the keyring, give the primary password. */
  readonly preconditions: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly method: Method;
  /** False where the place cannot be read back, so the write can be neither verified nor undone. */
  readonly verifiable: boolean;
}

export type OutcomeKind = 'written' | 'unchanged' | 'skipped' | 'deferred' | 'failed' | 'changed' | 'manual';

export interface Outcome {
  readonly step: Step;
  readonly outcome: OutcomeKind;
  readonly state: ValueState;
  readonly reason?: Problem;
  readonly verified?: boolean;
}

/** One login that was tried, or why it was not. */
export interface Checked {
  readonly endpoint: Endpoint;
  readonly result: 'accepted' | Problem;
  /** Milliseconds from the first packet to the verdict. */
  readonly ms: number;
}

/** What became of a message that the account sent to itself at the end of a run. */
export interface TestMessage {
  /** `sent`: a server took it, and whether it arrived was not seen. */
  readonly result: 'arrived' | 'sent' | Problem;
  /** Milliseconds until the last thing that is known of it. */
  readonly ms: number;
}

export interface Report {
  readonly command: string;
  readonly account?: string;
  readonly run?: string;
  readonly checks: readonly Checked[];
  readonly outcomes: readonly Outcome[];
  readonly warnings: readonly Problem[];
  /** What ended the run before any place was touched. */
  readonly stopped?: Problem;
  /** Set where a test message was asked for. */
  readonly message?: TestMessage;
}

/** Facts about a run while it goes on. */
export type Progress =
  | { readonly kind: 'checking'; readonly endpoint: Endpoint }
  | { readonly kind: 'checked'; readonly check: Checked }
  | { readonly kind: 'writing'; readonly step: string }
  | { readonly kind: 'finished'; readonly step: string; readonly outcome: OutcomeKind }
  | { readonly kind: 'message'; readonly stage: 'sending' | 'waiting' }
  | { readonly kind: 'messaged'; readonly message: TestMessage };

/** A past run as the journal tells it. */
export interface RunRecord {
  readonly id: string;
  readonly account: string;
  /** Start, in milliseconds since the epoch. */
  readonly at: number;
  readonly state: 'prepared' | 'committed' | 'rolling-back' | 'rolled-back';
  /** The files and keychain items that it changed. */
  readonly places: readonly string[];
  /** How many passwords it changed in them: a file can hold more than one. */
  readonly changes: number;
  /** How many it left for later, because they were locked or their program was running. */
  readonly waiting: number;
  readonly undoable: boolean;
  /** Set where it only took old passwords away. */
  readonly removes?: true;
}
