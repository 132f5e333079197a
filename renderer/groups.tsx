import { Children, type ReactNode } from 'react';
import type { PlaceRow } from '../shared/contract.ts';
import { knownFirst, readingFirst } from './view/program-order.ts';

/** A program as a letter on a quiet ground; its name always stands beside it. */
export const Letter = ({ name }: { readonly name: string }) => (
  <span className="letter" aria-hidden="true">
    {name.charAt(0).toUpperCase()}
  </span>
);

interface GroupsProps<R extends { readonly program: string }> {
  readonly groups: readonly R[];
  readonly level: 2 | 3;
  readonly children: (group: R) => ReactNode;
  /** What holds for several rows of a group, said once. */
  readonly note?: (group: R) => ReactNode;
}

/** Rows under the name of their program, as one table; a row that is its program's only one shares its line. */
export function Groups<R extends { readonly program: string }>({
  groups,
  level,
  children,
  note,
}: GroupsProps<R>) {
  const Heading = level === 2 ? 'h2' : 'h3';
  if (groups.length === 0) return null;
  return (
    <div className="groups">
      {groups.map((group) => {
        const rows = children(group);
        return (
          <section className="group" key={group.program} data-alone={Children.count(rows) === 1}>
            <Heading className="group-name">
              <Letter name={group.program} />
              {group.program}
            </Heading>
            {note?.(group)}
            <ul className="rows">{rows}</ul>
          </section>
        );
      })}
    </div>
  );
}

/** Anything that has rows, by the program of its row: known mail programs first, the others as they come. */
export function grouped<L extends { readonly row: PlaceRow }>(
  lines: readonly L[],
): readonly { readonly program: string; readonly lines: readonly L[] }[] {
  const groups = [...Map.groupBy(lines, ({ row }) => row.program)].map(([program, lines]) => ({
    program,
    lines: lines.toSorted((a, b) => readingFirst(a.row, b.row)),
  }));
  return knownFirst(groups, ({ program }) => program);
}
