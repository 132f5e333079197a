import { sep } from 'node:path';
import type { Problem } from '../../shared/problem.ts';
import type { Ending } from './ending.ts';

/** Paths below the home folder the way people write them; a folder of the same name elsewhere stays as it is. */
export function homely(text: string, home: string): string {
  const below = home + sep;
  return text
    .split(below)
    .reduce((said, rest) => `${said}${/[\p{L}\p{N}._~-]$/u.test(said) ? below : `~${sep}`}${rest}`);
}

/** The path that was spelled so; any other text stays as it is. */
export const wholePath = (text: string, home: string): string =>
  text.startsWith(`~${sep}`) ? home + text.slice(1) : text;

/** A Problem whose subject may be such a path. */
export const homelyProblem = ({ subject, ...rest }: Problem, home: string): Problem =>
  subject === undefined ? rest : { ...rest, subject: homely(subject, home) };

/** An ending whose paths a person reads. */
export const homelyEnding = ({ sections, warnings, stopped, ...rest }: Ending, home: string): Ending => ({
  ...rest,
  sections: sections.map(({ rows, ...section }) => ({
    ...section,
    rows: rows.map(({ where, reason, ...row }) => ({
      ...row,
      where: homely(where, home),
      ...(reason ? { reason: homelyProblem(reason, home) } : {}),
    })),
  })),
  warnings: warnings.map((each) => homelyProblem(each, home)),
  ...(stopped ? { stopped: homelyProblem(stopped, home) } : {}),
});
