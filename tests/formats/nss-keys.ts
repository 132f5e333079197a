import { NssKeys } from '../../electron/formats/nss-key-db.ts';
import type { SdrKey } from '../../electron/formats/nss-sdr.ts';

/** The id that NSS gives its first key, whatever its kind (lib/pk11wrap/pk11sdr.c). */
const ID = Buffer.from('f8000000000000000000000000000001', 'hex');

export const AES: SdrKey = { kind: 'aes', id: ID, bytes: Buffer.alloc(32, 0x11) };
export const DES3: SdrKey = {
  kind: 'des3',
  id: ID,
  bytes: Buffer.from('0123456789abcdef'.repeat(3), 'latin1').subarray(0, 24),
};
export const STRANGER: SdrKey = { kind: 'aes', id: Buffer.alloc(16, 9), bytes: Buffer.alloc(32, 0x22) };

export const bothKeys = (): NssKeys => new NssKeys([DES3, AES]);
