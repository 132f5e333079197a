import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { type GitVariable, parseGitConfig } from './git-config-syntax.ts';
import { breaksLine, splice } from './single-line.ts';

/**
 * The slot of a variable: `{ section, subsection?, key, nth? }`. `key` may be in git's documented spelling;
 * `nth` is left out for the first variable of that name in the file and counts from 2 for the others.
 */
export function gitConfigSlot(
  { section, subsection }: Pick<GitVariable, 'section' | 'subsection'>,
  key: string,
  nth = 1,
): Slot {
  return {
    section,
    ...(subsection === undefined ? {} : { subsection: utf8(subsection) }),
    key,
    ...(nth === 1 ? {} : { nth }),
  };
}

/** The text that a latin1 view of UTF-8 bytes stands for. */
export const utf8 = (view: string): string => Buffer.from(view, 'latin1').toString('utf8');

/**
 * One variable of a git config file, always written in double quotes with the escapes of git-config(1).
 * A variable that is not there yet is added behind the last one of its section.
 * Problems: `unsupported` (git itself could not read the file), `changed` (the section or variable is gone),
 * `format-cannot-hold` (line breaks, NUL).
 */
export const gitConfig: Lens = {
  id: 'git-config',
  get(bytes, slot) {
    const found = locate(bytes, slot);
    if (!found.ok) return found;
    const value = found.value.variable?.value;
    return ok(value ? Secret.take(Buffer.from(value, 'latin1')) : undefined);
  },
  put(bytes, slot, secret) {
    if (!bytes) return fail('changed');
    const found = locate(bytes, slot);
    if (!found.ok) return found;
    const { variable, last } = found.value;
    return secret.use((plain) => {
      if (variable?.value !== undefined && plain.equals(Buffer.from(variable.value, 'latin1'))) {
        return ok(bytes);
      }
      if (breaksLine(plain)) return fail('format-cannot-hold');
      if (variable) return ok(replaceValue(bytes, variable, plain));
      return last && slot['nth'] === undefined
        ? ok(addBehind(bytes, last, String(slot['key']), plain))
        : fail('changed');
    });
  },
};

interface Located {
  readonly variable: GitVariable | undefined;
  /** The last variable of the slot's section. */
  readonly last: GitVariable | undefined;
}

function locate(bytes: Bytes, slot: Slot): Result<Located> {
  const parsed = parseGitConfig(bytes);
  if (!parsed.ok) return parsed;
  const inSection = parsed.value.filter(
    ({ section, subsection }) =>
      section === slot['section'] &&
      (subsection === undefined ? undefined : utf8(subsection)) === slot['subsection'],
  );
  const key = String(slot['key']).toLowerCase();
  const nth = typeof slot['nth'] === 'number' ? slot['nth'] : 1;
  const variable = inSection.filter((each) => each.key === key)[nth - 1];
  return ok({ variable, last: inSection.at(-1) });
}

function replaceValue(bytes: Bytes, variable: GitVariable, plain: Bytes): Bytes {
  const { value, valueStart, valueEnd } = variable;
  const spelled = value === undefined ? Buffer.concat([Buffer.from(' = '), quote(plain)]) : quote(plain);
  return splice(bytes, valueStart, valueEnd, spelled);
}

/** A new line in the indentation and with the line break of the variable that it follows. */
function addBehind(bytes: Bytes, neighbour: GitVariable, key: string, plain: Bytes): Bytes {
  const lineStart = bytes.lastIndexOf(0x0a, neighbour.keyStart) + 1;
  const before = bytes.toString('latin1', lineStart, neighbour.keyStart);
  const indent = /^[ \t]*$/.test(before) ? before : '\t';
  const lineBreak = bytes.indexOf('\r\n') >= 0 ? '\r\n' : '\n';
  const line = Buffer.concat([Buffer.from(`${indent}${key} = `), quote(plain)]);
  const end = neighbour.lineEnd;
  const terminated = bytes[end - 1] === 0x0a;
  const added = terminated ? [line, Buffer.from(lineBreak)] : [Buffer.from(lineBreak), line];
  return splice(bytes, end, end, Buffer.concat(added));
}

const ESCAPED: ReadonlyMap<number, string> = new Map([
  [0x22, '\\"'],
  [0x5c, '\\\\'],
  [0x09, '\\t'],
  [0x08, '\\b'],
]);

function quote(plain: Bytes): Bytes {
  const parts = [...plain].map((byte) => {
    const escape = ESCAPED.get(byte);
    return escape === undefined ? Buffer.of(byte) : Buffer.from(escape);
  });
  return Buffer.concat([Buffer.from('"'), ...parts, Buffer.from('"')]);
}
