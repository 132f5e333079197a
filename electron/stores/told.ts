import type { GuideId } from '../../shared/guides.ts';
import type { Entry, Protocol } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';

/** A copy of a password that a program keeps where Rekey does not write. */
export interface Copy {
  readonly store: string;
  readonly program: string;
  /** What the program calls it, for people: a site, a network, a share. */
  readonly name: string;
  readonly path: string;
  /** As the program spells it; empty where it does not say whose password it is. */
  readonly login: string;
  /** Empty where no server is stated. */
  readonly host: string;
  readonly guide: GuideId;
  readonly protocols?: readonly Protocol[];
  readonly network?: true;
}

/**
 * The entry of a copy that Rekey only tells of: listed where it may be the account's, never ticked, and left to its
 * owner with the steps of its guide. It has no lens, because nothing ever opens it.
 */
export const toldEntry = ({ store, program, name, path, protocols, ...copy }: Copy): Entry => ({
  ...copy,
  store,
  client: `${program} (${name})`,
  place: { kind: 'file', path },
  slot: { host: copy.host, login: copy.login },
  lens: 'none',
  protocols: protocols ?? ['other'],
  auth: 'password',
  problem: problem('by-hand'),
});

/** The server of a web address; undefined for what is no site (an app of a phone, an extension). */
export function siteOf(origin: string): string | undefined {
  if (!/^https?:\/\//i.test(origin) || !URL.canParse(origin)) return undefined;
  return new URL(origin).hostname;
}
