import type { Place, Slot } from '../../shared/model.ts';
import { assertNever } from '../../shared/problem.ts';
import type { CommandTarget } from './command.ts';
import type { NetrcLineSlot } from './netrc-line.ts';

/** Folders that a command's paths are relative to. */
export interface CommandFolders {
  /** Absolute path of the home folder. */
  readonly home: string;
  /** `$PASSWORD_STORE_DIR`, or `~/.password-store`. */
  readonly passwordStore: string;
  /** The file of an entry of gopass; undefined where the stores of this gopass cannot be written. */
  gopassFile(entry: string): string | undefined;
}

/** The cell that a password command reads, and how its secret sits in there. */
export interface CommandPlace {
  readonly place: Place;
  readonly lens: 'whole' | 'first-line' | 'netrc-line';
  readonly slot: Slot;
}

/**
 * The place behind a password command; undefined for what cannot be written through a place (a store of gopass that is
 * not its own or not sealed with GnuPG, an unknown command). Files and password-store entries hold the password in their
 * first line, a keyring item is the password.
 */
export function commandPlace(target: CommandTarget, folders: CommandFolders): CommandPlace | undefined {
  switch (target.kind) {
    case 'secret-service':
      return item(target.attributes);
    case 'keyring':
      return item({ service: target.service, username: target.username });
    case 'pass': {
      const path =
        target.program === 'gopass'
          ? folders.gopassFile(target.entry)
          : `${folders.passwordStore.replace(/\/+$/, '')}/${target.entry}.gpg`;
      return path === undefined ? undefined : firstLine({ kind: 'file', path, seal: 'pass' });
    }
    case 'gpg':
      return inFile({ kind: 'file', path: resolve(target.path, folders.home), seal: 'gpg' }, target.line);
    case 'file':
      return inFile({ kind: 'file', path: resolve(target.path, folders.home) }, target.line);
    case 'kwallet':
      return { place: target, lens: 'whole', slot: {} };
    case 'unknown':
      return undefined;
    default:
      return assertNever(target);
  }
}

const item = (attributes: Readonly<Record<string, string>>): CommandPlace => ({
  place: { kind: 'secret-service', attributes },
  lens: 'whole',
  slot: {},
});

const inFile = (place: Place, line: NetrcLineSlot | undefined): CommandPlace =>
  line ? { place, lens: 'netrc-line', slot: line } : firstLine(place);

const firstLine = (place: Place): CommandPlace => ({ place, lens: 'first-line', slot: {} });

const resolve = (path: string, home: string): string =>
  path.startsWith('~/') ? home.replace(/\/+$/, '') + path.slice(1) : path;
