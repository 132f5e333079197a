import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { readBlocks, type Block, type Command, type Line } from './msmtp-config.ts';
import { breaksLine, splice } from './single-line.ts';

/** Bytes of a line without its line feed; a longer one makes msmtp refuse the file (LINEBUFSIZE in src/conf.c). */
const LONGEST_LINE = 499;

const PASSWORD = 'password';

/**
 * The slot of a block: `{account}` by name, or `{defaults}` counted from 1, because `defaults` may come several
 * times and each serves the accounts after it.
 */
export function slotOf(blocks: readonly Block[], block: Block): Slot {
  if (block.account !== undefined) return { account: decode(block.account) };
  return { defaults: blocks.filter(({ account }) => account === undefined).indexOf(block) + 1 };
}

/**
 * The `password` line of one block in `.msmtprc` or `.mpoprc`; the last one, if there are several. Written as
 * `password "…"`: the client removes exactly the outer quotes and knows no escapes, so every single line fits that
 * is not too long. A block without such a line gets one at its end.
 */
export const msmtprc: Lens = {
  id: 'msmtprc',

  get(bytes, slot) {
    const block = locate(bytes, slot);
    if (!block.ok) return block;
    const value = passwordOf(block.value)?.argument ?? '';
    return ok(value === '' ? undefined : Secret.take(Buffer.from(value, 'latin1')));
  },

  put(bytes, slot, secret) {
    if (!bytes) return fail('changed');
    const block = locate(bytes, slot);
    if (!block.ok) return block;
    return secret.use((password) => write(bytes, block.value, password));
  },
};

function locate(bytes: Bytes, slot: Slot): Result<Block> {
  const blocks = readBlocks(bytes.toString('latin1'));
  if (!blocks.ok) return blocks;
  const wanted = JSON.stringify(slot);
  const [found, ...more] = blocks.value.filter(
    (block) => JSON.stringify(slotOf(blocks.value, block)) === wanted,
  );
  return found && more.length === 0 ? ok(found) : fail('changed');
}

const passwordOf = (block: Block): Command | undefined =>
  block.commands.findLast(({ name }) => name === PASSWORD);

function write(bytes: Bytes, block: Block, password: Bytes): Result<Bytes> {
  if (password.length === 0 || breaksLine(password)) return fail('format-cannot-hold');
  const quoted = Buffer.concat([Buffer.from('"'), password, Buffer.from('"')]);
  const command = passwordOf(block);
  if (!command) return append(bytes, block, quoted);
  if (Buffer.from(command.argument, 'latin1').equals(password)) return ok(bytes);
  const { from, to, line } = command;
  const argument = from === to ? Buffer.concat([Buffer.from(' '), quoted]) : quoted;
  if (lengthOf(line) - (to - from) + argument.length > LONGEST_LINE) return fail('format-cannot-hold');
  return ok(splice(bytes, from, to, argument));
}

/** A line after the block's last command, with that command's indentation and line end. */
function append(bytes: Bytes, block: Block, quoted: Buffer): Result<Bytes> {
  const last = block.commands.at(-1) ?? block.header;
  if (!last) return fail('changed');
  const { line } = last;
  const text = bytes.toString('latin1');
  const indent = /^[ \t]*/.exec(text.slice(line.start, line.end))?.[0] ?? '';
  const lineEnd = line.lineEnd || (/\r?\n/.exec(text)?.[0] ?? '\n');
  const content = Buffer.concat([Buffer.from(`${indent}${PASSWORD} `, 'latin1'), quoted]);
  const longest = Math.max(content.length, line.end - line.start) + lineEnd.length - 1;
  if (longest > LONGEST_LINE) return fail('format-cannot-hold');
  return ok(splice(bytes, line.end, line.end, Buffer.concat([Buffer.from(lineEnd), content])));
}

const lengthOf = ({ start, end, lineEnd }: Line): number => end - start + (lineEnd === '\r\n' ? 1 : 0);

const decode = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');
