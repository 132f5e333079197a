import { problem } from '../../shared/problem.ts';
import type { Reader } from '../engine/ports.ts';
import { bareLine } from '../formats/bare-line.ts';
import { muttrc, valueOf } from '../formats/muttrc.ts';
import { behindCommand, type Whereabouts } from './command-entry.ts';
import { type MuttLogin, passwordVariable } from './mutt-logins.ts';
import type { FoundUrl, Setting } from './mutt-scenes.ts';

/** Where the password of a login is; `path` is the file that mutt starts with. */
export async function whereabouts(
  machine: Reader,
  login: MuttLogin,
  path: string,
): Promise<readonly Whereabouts[]> {
  const found = await stored(machine, login, path);
  const charset = login.scene.settings.get('configcharset');
  if (!charset || /^(?:utf-?8)?$/i.test(charset.text ?? '?')) return found;
  return found.map((each) => ({ ...each, problem: problem('unsupported', undefined, 'config_charset') }));
}

async function stored(machine: Reader, login: MuttLogin, path: string): Promise<readonly Whereabouts[]> {
  const { inUrl, password, oauth, protocol } = login;
  const set = password && password.text !== '' ? password : undefined;
  // NeoMutt leaves out the password when it tidies the URL of an IMAP mailbox, and takes imap_pass (seen with 20220429).
  const also = protocol === 'imap' && isNeoMutts(path) ? set : undefined;
  if (inUrl) return [urlCell(inUrl), ...(also ? await behind(machine, also) : [])];
  if (set) return behind(machine, set);
  const line = {
    place: { kind: 'file', path: password?.file ?? path },
    lens: muttrc.id,
    slot: password?.assignment.equals ? password.assignment.slot : absentSlot(login),
  } as const;
  if (oauth) return [line];
  if (login.passwordless) return [];
  return [{ ...line, stored: 'missing', ...additionTo(login) }];
}

/** Whether only NeoMutt reads this file. */
export const isNeoMutts = (path: string): boolean => /neomutt/.test(path.split('/').slice(-2).join('/'));

function urlCell({ file, word, typed }: FoundUrl): Whereabouts {
  const line = { place: { kind: 'file', path: file }, lens: muttrc.id, slot: word.slot } as const;
  const value = valueOf(word);
  if (typed) return { ...line, problem: problem('unsupported', undefined, 'a macro') };
  return value.ok ? line : { ...line, problem: value.problem };
}

const absentSlot = ({ scene, protocol }: MuttLogin): Whereabouts['slot'] => ({
  variable: passwordVariable(protocol),
  ...(scene.hook === '' ? {} : { in: scene.hook }),
});

/** A line at the end of the file counts for every server, and after everything else that the file does. */
function additionTo({ scene, password, single }: MuttLogin): Pick<Whereabouts, 'addable' | 'problem'> {
  if (scene.piped !== undefined) return { problem: problem('external-command', scene.piped) };
  const filled =
    password === undefined ? single : password.assignment.equals !== undefined && !password.typed;
  return filled ? { addable: true } : {};
}

/** The cell behind a value: the line itself, that of the variable it names, or what its command prints. */
async function behind(machine: Reader, setting: Setting): Promise<readonly Whereabouts[]> {
  const { assignment, file, from, typed } = setting;
  const line = { place: { kind: 'file', path: file }, lens: muttrc.id, slot: assignment.slot } as const;
  const [only, ...more] = assignment.token?.chars ?? [];
  const expansion = more.length === 0 && !assignment.unclear ? only?.expansion : undefined;
  if (expansion?.kind === 'command') {
    const found = await behindCommand(
      machine,
      Buffer.from(expansion.command, 'latin1').toString('utf8'),
      line,
    );
    return expansion.bare ? found.map(printedBare) : found;
  }
  if (expansion && from) return behind(machine, from);
  if (typed) return [{ ...line, problem: problem('unsupported', undefined, 'a macro') }];
  const value = valueOf(assignment);
  return [value.ok ? line : { ...line, problem: value.problem }];
}

/** mutt takes the output of an unquoted command apart like a line of its file. */
const printedBare = (where: Whereabouts): Whereabouts =>
  where.lens === muttrc.id ? where : { ...where, lens: bareLine.id, slot: { prints: where.lens } };
