import { fail, ok, type Result } from '../../shared/problem.ts';

/**
 * One `command argument` line of an msmtp or mpop configuration. Offsets are bytes of the file; texts hold one
 * character per byte.
 */
export interface Command {
  readonly name: string;
  /** The argument without surrounding blanks and without one outer pair of double quotes. */
  readonly argument: string;
  /** The argument as it stands, quotes included; empty, right after the command, when there is none. */
  readonly from: number;
  readonly to: number;
  readonly line: Line;
}

export interface Line {
  readonly start: number;
  /** Where its line end begins. */
  readonly end: number;
  readonly lineEnd: '' | '\n' | '\r\n';
}

/** The commands after one `account` or `defaults` line. */
export interface Block {
  /** Undefined for `defaults`. */
  readonly account: string | undefined;
  readonly parents: readonly string[];
  /** The `account` or `defaults` line; none before the first of them. */
  readonly header?: Command;
  readonly commands: readonly Command[];
}

/** Where an account's setting comes from. */
export interface Setting {
  readonly argument: string;
  readonly block: Block;
}

export interface Resolved {
  readonly account: string;
  readonly block: Block;
  readonly settings: ReadonlyMap<string, Setting>;
}

const BOM = '\xef\xbb\xbf';

/** Settings before the first `account` line make an account of this name (msmtp only). */
const IMPLICIT = 'default';

/**
 * The blocks of a file, in order (`read_conffile` in msmtp's src/conf.c). `unsupported` where the client refuses
 * the whole file because of its accounts: a name used twice, an unknown parent, a malformed header.
 */
export function readBlocks(text: string): Result<readonly Block[]> {
  const blocks: { account: string | undefined; parents: string[]; header?: Command; commands: Command[] }[] =
    [];
  for (const command of commandsOf(text)) {
    if (command.name === 'account' || command.name === 'defaults') {
      const header = headerOf(command);
      const known = blocks.map(({ account }) => account).filter((name) => name !== undefined);
      if (!header || header.parents.some((parent) => !known.includes(parent))) return refused(command);
      if (header.account !== undefined && known.includes(header.account)) return refused(command);
      blocks.push({ ...header, header: command, commands: [] });
    } else {
      if (blocks.length === 0) blocks.push({ account: IMPLICIT, parents: [], commands: [] });
      blocks.at(-1)?.commands.push(command);
    }
  }
  return ok(blocks);
}

const refused = ({ name }: Command): ReturnType<typeof fail> =>
  fail('unsupported', undefined, `${name} line`);

function headerOf({
  name,
  argument,
}: Command): (Pick<Block, 'account' | 'parents'> & { parents: string[] }) | undefined {
  if (name === 'defaults') return argument === '' ? { account: undefined, parents: [] } : undefined;
  const colon = argument.indexOf(':');
  const account = colon < 0 ? argument : unquote(argument.slice(0, colon));
  const parents =
    colon < 0
      ? []
      : argument
          .slice(colon + 1)
          .split(',')
          .map(unquote);
  const valid = account !== '' && !/[:,]/.test(account) && !parents.includes('');
  return valid ? { account, parents } : undefined;
}

/**
 * What each account ends up with: the defaults in force at its definition, then what its parents set themselves,
 * then its own lines; the last one wins (`account_copy` and `override_account` in src/conf.c). An empty argument
 * is kept: it unsets.
 */
export function resolveAccounts(blocks: readonly Block[]): readonly Resolved[] {
  const defaults = new Map<string, Setting>();
  const own = new Map<string, Map<string, Setting>>();
  const resolved: Resolved[] = [];
  for (const block of blocks) {
    if (block.account === undefined) {
      assign(defaults, block);
      continue;
    }
    const mine = new Map(block.parents.flatMap((parent) => [...(own.get(parent) ?? [])]));
    assign(mine, block);
    own.set(block.account, mine);
    resolved.push({ account: block.account, block, settings: new Map([...defaults, ...mine]) });
  }
  return resolved;
}

function assign(settings: Map<string, Setting>, block: Block): void {
  for (const { name, argument } of block.commands) {
    if (name === 'tls_nostarttls') settings.set('tls_starttls', { argument: 'off', block });
    else settings.set(name, { argument, block });
  }
}

function commandsOf(text: string): readonly Command[] {
  return linesOf(text).flatMap((line) => commandOf(text, line) ?? []);
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = text.startsWith(BOM) ? BOM.length : 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const carriage = newline > start && text[newline - 1] === '\r';
    lines.push({
      start,
      end: carriage ? end - 1 : end,
      lineEnd: newline < 0 ? '' : carriage ? '\r\n' : '\n',
    });
    start = end + 1;
  }
  return lines;
}

/** Blanks are space and tab only; a comment is a line whose first other character is `#`; a NUL ends a line. */
function commandOf(text: string, line: Line): Command | undefined {
  const nul = text.slice(line.start, line.end).indexOf('\0');
  const all = trim(text, line.start, nul < 0 ? line.end : line.start + nul);
  const nameEnd = skip(text, all.from, all.to, false);
  const name = text.slice(all.from, nameEnd);
  if (name === '' || name.startsWith('#')) return undefined;
  const from = skip(text, nameEnd, all.to, true);
  const span = from < all.to ? { from, to: all.to } : { from: nameEnd, to: nameEnd };
  return { name, argument: unquote(text.slice(span.from, span.to)), ...span, line };
}

/** Without outer blanks and one outer pair of double quotes; there are no escapes (`trim_string`). */
function unquote(text: string): string {
  const { from, to } = trim(text, 0, text.length);
  const quoted = to - from >= 2 && text[from] === '"' && text[to - 1] === '"';
  return quoted ? text.slice(from + 1, to - 1) : text.slice(from, to);
}

const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

function trim(text: string, start: number, end: number): { from: number; to: number } {
  const from = skip(text, start, end, true);
  let to = end;
  while (to > from && isBlank(text[to - 1])) to -= 1;
  return { from, to };
}

function skip(text: string, start: number, end: number, blanks: boolean): number {
  let at = start;
  while (at < end && isBlank(text[at]) === blanks) at += 1;
  return at;
}
