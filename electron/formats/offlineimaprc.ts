import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { isStrippedByPython } from './python-blanks.ts';
import { type PythonOption, type PythonSection, readPythonConfig } from './python-config.ts';
import { breaksLine, splice } from './single-line.ts';

const OPTION = 'remotepass';

/**
 * `remotepass` of one section of an `.offlineimaprc` (`{ section }`): as it is, with `%` written `%%`; blanks at its
 * ends cannot be held. A section without the option gets one at its end. `unsupported` where the value names another
 * option (`%(name)s`) or has several lines.
 */
export const offlineimaprc: Lens = {
  id: 'offlineimaprc',

  get(bytes, slot) {
    const section = locate(bytes, slot);
    if (!section.ok) return section.problem.kind === 'changed' ? ok(undefined) : section;
    const value = valueOf(passwordOption(section.value));
    if (!value.ok) return value;
    return ok(value.value === '' ? undefined : Secret.take(Buffer.from(value.value, 'latin1')));
  },

  put(bytes, slot, secret) {
    if (!bytes) return fail('changed');
    const section = locate(bytes, slot);
    if (!section.ok) return section;
    const option = passwordOption(section.value);
    const old = valueOf(option);
    if (!old.ok) return old;
    return secret.use((password) => {
      if (password.length === 0 || breaksLine(password)) return fail('format-cannot-hold');
      if (Buffer.from(old.value, 'latin1').equals(password)) return ok(bytes);
      if (isStrippedByPython(password)) return fail('format-cannot-hold');
      const spelled = Buffer.from(password.toString('latin1').split('%').join('%%'), 'latin1');
      return ok(option ? replace(bytes, option, spelled) : add(bytes, section.value, spelled));
    });
  },
};

function locate(bytes: Bytes, slot: Slot): Result<PythonSection> {
  const sections = readPythonConfig(bytes);
  if (!sections.ok) return sections;
  const named = sections.value.filter(({ name }) => utf8(name) === slot['section']);
  const found = named.find(passwordOption) ?? named[0];
  return found ? ok(found) : fail('changed');
}

export const passwordOption = ({ options }: PythonSection): PythonOption | undefined =>
  options.find(({ name }) => name === OPTION);

/** One character per byte; empty where there is none. */
export function valueOf(option: PythonOption | undefined): Result<string> {
  const value = option?.value ?? '';
  if (value.includes('\n')) return fail('unsupported', undefined, 'several lines');
  if (isStrippedByPython(Buffer.from(value, 'latin1')))
    return fail('unsupported', undefined, 'blanks at an end');
  if (/^(?:[^%]|%%)*$/s.test(value)) return ok(value.split('%%').join('%'));
  return fail('unsupported', undefined, 'an expansion');
}

const SPACE = Buffer.from(' ');

const replace = (bytes: Bytes, { from, to, delimiterEnd }: PythonOption, spelled: Bytes): Bytes =>
  from === to
    ? splice(bytes, delimiterEnd, delimiterEnd, Buffer.concat([SPACE, spelled]))
    : splice(bytes, from, to, spelled);

/** A line behind the last one of the section, with its indentation and line end. */
function add(bytes: Bytes, { end, indent }: PythonSection, spelled: Bytes): Bytes {
  const lineEnd = /\r\n|\r|\n/.exec(bytes.toString('latin1'))?.[0] ?? '\n';
  const line = Buffer.concat([Buffer.from(`${lineEnd}${indent}${OPTION} = `, 'latin1'), spelled]);
  return splice(bytes, end, end, line);
}

export const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
