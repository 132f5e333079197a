import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Entry, Place, Trouble } from '../../shared/model.ts';
import { ok, problem, type Problem } from '../../shared/problem.ts';
import type { Bytes, Reader, Store } from '../engine/ports.ts';
import { clawsDialect } from '../formats/claws-account.ts';
import { type ClawsSlot, holdsPassword } from '../formats/claws-password-store.ts';
import { type AccountLogin, accountLogins } from '../formats/sylpheed-account.ts';
import { numberOf, type PrefsBlock, textOf } from '../formats/sylpheed-prefs.ts';
import { clawsBlocks, clawsCommon, readClawsKey } from './claws-key.ts';

const ID = 'claws-mail';

/**
 * Claws Mail: `~/.claws-mail`, which its Flatpak uses too. The passwords are sealed, with a passphrase that is public
 * unless the person set one.
 */
export const clawsMail: Store = {
  id: ID,
  name: 'Claws Mail',
  platforms: ['linux'],
  // An async generator because the port says so: reading is synchronous.
  async *find(machine) {
    yield* findIn(machine, profileOf(machine));
  },

  key: (machine, place, primaryPassword) =>
    place.kind === 'file'
      ? readClawsKey(machine, folderOf(machine, place.path), primaryPassword)
      : ok(undefined),

  unlockedBy: (place) => (place.kind === 'file' ? dirname(place.path) : ''),

  /**
   * The socket of the running program is named after the MD5 sum of its folder (`claws_get_socket_name` in src/main.c),
   * below a folder that depends on the version, the session and the sandbox.
   */
  busy(machine, place) {
    const names = [profileOf(machine), folderOf(machine, pathOf(place))].map(socketName);
    const running = machine
      .listening()
      .some((path) => names.includes(basename(path)) && /\/claws-mail(?:-\d+)?\//.test(path));
    return running ? { name: 'Claws Mail' } : undefined;
  },
};

const profileOf = (machine: Reader): string => join(machine.home, '.claws-mail');

const pathOf = (place: Place): string => (place.kind === 'file' ? place.path : '');

/** Where clawsrc is: beside the passwords, unless only their file is a link to somewhere else. */
function folderOf(machine: Reader, path: string): string {
  const beside = dirname(path);
  return machine.kindOf(join(beside, 'clawsrc')) === 'file' ? beside : profileOf(machine);
}

const socketName = (folder: string): string => createHash('md5').update(folder).digest('hex');

function* findIn(machine: Reader, profile: string): Generator<Entry | Trouble> {
  const accounts = clawsBlocks(machine, join(profile, 'accountrc'));
  if (!accounts.ok) return yield { store: ID, problem: accounts.problem };
  if (accounts.value.length === 0) return;
  const path = join(profile, 'passwordstorerc');
  const passwords = machine.read(path);
  if (!passwords.ok) return yield { store: ID, problem: passwords.problem };
  const common = clawsCommon(machine, profile);
  const dialect = clawsDialect(common.ok ? numberOf(common.value, 'config_version') : 0);
  const obstacle = keyless(machine, profile);
  for (const block of accounts.value) {
    const account = /^Account: (\d+)/.exec(block.label)?.[1];
    if (account === undefined) continue;
    for (const login of accountLogins(block, dialect))
      yield entryOf(block, login, {
        path,
        slot: { account: Number(account), id: login.password === 'receiving' ? 'recv' : 'send' },
        passwords: passwords.value,
        obstacle: obstacle ?? oldPassword(block, login, profile),
      });
  }
}

interface Kept {
  readonly path: string;
  readonly slot: ClawsSlot;
  readonly passwords: Bytes | undefined;
  readonly obstacle: Problem | undefined;
}

function entryOf(block: PrefsBlock, login: AccountLogin, { path, slot, passwords, obstacle }: Kept): Entry {
  const { password: _, ...server } = login;
  const stored = holdsPassword(passwords ?? Buffer.alloc(0), slot);
  return {
    store: ID,
    client: `Claws Mail (${textOf(block, 'account_name') || block.label})`,
    place: { kind: 'file', path },
    slot,
    lens: 'claws-password-store',
    ...server,
    ...(stored === undefined ? { problem: problem('unsupported', path, 'a NUL in the file') } : {}),
    ...(stored === false ? { stored: 'missing' } : {}),
    ...(stored === false && server.auth === 'password' && !obstacle ? { addable: true } : {}),
    ...(obstacle && server.auth === 'password' ? { problem: obstacle } : {}),
    ...(obstacle?.kind === 'unsupported' && server.auth === 'password' ? { guide: 'asks-again' } : {}),
  };
}

/** What versions before 3.14 kept in accountrc goes into the password store at the next start, over what lies there. */
function oldPassword(block: PrefsBlock, { password }: AccountLogin, profile: string): Problem | undefined {
  const kept = textOf(block, password === 'receiving' ? 'password' : 'smtp_password');
  return kept.length > 1
    ? problem(
        'unsupported',
        join(profile, 'accountrc'),
        'passwords of an old Claws Mail: start a current one once, then scan again',
      )
    : undefined;
}

/** Why nothing of the profile can be opened, with or without a primary passphrase. */
function keyless(machine: Reader, profile: string): Problem | undefined {
  const key = readClawsKey(machine, profile);
  if (key.ok) key.value.dispose();
  return key.ok || key.problem.kind === 'primary-password-needed' ? undefined : key.problem;
}
