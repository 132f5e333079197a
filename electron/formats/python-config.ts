import { isUtf8 } from 'node:buffer';
import { fail, ok, type Result } from '../../shared/problem.ts';

/** One option of a section; offsets are bytes of the file, texts hold one character per byte. */
export interface PythonOption {
  /** In lower case. */
  readonly name: string;
  /** Without the blanks around it; further lines of a value are joined by line feeds. */
  readonly value: string;
  /** Where the name starts in its line. */
  readonly indent: number;
  /** Behind the `=` or `:`. */
  readonly delimiterEnd: number;
  /** The value in the option's own line. */
  readonly from: number;
  readonly to: number;
}

export interface PythonSection {
  readonly name: string;
  readonly options: readonly PythonOption[];
  /** The end of the last line that says something, before its line end. */
  readonly end: number;
  /** What a new option's line starts with, so that it is one of its own. */
  readonly indent: string;
}

type Open<T> = { -readonly [K in keyof T]: T[K] };
interface OpenSection extends Omit<Open<PythonSection>, 'options'> {
  readonly options: Open<PythonOption>[];
}

/** Python takes four control characters for blanks as well. */
const BLANKS = new Set(' \t\n\v\f\r\x1c\x1d\x1e\x1f');

function startOf(line: string, from: number): number {
  let at = from;
  while (at < line.length && BLANKS.has(line[at] ?? '')) at += 1;
  return at;
}

function endOf(line: string): number {
  let end = line.length;
  while (end > 0 && BLANKS.has(line[end - 1] ?? '')) end -= 1;
  return end;
}

/**
 * A configuration file as Python's `configparser` reads it by default: `#` and `;` start comments only at the start of
 * a line, a line that is indented more deeply goes on with a value, names are compared in lower case. `unsupported`
 * where Python refuses the file: a section or an option twice, a line that is neither, text that is not UTF-8.
 */
export function readPythonConfig(bytes: Buffer): Result<readonly PythonSection[]> {
  const reading = new Reading();
  if (!isUtf8(bytes)) return fail('unsupported', undefined, 'not UTF-8');
  const text = bytes.toString('latin1');
  for (let start = 0; start < text.length;) {
    const [lineEnd, length] = lineEndIn(text, start);
    reading.line(text.slice(start, start + length), start);
    start += length + lineEnd.length;
  }
  return reading.problem === '' ? ok(reading.sections) : fail('unsupported', undefined, reading.problem);
}

function lineEndIn(text: string, start: number): readonly [string, number] {
  const found = /\r\n|\r|\n/g;
  found.lastIndex = start;
  const end = found.exec(text);
  return end ? [end[0], end.index - start] : ['', text.length - start];
}

class Reading {
  readonly sections: OpenSection[] = [];
  problem = '';
  #indent = 0;
  #option: Open<PythonOption> | undefined;

  line(line: string, start: number): void {
    const indent = line.slice(0, startOf(line, 0));
    const value = line.slice(indent.length, endOf(line));
    if (value === '' || /^[#;]/.test(value)) return;
    const end = start + line.length;
    const section = this.sections.at(-1);
    if (section && this.#option && indent.length > this.#indent) {
      this.#option.value += `\n${value}`;
      section.end = end;
      return;
    }
    this.#indent = indent.length;
    const header = /^\[(.+)\]/.exec(value)?.[1];
    if (header !== undefined) return this.#open(header, indent, end);
    if (!section) return void (this.problem = 'no section');
    this.#add(section, value, start + indent.length, indent);
    section.end = end;
  }

  #open(name: string, indent: string, end: number): void {
    if (this.sections.some((each) => each.name === name) && name !== 'DEFAULT')
      this.problem = 'a section twice';
    this.sections.push({ name, options: [], end, indent });
    this.#option = undefined;
  }

  #add(section: OpenSection, line: string, start: number, indent: string): void {
    const delimiter = line.search(/[=:]/);
    const name = line.slice(0, endOf(line.slice(0, Math.max(delimiter, 0))));
    if (name === '') return void (this.problem = 'a line that sets nothing');
    const value = line.slice(startOf(line, delimiter + 1));
    const known = name.toLowerCase();
    if (section.options.some((each) => each.name === known)) this.problem = 'an option twice';
    const to = start + line.length;
    const from = to - value.length;
    this.#option = {
      name: known,
      value,
      indent: indent.length,
      delimiterEnd: start + delimiter + 1,
      from,
      to,
    };
    section.options.push(this.#option);
    section.indent = indent;
  }
}

/** The option in the section, or in `[DEFAULT]`, whose options every section has. */
export const optionIn = (
  sections: readonly PythonSection[],
  section: string,
  name: string,
): { readonly section: PythonSection; readonly option: PythonOption } | undefined => {
  for (const wanted of [section, 'DEFAULT']) {
    for (const each of sections.filter((one) => one.name === wanted)) {
      const option = each.options.find((one) => one.name === name);
      if (option) return { section: each, option };
    }
  }
  return undefined;
};

const DEEPEST = 10;

/**
 * The value with `%(name)s` replaced by other options and `%%` by `%` (`BasicInterpolation`); undefined where Python
 * refuses it.
 */
export function interpolated(
  sections: readonly PythonSection[],
  section: string,
  value: string,
  depth = 0,
): string | undefined {
  let broken = depth > DEEPEST;
  const text = value.replace(/%(%|\(([^)]+)\)s)?/g, (_, escape?: string, name?: string) => {
    if (escape === '%') return '%';
    const found = name === undefined || broken ? undefined : optionIn(sections, section, name.toLowerCase());
    const inner = found && interpolated(sections, section, found.option.value, depth + 1);
    if (inner === undefined) broken = true;
    return inner ?? '';
  });
  return broken ? undefined : text;
}
