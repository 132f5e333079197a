import { join } from 'node:path';
import type { Entry, Trouble } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { accountLogins, type Dialect } from '../formats/sylpheed-account.ts';
import type { AccountrcSlot } from '../formats/sylpheed-accountrc.ts';
import { numberOf, prefsBlocks, textOf } from '../formats/sylpheed-prefs.ts';

const ID = 'sylpheed';

/** Sylpheed: plain passwords in `~/.sylpheed-2.0/accountrc`, which it keeps in memory and writes anew. */
export const sylpheed: Store = {
  id: ID,
  name: 'Sylpheed',
  platforms: ['linux'],
  // An async generator because the port says so: reading is synchronous.
  async *find(machine) {
    yield* findIn(machine, join(machine.home, '.sylpheed-2.0', 'accountrc'));
  },

  /** One socket for each person, whatever the folder: `sylpheed-<uid>` (`get_socket_name` in src/main.c). */
  busy: (machine) =>
    machine.listening().some((path) => /\/sylpheed-\d+$/.test(path)) ? { name: 'Sylpheed' } : undefined,
};

function* findIn(machine: Reader, path: string): Generator<Entry | Trouble> {
  const bytes = machine.read(path);
  if (!bytes.ok) return yield { store: ID, problem: bytes.problem };
  const blocks = prefsBlocks(bytes.value ?? Buffer.alloc(0));
  if (!blocks) return yield { store: ID, problem: problem('unsupported', path, 'a NUL in the file') };
  for (const block of blocks) {
    if (!block.label.startsWith('Account: ')) continue;
    for (const { password, ...login } of accountLogins(block, DIALECT)) {
      const key = password === 'receiving' ? 'password' : 'smtp_password';
      const slot: AccountrcSlot = { account: block.label, key };
      yield {
        store: ID,
        client: `Sylpheed (${textOf(block, 'account_name') || block.label})`,
        place: { kind: 'file', path },
        slot,
        lens: 'sylpheed-accountrc',
        ...login,
        ...(textOf(block, key) === '' ? missing(login.auth) : {}),
      };
    }
  }
}

const missing = (auth: Entry['auth']): Partial<Entry> => ({
  stored: 'missing',
  ...(auth === 'password' ? { addable: true } : {}),
});

/** Numbers of `RecvProtocol` (libsylph/prefs_account.h). */
const PROTOCOLS = ['pop3', 'pop3', 'pop3', 'imap', 'news'] as const;

/** Login methods of libsylph/imap.h, pop.h and smtp.h that send a password; no bit is automatic. */
const METHODS: Readonly<Record<'imap' | 'pop3' | 'smtp', readonly [string, readonly number[]]>> = {
  imap: ['imap_auth_method', [0, 1, 2, 4]],
  pop3: ['pop_auth_method', [0, 1, 2, 4]],
  smtp: ['smtp_auth_method', [0, 1, 2, 4, 8]],
};

const DIALECT: Dialect = {
  receives: (block) => PROTOCOLS[numberOf(block, 'protocol')],
  // What is not known is taken for a token.
  auth(block, protocol) {
    const [key, methods] = METHODS[protocol];
    return methods.includes(numberOf(block, key)) ? 'password' : 'oauth';
  },
};
