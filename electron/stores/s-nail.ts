import { join } from 'node:path';
import type { Entry, Trouble } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { mailrc } from '../formats/mailrc.ts';
import { readMailrc } from '../formats/mailrc-settings.ts';
import type { Whereabouts } from './command-entry.ts';
import { includedFile } from './included-file.ts';
import { netrcLookup } from './netrc-lookup.ts';
import { MailrcScope } from './s-nail-scope.ts';
import { loginsOf, oldLoginsOf, type MailrcLogin } from './s-nail-logins.ts';

const ID = 's-nail';

/**
 * s-nail, which calls itself mailx: the logins of its resource file. bsd-mailx reads the same file and logs in
 * nowhere.
 */
export const sNail: Store = {
  id: ID,
  name: 's-nail',
  platforms: ['linux', 'darwin'],
  // An async generator because the port says so: reading is synchronous.
  async *find(machine) {
    yield* findIn(machine, machine.env('MAILRC') || join(machine.home, '.mailrc'));
  },
};

function* findIn(machine: Reader, path: string): Generator<Entry | Trouble> {
  const read = machine.read(path);
  if (!read.ok) return yield { store: ID, problem: read.problem };
  if (!read.value) return;
  const settings = readMailrc(read.value);
  if (!settings.ok) return yield { store: ID, problem: { ...settings.problem, subject: path } };
  for (const [, file = ''] of read.value.toString('utf8').matchAll(SOURCED))
    yield* includedFile(machine, ID, file, /password|:\/\/[^\s/]*:[^\s/]*@/);
  const accounts = new Set(['', ...settings.value.map(({ account }) => account)]);
  const seen = new Set<string>();
  for (const account of accounts) {
    const scope = new MailrcScope(settings.value, account);
    const logins = scope.has('v15-compat') ? loginsOf(scope) : oldLoginsOf(scope);
    for (const login of logins) {
      for (const where of whereabouts(machine, path, login)) {
        const entry = { ...entryOf(account, login), ...where };
        // An account inherits what stands outside of it.
        const name = JSON.stringify({ ...entry, client: '' });
        if (!seen.has(name)) yield entry;
        seen.add(name);
      }
    }
  }
}

/** `source FILE`, without what would have to be expanded. */
const SOURCED = /^[ \t]*\\?so(?:u|ur|urc|urce)?[ \t]+["']?([^\s"'$`\\]+)/gm;

function entryOf(
  account: string,
  { server, login, from, oauth }: MailrcLogin,
): Omit<Entry, keyof Whereabouts> {
  return {
    store: ID,
    client: account === '' ? ID : `${ID} (account ${utf8(account)})`,
    ...server,
    login,
    ...(from === undefined ? {} : { addresses: [from] }),
    auth: oauth ? 'oauth' : 'password',
  };
}

function whereabouts(machine: Reader, path: string, login: MailrcLogin): readonly Whereabouts[] {
  const line = { place: { kind: 'file', path }, lens: mailrc.id, slot: login.slot } as const;
  if (login.broken) return [{ ...line, problem: login.broken, guide: 'text-file' }];
  if (login.stored) return [line];
  if (login.netrc) {
    if (login.netrc.piped) return [{ ...line, problem: problem('external-command') }];
    const file = machine.env('NETRC') || join(machine.home, '.netrc');
    const found = netrcLookup(machine, login.login, login.netrc.host, file);
    if (found.length > 0) return found;
  }
  return [{ ...line, stored: 'missing', ...(login.addable && !login.oauth ? { addable: true } : {}) }];
}

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
