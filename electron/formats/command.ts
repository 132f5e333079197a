import type { Attributes } from '../../shared/model.ts';
import type { NetrcLineSlot } from './netrc-line.ts';
import { shellPipeline, type Word } from './shell-words.ts';

/** Where a password command takes the password from. A path is absolute or starts with `~/`. */
export type CommandTarget =
  | { readonly kind: 'secret-service'; readonly attributes: Attributes }
  | { readonly kind: 'pass'; readonly entry: string; readonly program: 'pass' | 'gopass' }
  | { readonly kind: 'gpg'; readonly path: string; readonly line?: NetrcLineSlot }
  | { readonly kind: 'file'; readonly path: string; readonly line?: NetrcLineSlot }
  | { readonly kind: 'keyring'; readonly service: string; readonly username: string }
  | { readonly kind: 'kwallet'; readonly wallet: string; readonly folder: string; readonly entry: string }
  | { readonly kind: 'unknown' };

type Reading = (args: readonly Word[]) => CommandTarget | undefined;

const UNKNOWN: CommandTarget = { kind: 'unknown' };

/** Where packages put programs; a program of the same name elsewhere may be somebody's own script. */
const FOLDERS: readonly string[] = [
  '/bin',
  '/usr/bin',
  '/usr/local/bin',
  '/opt/homebrew/bin',
  '/opt/local/bin',
  '/home/linuxbrew/.linuxbrew/bin',
  '/run/current-system/sw/bin',
  '/snap/bin',
];

const READINGS: Readonly<Record<string, Reading>> = {
  'secret-tool': readSecretTool,
  pass: readPass,
  gopass: readGopass,
  gpg: readGpg,
  gpg2: readGpg,
  cat: readCat,
  head: readHead,
  keyring: readKeyring,
  'kwallet-query': readKwallet,
};

/**
 * Recognises, without running it, what a password command reads: `secret-tool lookup` (secret-tool(1)), `pass show`
 * (pass(1)), `gopass show -o`, `gpg --decrypt` (gpg(1)), `cat` (cat(1)), `head -1` (head(1)), `keyring get`,
 * `kwallet-query -r` (kwallet-query(1)), a line of a netrc file that awk picks; each also piped into `head -1`, `sed 1q` or `tr -d '\n'`. Everything else that a shell
 * could do is `unknown`.
 */
export function commandTarget(line: string): CommandTarget {
  const [command, ...filters] = shellPipeline(line) ?? [];
  if (command === undefined) return UNKNOWN;
  const [first, ...more] = filters;
  const picked = first && netrcLineIn(first);
  if (!(picked ? more : filters).every(keepsFirstLine)) return UNKNOWN;
  const target = targetOf(command);
  if (!picked) return target;
  return target.kind === 'gpg' || target.kind === 'file' ? { ...target, line: picked } : UNKNOWN;
}

/** Like `commandTarget`, for clients that keep the command as a list of arguments and start it without a shell. */
export function argvTarget(argv: readonly string[]): CommandTarget {
  return targetOf(argv.map((text) => ({ text, home: false })));
}

/**
 * The name of the program that a command starts, to tell people; undefined where the first word is more than a plain
 * name or path (an assignment, say), for nothing else of a command may be shown.
 */
export function commandProgram(line: string): string | undefined {
  const [first = ''] = line.trim().split(/[\s|;&]/);
  return /^(?:[\w.+~-]*\/)*([\w.+-]{1,40})$/.exec(first)?.[1];
}

function targetOf([program, ...args]: readonly Word[]): CommandTarget {
  const name = program === undefined || program.home ? undefined : programName(program.text);
  const reading = name !== undefined && Object.hasOwn(READINGS, name) ? READINGS[name] : undefined;
  return reading?.(args) ?? UNKNOWN;
}

function programName(text: string): string | undefined {
  const slash = text.lastIndexOf('/');
  return slash === -1 || FOLDERS.includes(text.slice(0, slash)) ? text.slice(slash + 1) : undefined;
}

const AWK = /^\s*\/machine ((?:[\w@-]|\\?\.)+)(?: login ((?:[\w@-]|\\?\.)+))?\/\s*\{\s*print \$NF;?\s*\}\s*$/;

/** `awk '/machine HOST login USER/ {print $NF}'`, with which people take one password out of an authinfo file. */
function netrcLineIn([program, ...args]: readonly Word[]): NetrcLineSlot | undefined {
  if (program === undefined || program.home || programName(program.text) !== 'awk') return undefined;
  const [, machine, login = ''] = AWK.exec(only(plain(args)) ?? '') ?? [];
  return machine === undefined
    ? undefined
    : { machine: machine.replaceAll('\\', ''), login: login.replaceAll('\\', '') };
}

/** A pipe into `head -1`, `sed 1q` or `tr -d '\n'` passes on what the clients take anyway. */
function keepsFirstLine([program, ...args]: readonly Word[]): boolean {
  if (program === undefined || program.home) return false;
  const texts = plain(args);
  if (texts === undefined) return false;
  const name = programName(program.text);
  if (name === 'head') return afterOneLine(texts)?.length === 0;
  if (name === 'sed') return texts.join(' ') === '1q' || texts.join(' ') === '-n 1p';
  return name === 'tr' && texts.length === 2 && texts[0] === '-d' && texts[1] === '\\n';
}

function readSecretTool(args: readonly Word[]): CommandTarget | undefined {
  const [verb, ...rest] = plain(args) ?? [];
  const words = operands(rest);
  if (verb !== 'lookup' || words === undefined || words.length === 0 || words.length % 2 === 1)
    return undefined;
  const pairs = words.flatMap((key, at) => (at % 2 === 0 ? [[key, words[at + 1] ?? ''] as const] : []));
  const attributes = Object.fromEntries(pairs);
  return Object.keys(attributes).length === pairs.length ? { kind: 'secret-service', attributes } : undefined;
}

/** Commands of pass(1): a first argument that is none of them is the name of an entry. */
const PASS_COMMANDS: readonly string[] =
  'init ls list find search grep show insert add edit generate delete rm remove rename mv copy cp git help version otp'.split(
    ' ',
  );

function readPass(args: readonly Word[]): CommandTarget | undefined {
  const words = plain(args) ?? [];
  const entry = words[0] === 'show' ? only(operands(words.slice(1))) : only(words);
  if (entry === undefined || (words.length === 1 && PASS_COMMANDS.includes(entry))) return undefined;
  return isEntry(entry) ? { kind: 'pass', entry, program: 'pass' } : undefined;
}

/** Options of `gopass show` that change nothing about what `-o` prints (its docs/commands/show.md). */
const GOPASS_OPTIONS: readonly string[] =
  '-o --password --nosync --nofuzzysearch -u --unsafe -f -y --yes'.split(' ');

function readGopass(args: readonly Word[]): CommandTarget | undefined {
  const words = plain(args) ?? [];
  const shown = words[0] === 'show' ? words.slice(1) : words;
  const options = shown.slice(
    0,
    Math.max(
      shown.findIndex((word) => !GOPASS_OPTIONS.includes(word)),
      0,
    ),
  );
  const entry = only(operands(shown.slice(options.length)));
  if (!options.some((option) => option === '-o' || option === '--password') || entry === undefined)
    return undefined;
  return isEntry(entry) ? { kind: 'pass', entry, program: 'gopass' } : undefined;
}

/** A name inside the store: never a way out of it. */
function isEntry(text: string): boolean {
  return (
    !text.startsWith('-') && text.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

/** Options that change nothing about what `gpg --decrypt` prints. */
const GPG_OPTIONS: readonly string[] =
  '--quiet --batch --no-tty --for-your-eyes-only --use-agent --no-verbose --decrypt'.split(' ');

function readGpg(args: readonly Word[]): CommandTarget | undefined {
  const options = args.slice(0, -1).filter(({ text }, at, all) => !(text === '--' && at === all.length - 1));
  const texts = plain(options);
  if (texts === undefined || !texts.every((text) => GPG_OPTIONS.includes(text) || /^-[dq]+$/.test(text)))
    return undefined;
  const decrypts = texts.some((text) => text === '--decrypt' || /^-q*d/.test(text));
  const path = pathOf(args.at(-1));
  return decrypts && path !== undefined ? { kind: 'gpg', path } : undefined;
}

function readCat(args: readonly Word[]): CommandTarget | undefined {
  return readFile(args);
}

function readHead(args: readonly Word[]): CommandTarget | undefined {
  const texts = args.map(({ text, home }) => (home ? '' : text));
  const rest = afterOneLine(texts);
  return rest === undefined ? undefined : readFile(args.slice(args.length - rest.length));
}

/** What follows the option of head(1) that asks for one line. */
function afterOneLine(texts: readonly string[]): readonly string[] | undefined {
  const [first = '', second] = texts;
  if (['-1', '-n1', '--lines=1'].includes(first)) return texts.slice(1);
  return (first === '-n' || first === '--lines') && second === '1' ? texts.slice(2) : undefined;
}

function readFile(args: readonly Word[]): CommandTarget | undefined {
  const path = pathOf(only(isDashes(args[0]) ? args.slice(1) : args));
  return path === undefined ? undefined : { kind: 'file', path };
}

function readKeyring(args: readonly Word[]): CommandTarget | undefined {
  const [verb, service, username, ...more] = plain(args) ?? [];
  if (verb !== 'get' || service === undefined || username === undefined || more.length > 0) return undefined;
  return service.startsWith('-') || username.startsWith('-')
    ? undefined
    : { kind: 'keyring', service, username };
}

const KWALLET_OPTIONS: Readonly<Record<string, 'entry' | 'folder'>> = {
  '-r': 'entry',
  '--read-password': 'entry',
  '-f': 'folder',
  '--folder': 'folder',
};

function readKwallet(args: readonly Word[]): CommandTarget | undefined {
  const words = plain(args) ?? [];
  const found: { entry?: string; folder?: string; wallet?: string } = {};
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const name = Object.hasOwn(KWALLET_OPTIONS, word) ? KWALLET_OPTIONS[word] : undefined;
    const value = name === undefined ? word : words[(at += 1)];
    if (value === undefined || value.startsWith('-') || found[name ?? 'wallet'] !== undefined)
      return undefined;
    found[name ?? 'wallet'] = value;
  }
  const { wallet, folder, entry } = found;
  if (wallet === undefined || folder === undefined || entry === undefined) return undefined;
  return { kind: 'kwallet', wallet, folder, entry };
}

/** A path that does not depend on the folder the client was started in. */
function pathOf(word: Word | undefined): string | undefined {
  if (word === undefined || word.text.endsWith('/') || !word.text.startsWith('/')) return undefined;
  return word.home ? `~${word.text}` : word.text;
}

/** The texts of words that mean what they say; undefined if the home folder is in one of them. */
function plain(words: readonly Word[]): readonly string[] | undefined {
  return words.some(({ home }) => home) ? undefined : words.map(({ text }) => text);
}

/** Arguments that are no options: all after `--`, else only where none looks like one. */
function operands(words: readonly string[]): readonly string[] | undefined {
  if (words[0] === '--') return words.slice(1);
  return words.some((word) => word.startsWith('-')) ? undefined : words;
}

const isDashes = (word: Word | undefined): boolean => word?.text === '--' && !word.home;

function only<T>(items: readonly T[] | undefined): T | undefined {
  return items?.length === 1 ? items[0] : undefined;
}
