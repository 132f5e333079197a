import { join } from 'node:path';
import type { Entry, Trouble } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader } from '../engine/ports.ts';
import { commandProgram } from '../formats/command.ts';
import { readAccounts, type MsmtpAccount, type MsmtpDialect } from '../formats/msmtp-accounts.ts';
import { msmtprc } from '../formats/msmtprc.ts';
import { behindCommand, keyringItems, type Whereabouts } from './command-entry.ts';
import { netrcLookup } from './netrc-lookup.ts';

/** One of the two programs that share a configuration format. */
export interface MsmtpProgram extends MsmtpDialect {
  readonly id: 'msmtp' | 'mpop';
  readonly protocol: 'smtp' | 'pop3';
}

/** What of an entry does not depend on where its password is. */
type Login = Omit<Entry, keyof Whereabouts>;

/**
 * The accounts in the one user configuration file that the program reads, each with the place that its password
 * comes from: the file, a command, a keyring, netrc (src/password.c).
 */
export async function* findAccounts(
  machine: Reader,
  program: MsmtpProgram,
): AsyncGenerator<Entry | Trouble, void> {
  const path = configPath(machine, program);
  const read = machine.read(path);
  if (!read.ok) return yield { store: program.id, problem: read.problem };
  if (!read.value) return;
  const accounts = readAccounts(read.value, program);
  if (!accounts.ok) return yield { store: program.id, problem: { ...accounts.problem, subject: path } };
  for (const account of accounts.value) {
    const { slot } = account.source;
    const line: Whereabouts = { place: { kind: 'file', path }, lens: msmtprc.id, slot };
    for (const where of await whereabouts(machine, program, account, line)) {
      yield { ...loginOf(program, account), ...where };
    }
  }
}

/** `~/.msmtprc` if it exists, else `$XDG_CONFIG_HOME/msmtp/config` (`get_userconfig` in src/tools.c). */
function configPath(machine: Reader, { id }: MsmtpProgram): string {
  const dotfile = join(machine.home, `.${id}rc`);
  if (machine.kindOf(dotfile)) return dotfile;
  return join(machine.env('XDG_CONFIG_HOME') || join(machine.home, '.config'), id, 'config');
}

function loginOf({ id, protocol }: MsmtpProgram, account: MsmtpAccount): Login {
  return {
    store: id,
    client: `${id} (account ${account.name})`,
    protocols: [account.lmtp ? 'other' : protocol],
    login: account.login,
    host: account.host,
    ...(account.port === undefined ? {} : { port: account.port }),
    tls: account.tls,
    ...(account.from === undefined ? {} : { addresses: [account.from] }),
    auth: account.oauth ? 'oauth' : 'password',
  };
}

async function whereabouts(
  machine: Reader,
  program: MsmtpProgram,
  { source, oauth, login, host }: MsmtpAccount,
  line: Whereabouts,
): Promise<readonly Whereabouts[]> {
  if (source.kind === 'line' || oauth) return [line];
  if (source.kind === 'command') return behindCommand(machine, source.command, line);
  if (source.kind === 'eval') {
    return [{ ...line, problem: problem('external-command', commandProgram(source.command)) }];
  }
  // Without a user nobody logs in; without a host it is only there to be inherited from.
  if (login === '' || host === '') return [];
  const stored = await fromKeyring(machine, program, login, host);
  const found = stored.length > 0 ? stored : netrcLookup(machine, login, host);
  if (found.length > 0) return found;
  return [{ ...line, stored: 'missing', ...(source.addable ? additionTo(machine, line) : {}) }];
}

/** A file with a password that anybody else can read is refused (`check_secure` in src/tools.c). */
function additionTo(machine: Reader, { place }: Whereabouts): Pick<Entry, 'addable' | 'problem'> {
  const mode = place.kind === 'file' ? machine.modeOf?.(place.path) : undefined;
  const open = mode !== undefined && (mode & ~0o600) !== 0;
  return open ? { problem: problem('readable-by-others') } : { addable: true };
}

/** Schema `de.marlam.<program>.password`, else the one that libgnome-keyring used. */
async function fromKeyring(
  machine: Reader,
  { protocol }: MsmtpProgram,
  user: string,
  host: string,
): Promise<readonly Whereabouts[]> {
  const items = await keyringItems(machine, { host, service: protocol, user });
  return items.length > 0 ? items : keyringItems(machine, { user, protocol, server: host });
}
