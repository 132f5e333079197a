import type { ReactNode } from 'react';
import type { PlaceRow } from '../shared/contract.ts';

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

/** Rows under the name of their program. */
export function Groups<R extends { readonly program: string }>({
  groups,
  level,
  children,
  note,
}: GroupsProps<R>) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return groups.map((group) => (
    <section className="group" key={group.program}>
      <Heading className="group-name">
        <Letter name={group.program} />
        {group.program}
      </Heading>
      {note?.(group)}
      <ul className="rows">{children(group)}</ul>
    </section>
  ));
}

/** Anything that has rows, by the program of its row, in the order in which the programs first appear. */
export function grouped<L extends { readonly row: PlaceRow }>(
  lines: readonly L[],
): readonly { readonly program: string; readonly lines: readonly L[] }[] {
  return [...Map.groupBy(lines, ({ row }) => row.program)].map(([program, lines]) => ({ program, lines }));
}
