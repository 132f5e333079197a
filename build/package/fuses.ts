import type { Configuration } from 'electron-builder';

type FuseOptions = NonNullable<Configuration['electronFuses']>;

/**
 * The switches in Electron's program (electronjs.org/docs/latest/tutorial/fuses). A page or a program that starts Rekey
 * must not turn it into Node, hand it code, look into it, or have it load another app.
 */
export const FUSES: Required<Omit<FuseOptions, 'resetAdHocDarwinSignature'>> = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
  // The app has no cookies, and encrypting them would open the user's keychain at every start.
  enableCookieEncryption: false,
};
