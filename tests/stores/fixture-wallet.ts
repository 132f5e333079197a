import fs from 'node:fs';
import type { Place } from '../../shared/model.ts';
import type { Bytes, WalletSight } from '../../electron/engine/ports.ts';

interface FixtureEntry {
  readonly wallet: string;
  readonly folder: string;
  readonly entry: string;
  value: string;
}

/** What `wallet.json` beside a fixture home keeps. */
interface FixtureFile {
  /** What every look at the wallets gives, where it is not open. */
  readonly sight?: WalletSight;
  readonly entries: FixtureEntry[];
}

/** The KWallet of a fixture, in memory. Without `wallet.json` there is none. */
export class FixtureWallet {
  readonly file: FixtureFile | undefined;

  constructor(file: string) {
    this.file = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as FixtureFile) : undefined;
  }

  sight(wallet: string, folder: string, entry: string): WalletSight {
    if (!this.file) return 'absent';
    return this.file.sight ?? (this.#at({ kind: 'kwallet', wallet, folder, entry }) ? 'stored' : 'missing');
  }

  read(place: Place): Bytes | undefined {
    const entry = this.#at(place);
    return entry && Buffer.from(entry.value);
  }

  write(place: Place, bytes: Bytes): void {
    const entry = this.#at(place);
    if (entry) entry.value = bytes.toString('utf8');
    else if (place.kind === 'kwallet') {
      const { wallet, folder, entry: name } = place;
      this.file?.entries.push({ wallet, folder, entry: name, value: bytes.toString('utf8') });
    }
  }

  #at(place: Place): FixtureEntry | undefined {
    if (place.kind !== 'kwallet') throw new Error(`not in a wallet: ${place.kind}`);
    return this.file?.entries.find(
      (each) => each.wallet === place.wallet && each.folder === place.folder && each.entry === place.entry,
    );
  }
}
