import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { type PythonOption, type PythonSection, readPythonConfig } from './python-config.ts';
import { breaksLine, splice } from './single-line.ts';

/** How a program spells a password as the value of an option. */
export interface PythonSpelling {
  /** The value that stands for the password; undefined for one that cannot be held. */
  write(password: Bytes): Bytes | undefined;
  /** The password in a value of one line, both with one character per byte; `unsupported` for anything else. */
  read(value: string): Result<string>;
}

/**
 * The lens of one option of a Python configuration file, in the section that the slot names (`{ section }`). A section
 * without the option gets it at its end. `unsupported` where Python refuses the file or the value has several lines.
 */
export function pythonOptionLens(id: string, option: string, spelling: PythonSpelling): Lens {
  return {
    id,

    get(bytes, slot) {
      const section = locate(bytes, slot, option);
      if (!section.ok) return section.problem.kind === 'changed' ? ok(undefined) : section;
      const value = valueOf(section.value, option, spelling);
      if (!value.ok) return value;
      return ok(value.value === '' ? undefined : Secret.take(Buffer.from(value.value, 'latin1')));
    },

    put(bytes, slot, secret) {
      if (!bytes) return fail('changed');
      const section = locate(bytes, slot, option);
      if (!section.ok) return section;
      const old = valueOf(section.value, option, spelling);
      if (!old.ok) return old;
      return secret.use((password) => {
        if (password.length === 0 || breaksLine(password)) return fail('format-cannot-hold');
        if (Buffer.from(old.value, 'latin1').equals(password)) return ok(bytes);
        const spelled = spelling.write(password);
        if (!spelled) return fail('format-cannot-hold');
        const found = optionOf(section.value, option);
        return ok(found ? replace(bytes, found, spelled) : add(bytes, section.value, option, spelled));
      });
    },
  };
}

/** The password that an option holds, one character per byte; empty where there is none. */
export function valueOf(section: PythonSection, option: string, spelling: PythonSpelling): Result<string> {
  const { value = '' } = optionOf(section, option) ?? {};
  if (value.includes('\n')) return fail('unsupported', undefined, 'several lines');
  return value === '' ? ok('') : spelling.read(value);
}

export const optionOf = ({ options }: PythonSection, name: string): PythonOption | undefined =>
  options.find((option) => option.name === name);

/** Of several sections with this name, which some programs allow, the first that has the option. */
function locate(bytes: Bytes, slot: Slot, option: string): Result<PythonSection> {
  const sections = readPythonConfig(bytes);
  if (!sections.ok) return sections;
  const named = sections.value.filter(({ name }) => utf8(name) === slot['section']);
  const found = named.find((section) => optionOf(section, option)) ?? named[0];
  return found ? ok(found) : fail('changed');
}

function replace(bytes: Bytes, { from, to, delimiterEnd }: PythonOption, spelled: Bytes): Bytes {
  if (from < to) return splice(bytes, from, to, spelled);
  return splice(bytes, delimiterEnd, delimiterEnd, Buffer.concat([Buffer.from(' '), spelled]));
}

/** A line behind the last one of the section, with its indentation and line end. */
function add(bytes: Bytes, { end, indent }: PythonSection, option: string, spelled: Bytes): Bytes {
  const lineEnd = /\r\n|\r|\n/.exec(bytes.toString('latin1'))?.[0] ?? '\n';
  const line = Buffer.concat([Buffer.from(`${lineEnd}${indent}${option} = `, 'latin1'), spelled]);
  return splice(bytes, end, end, line);
}

export const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
