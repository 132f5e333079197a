import { dirname, isAbsolute, join } from 'node:path';
import { problem, type Problem } from '../../shared/problem.ts';
import type { Reader } from '../engine/ports.ts';
import { commandProgram } from '../formats/command.ts';
import { type Assignment, type Command, readMuttrc, type UrlWord } from '../formats/muttrc-commands.ts';
import { utf8 } from '../formats/mutt-url.ts';
import type { Char } from '../formats/muttrc-text.ts';

/** A variable's value in force, with the command that gave it. */
export interface Setting {
  readonly file: string;
  readonly assignment: Assignment;
  /** As mutt expands it; undefined where that depends on more than the files. */
  readonly text: string | undefined;
  /** The setting that a lone `$my_variable` got its value from. */
  readonly from?: Setting;
  /** Set by keys that a macro types. */
  readonly typed: boolean;
}

export interface FoundUrl {
  readonly file: string;
  readonly word: UrlWord;
  readonly user: string | undefined;
  readonly host: string | undefined;
  readonly typed: boolean;
}

/** What mutt knows at one time: after reading its files, or when a hook has run. */
export interface Scene {
  /** Empty at the start, `account-hook imaps://mail.example.org/` within a hook. */
  readonly hook: string;
  readonly pattern: string;
  readonly settings: ReadonlyMap<string, Setting>;
  /** Variables that this hook gave a value. */
  readonly own: ReadonlySet<string>;
  /** URLs that are named here; for a hook without the ones from before. */
  readonly urls: readonly FoundUrl[];
  /** The program of a `source "program|"`, whose output may set anything. */
  readonly piped?: string;
}

export interface Interpretation {
  /** The start first. */
  readonly scenes: readonly Scene[];
  readonly problems: readonly Problem[];
}

/** Files that source others, and hooks that set others, may multiply without end. */
const DEEPEST = 10;
const MOST_FILES = 500;
const MOST_SCENES = 500;

/** Follows a muttrc and what it sources, without running anything; every hook as if it came right after the start. */
export function interpret(machine: Reader, path: string): Interpretation {
  const run = new Run(machine);
  const start = new Draft('', '', new Map());
  run.file(path, start, []);
  const scenes: Draft[] = [start];
  for (const scene of scenes) {
    if (scenes.length > MOST_SCENES) break;
    for (const { command, files, typed } of scene.hooks) {
      const next = new Draft(nameOf(scene.hook, command), command.pattern, new Map(start.settings));
      run.commands(command.commands, next, files, typed || command.keys === true);
      if (next.own.size > 0 || next.urls.length > 0) scenes.push(next);
    }
  }
  return { scenes, problems: [...run.problems.values()] };
}

type Hook = Extract<Command, { kind: 'hook' }>;

const nameOf = (around: string, { hook, pattern }: Hook): string =>
  [around, `${hook} ${pattern}`.trim()].filter(Boolean).join(' > ');

class Draft implements Scene {
  readonly hook: string;
  readonly pattern: string;
  readonly settings: Map<string, Setting>;
  readonly own = new Set<string>();
  readonly urls: FoundUrl[] = [];
  readonly hooks: { readonly command: Hook; readonly files: readonly string[]; readonly typed: boolean }[] =
    [];
  piped?: string;

  constructor(hook: string, pattern: string, settings: Map<string, Setting>) {
    this.hook = hook;
    this.pattern = pattern;
    this.settings = settings;
  }
}

class Run {
  readonly problems = new Map<string, Problem>();
  readonly #machine: Reader;
  #files = 0;

  constructor(machine: Reader) {
    this.#machine = machine;
  }

  /** `files` are those that are being read, outermost first. */
  file(path: string, scene: Draft, files: readonly string[]): void {
    if (files.includes(path) || files.length >= DEEPEST) return;
    this.#files += 1;
    if (this.#files > MOST_FILES)
      return void this.problems.set('many', problem('unsupported', path, 'source'));
    const bytes = this.#machine.read(path);
    if (!bytes.ok) this.problems.set(path, bytes.problem);
    else if (bytes.value) this.commands(readMuttrc(bytes.value), scene, [...files, path], false);
  }

  commands(commands: readonly Command[], scene: Draft, files: readonly string[], typed: boolean): void {
    const file = files.at(-1) ?? '';
    for (const command of commands) {
      if (command.kind === 'set') this.#set(command, scene, file, typed);
      else if (command.kind === 'source') this.#source(command.token.chars, scene, files);
      else if (command.kind === 'urls') this.#urls(command.words, scene, file, typed);
      else if (command.hook === 'ifdef') this.commands(command.commands, scene, files, typed);
      else scene.hooks.push({ command, files, typed });
    }
  }

  #set(assignment: Assignment, scene: Draft, file: string, typed: boolean): void {
    const { variable, token } = assignment;
    const name = keyOf(variable);
    const lone = token?.chars.length === 1 ? token.chars[0]?.expansion : undefined;
    const from = lone?.kind === 'variable' && !lone.outer ? scene.settings.get(keyOf(lone.name)) : undefined;
    const text = assignment.unclear || token?.open ? undefined : this.#expand(token?.chars ?? [], scene);
    scene.settings.set(name, { file, assignment, text, typed, ...(from ? { from } : {}) });
    scene.own.add(name);
  }

  #urls(words: readonly UrlWord[], scene: Draft, file: string, typed: boolean): void {
    for (const word of words) {
      const user = word.url.user ? this.#expand(word.url.user, scene) : '';
      scene.urls.push({ file, word, user, host: this.#expand(word.url.host, scene), typed });
    }
  }

  #source(chars: readonly Char[], scene: Draft, files: readonly string[]): void {
    const file = files.at(-1) ?? '';
    const path = this.#expand(chars, scene);
    const command = chars.find(({ expansion }) => expansion?.kind === 'command')?.expansion;
    if (command?.kind === 'command') {
      scene.piped = commandProgram(command.command) ?? 'a command';
      this.problems.set(`${file}: ${scene.piped}`, problem('external-command', scene.piped));
    } else if (path === undefined) {
      this.problems.set(`${file}: source`, problem('unsupported', file, 'source with an expansion'));
    } else if (path.endsWith('|')) {
      scene.piped = commandProgram(path.slice(0, -1)) ?? 'a command';
      this.problems.set(`${file}: ${path}`, problem('external-command', scene.piped));
    } else {
      this.file(this.#resolve(path, file), scene, files);
    }
  }

  /** NeoMutt looks beside the file that sources, mutt where it was started: taken to be the home folder. */
  #resolve(path: string, file: string): string {
    const { home } = this.#machine;
    if (path.startsWith('~/')) return join(home, path.slice(2));
    if (isAbsolute(path)) return path;
    const beside = join(dirname(file), path);
    return this.#machine.kindOf(beside) === 'file' ? beside : join(home, path);
  }

  /** UTF-8; undefined for a command's output and for what no file sets. */
  #expand(chars: readonly Char[], scene: Scene): string | undefined {
    let text = '';
    for (const { c, expansion } of chars) {
      const part = expansion ? this.#valueOf(expansion, scene) : c;
      if (part === undefined) return undefined;
      text += part;
    }
    return utf8(text);
  }

  /** One character per byte, as all text here before its end. */
  #valueOf(expansion: NonNullable<Char['expansion']>, scene: Scene): string | undefined {
    if (expansion.kind === 'command') return undefined;
    const { name } = expansion;
    const setting = scene.settings.get(keyOf(name));
    const value = setting ? setting.text : name === 'HOME' ? this.#machine.home : this.#machine.env(name);
    // Around a hook's command, a value with blanks or quotes would be taken apart with the command.
    if (value === undefined || (expansion.outer && !/^[\w.+%:/@-]*$/.test(value))) return undefined;
    return Buffer.from(value).toString('latin1');
  }
}

/** `spoolfile` and `spool_file` are one variable to NeoMutt. */
export const keyOf = (variable: string): string =>
  variable.startsWith('my_') ? variable : variable.replaceAll('_', '');
