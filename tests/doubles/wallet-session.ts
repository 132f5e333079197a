/** A bus of its own with a KWallet on it whose wallet `kdewallet` is open: a double, or the real daemon. */
export interface WalletSession {
  readonly address: string;
  /** What says where its configuration is. */
  readonly env: Readonly<Record<string, string>>;
  /** Past Rekey: an entry as another program stores it. */
  put(folder: string, entry: string, value: string): Promise<void>;
  putMap(folder: string, entry: string): Promise<void>;
  /** What another reader finds. */
  value(folder: string, entry: string): Promise<string | undefined>;
  closeWallet(): Promise<void>;
  openWallet(): Promise<void>;
  /** Makes the daemon's configuration say that a program must be let in by the user. */
  askFirst(): void;
  stop(): Promise<void>;
}
