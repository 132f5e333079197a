import type { RekeyApi } from '../shared/contract.ts';

declare global {
  interface Window {
    readonly rekey: RekeyApi;
  }
}
