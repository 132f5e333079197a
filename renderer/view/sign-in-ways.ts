import type { PlaceRow } from '../../shared/contract.ts';
import type { PageAdvice } from '../../shared/messages/page-advice.ts';
import type { SignInTexts } from '../../shared/messages/page-sign-in.ts';
import { byProgram, isTold } from './place-groups.ts';

/** One program of an account that takes no password: whether it asks by itself, and what to click. */
export interface Way {
  readonly program: string;
  readonly logins: readonly string[];
  readonly asks: keyof SignInTexts['asking'];
  readonly advice: keyof PageAdvice['signIn'];
}

/** The programs in which somebody signs in again, and those that still have to be switched to that. */
export function waysOf(rows: readonly PlaceRow[]): readonly Way[] {
  const own = rows.filter((row) => !isTold(row) && (row.state === 'oauth' || row.certainty === 'certain'));
  return byProgram(own).map(({ program, rows: group }) => ({
    program,
    logins: [...new Set(group.map(({ login }) => login))],
    ...(group.some(({ state }) => state === 'oauth') ? again(program) : switching(program)),
  }));
}

type Asking = Pick<Way, 'asks' | 'advice'>;

const COMMANDS: ReadonlySet<string> = new Set([
  'mbsync',
  'msmtp',
  'mpop',
  'git send-email',
  'git imap-send',
  'netrc',
  'curl',
  'swaks',
  's-nail',
  'getmail',
  'vdirsyncer',
]);

const MOZILLA: ReadonlySet<string> = new Set(['thunderbird', 'betterbird', 'seamonkey']);

const OWN: Readonly<Record<string, keyof PageAdvice['signIn']>> = {
  evolution: 'evolution',
  'gnome online accounts': 'onlineAccounts',
  kmail: 'kmail',
  geary: 'geary',
};

function again(program: string): Asking {
  const name = program.toLowerCase();
  if (COMMANDS.has(name)) return { asks: 'no', advice: 'command' };
  if (MOZILLA.has(name)) return { asks: 'yes', advice: 'thunderbird' };
  const own = OWN[name];
  return own ? { asks: 'yes', advice: own } : { asks: 'perhaps', advice: 'other' };
}

/** A program that still sends a password to a server that takes none. */
function switching(program: string): Asking {
  const name = program.toLowerCase();
  if (COMMANDS.has(name)) return { asks: 'switch', advice: 'switchCommand' };
  return { asks: 'switch', advice: MOZILLA.has(name) ? 'switchThunderbird' : 'switchOther' };
}
