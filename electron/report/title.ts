import type { Entry } from '../../shared/model.ts';

/** `Thunderbird (alex@example.org, profile default)` is the program and what it calls the account. */
export function titleOf({ client, login }: Entry): { readonly program: string; readonly name: string } {
  const [, program, name] = /^(.+?) \((.+)\)$/s.exec(client) ?? [];
  return { program: program ?? client, name: name ?? login };
}
