import { dirname, isAbsolute, join } from 'node:path';
import type { Problem, Result } from '../../shared/problem.ts';
import { problem } from '../../shared/problem.ts';
import type { Bytes } from '../engine/ports.ts';
import { type GitVariable, parseGitConfig } from './git-config-syntax.ts';
import { utf8 } from './git-config.ts';

/** A variable with the file that states it; `nth` counts the variables of the same name in that file. */
export interface GitSetting extends GitVariable {
  readonly file: string;
  readonly nth: number;
}

/** The settings that git sees together, later ones win: everywhere, or where one `includeIf` applies. */
export interface GitView {
  readonly settings: readonly GitSetting[];
}

export interface GitConfiguration {
  /** The unconditional view first. */
  readonly views: readonly GitView[];
  /** Files that could not be read (`access-denied`) or that git itself would refuse (`unsupported`). */
  readonly problems: readonly Problem[];
}

/** How files are read, and what `~/` stands for. */
export interface GitFiles {
  readonly home: string;
  read(path: string): Result<Bytes | undefined>;
}

type Item = GitSetting | Include;

interface Include {
  readonly conditional: boolean;
  readonly items: readonly Item[];
}

/**
 * git's configuration from files in the order in which git reads them, with `include.path` and every
 * `includeIf.*.path` followed (git-config(1), "Includes"). A condition depends on the working folder, so each
 * conditional include makes a view of its own. A file that includes itself is not followed again.
 */
export function readGitConfiguration(files: GitFiles, paths: readonly string[]): GitConfiguration {
  const reading = new Reading(files);
  const roots = paths.map((path) => ({ conditional: false, items: reading.itemsOf(path, []) }));
  const conditional = roots.flatMap((root) => chainsOf(root.items, []));
  const viewOf = (chain: readonly Include[]): GitView => ({
    settings: roots.flatMap((root) => flatten(root.items, chain)),
  });
  return { views: [[], ...conditional].map(viewOf), problems: [...reading.problems.values()] };
}

class Reading {
  readonly problems = new Map<string, Problem>();
  readonly #files: GitFiles;
  readonly #parsed = new Map<string, readonly GitSetting[]>();

  constructor(files: GitFiles) {
    this.#files = files;
  }

  itemsOf(path: string, includers: readonly string[]): readonly Item[] {
    return this.#settingsOf(path).flatMap((setting): Item[] => {
      const target = this.#target(setting);
      if (target === undefined || target === path || includers.includes(target)) return [setting];
      const items = this.itemsOf(target, [...includers, path]);
      return [setting, { conditional: setting.section === 'includeif', items }];
    });
  }

  #target({ section, subsection, key, value, file }: GitSetting): string | undefined {
    const plain = section === 'include' && subsection === undefined;
    const conditional = section === 'includeif' && subsection !== undefined;
    if (!(plain || conditional) || key !== 'path' || !value) return undefined;
    return expand(utf8(value), dirname(file), this.#files.home);
  }

  #settingsOf(path: string): readonly GitSetting[] {
    const known = this.#parsed.get(path);
    if (known) return known;
    const bytes = this.#files.read(path);
    const parsed = bytes.ok && bytes.value ? parseGitConfig(bytes.value) : undefined;
    if (!bytes.ok) this.problems.set(path, bytes.problem);
    else if (parsed?.ok === false) {
      this.problems.set(path, problem(parsed.problem.kind, path, parsed.problem.detail));
    }
    const settings = numbered(parsed?.ok ? parsed.value : [], path);
    this.#parsed.set(path, settings);
    return settings;
  }
}

function numbered(variables: readonly GitVariable[], file: string): readonly GitSetting[] {
  const seen = new Map<string, number>();
  return variables.map((variable) => {
    const name = JSON.stringify([variable.section, variable.subsection, variable.key]);
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return { ...variable, file, nth };
  });
}

/** `~/x` in the home folder, other relative paths beside `folder`; `~user` and git's `%(prefix)` are not followed. */
export function expand(path: string, folder: string, home: string): string | undefined {
  if (path.startsWith('~/')) return join(home, path.slice(2));
  if (path.startsWith('~') || path.startsWith('%(')) return undefined;
  return isAbsolute(path) ? path : join(folder, path);
}

/** Every conditional include with the conditional ones around it. */
const chainsOf = (items: readonly Item[], around: readonly Include[]): readonly (readonly Include[])[] =>
  items.flatMap((item) => {
    if (!('items' in item)) return [];
    const chain = item.conditional ? [...around, item] : around;
    return [...(item.conditional ? [chain] : []), ...chainsOf(item.items, chain)];
  });

const flatten = (items: readonly Item[], chain: readonly Include[]): readonly GitSetting[] =>
  items.flatMap((item) => {
    if (!('items' in item)) return [item];
    return !item.conditional || chain.includes(item) ? flatten(item.items, chain) : [];
  });

/** The user's own configuration files in the order in which git reads them (git-config(1), "FILES"). */
export const userGitConfigs = (home: string, xdgConfigHome: string | undefined): readonly string[] => [
  join(xdgConfigHome || join(home, '.config'), 'git', 'config'),
  join(home, '.gitconfig'),
];
