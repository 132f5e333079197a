import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { LONGEST_LINE, readSections, type ImapSection, type MbsyncLine } from './mbsync-config.ts';
import { breaksLine, splice } from './single-line.ts';

/** `{account, section}`: the name of an `IMAPAccount`, or of an `IMAPStore` with a server of its own. */
export const mbsyncSlot = ({ kind, name }: ImapSection): Slot => ({
  account: Buffer.from(name, 'latin1').toString('utf8'),
  section: kind,
});

/** The line of a setting that counts; a later one replaces an earlier one. */
export const settingOf = ({ lines }: ImapSection, keyword: string): MbsyncLine | undefined =>
  lines.slice(1).findLast((line) => line.keyword === keyword);

/**
 * The `Pass` line of one section in `.mbsyncrc`; of two sections of one name the first, as mbsync finds it. Written
 * as `Pass "…"` with `\` and `"` escaped by a backslash. A section without such a line gets one at its end.
 * `unsupported` where mbsync refuses the line: an open quote, a second argument.
 */
export const mbsyncrc: Lens = {
  id: 'mbsyncrc',

  get(bytes, slot) {
    const section = locate(bytes, slot);
    if (!section.ok) return section;
    const line = settingOf(section.value, 'pass');
    const value = line ? valueOf(line) : ok('');
    if (!value.ok) return value;
    return ok(value.value === '' ? undefined : Secret.take(Buffer.from(value.value, 'latin1')));
  },

  put(bytes, slot, secret) {
    if (!bytes) return fail('changed');
    const section = locate(bytes, slot);
    if (!section.ok) return section;
    return secret.use((password) => write(bytes, section.value, password));
  },
};

function locate(bytes: Bytes, slot: Slot): Result<ImapSection> {
  const sections = readSections(bytes.toString('latin1'));
  if (!sections.ok) return sections;
  const found = sections.value.find((section) => {
    const { account, section: kind } = mbsyncSlot(section);
    return account === slot['account'] && kind === slot['section'];
  });
  return found ? ok(found) : fail('changed');
}

/** Empty for a keyword alone. */
export function valueOf({ tokens: [, value, excess] }: MbsyncLine): Result<string> {
  if (excess) return fail('unsupported', undefined, 'a second argument');
  if (value?.open) return fail('unsupported', undefined, 'an open quote');
  return ok(value?.value ?? '');
}

function write(bytes: Bytes, section: ImapSection, password: Bytes): Result<Bytes> {
  if (password.length === 0 || breaksLine(password)) return fail('format-cannot-hold');
  const line = settingOf(section, 'pass');
  if (!line) return append(bytes, section, quote(password));
  const old = valueOf(line);
  if (!old.ok) return old;
  if (Buffer.from(old.value, 'latin1').equals(password)) return ok(bytes);
  const [keyword, value] = line.tokens;
  const { from, to } = value ?? { from: keyword.to, to: keyword.to };
  const argument = value ? quote(password) : Buffer.concat([Buffer.from(' '), quote(password)]);
  const length = line.end - line.start + line.lineEnd.length - (to - from) + argument.length;
  return length > LONGEST_LINE ? fail('format-cannot-hold') : ok(splice(bytes, from, to, argument));
}

/** A line after the section's last one, with that line's indentation and line end. */
function append(bytes: Bytes, section: ImapSection, quoted: Bytes): Result<Bytes> {
  const line = section.lines.at(-1) ?? section.lines[0];
  const indent = bytes.subarray(line.start, line.tokens[0].from);
  const lineEnd = line.lineEnd || (/\r?\n/.exec(bytes.toString('latin1'))?.[0] ?? '\n');
  const content = Buffer.concat([indent, Buffer.from('Pass '), quoted]);
  const longest = Math.max(content.length, line.end - line.start) + lineEnd.length;
  if (longest > LONGEST_LINE) return fail('format-cannot-hold');
  return ok(splice(bytes, line.end, line.end, Buffer.concat([Buffer.from(lineEnd), content])));
}

function quote(password: Bytes): Bytes {
  const escaped = [...password].flatMap((byte) => (byte === 0x5c || byte === 0x22 ? [0x5c, byte] : [byte]));
  return Buffer.from([0x22, ...escaped, 0x22]);
}
