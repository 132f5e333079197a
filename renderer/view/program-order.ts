import type { PlaceRow } from '../../shared/contract.ts';

/** Programs that people open to read mail, by the names that Rekey gives them; the others work unseen. */
const MAIL_PROGRAMS: ReadonlySet<string> = new Set([
  'Thunderbird',
  'Betterbird',
  'Evolution',
  'GNOME Online Accounts',
  'Geary',
  'KMail',
  'Claws Mail',
  'Sylpheed',
  'Mailspring',
  'Outlook',
  'Apple Mail',
]);

/** The programs that a person knows by sight first; otherwise the order stays as it is. */
export const knownFirst = <T>(all: readonly T[], nameOf: (each: T) => string): readonly T[] => [
  ...all.filter((each) => MAIL_PROGRAMS.has(nameOf(each))),
  ...all.filter((each) => !MAIL_PROGRAMS.has(nameOf(each))),
];

/** What is read with before what is sent with, then by name: the same places always stand in the same order. */
export const readingFirst = (a: PlaceRow, b: PlaceRow): number =>
  rank(a) - rank(b) || a.name.localeCompare(b.name) || a.where.localeCompare(b.where);

const rank = ({ protocols }: PlaceRow): number =>
  protocols.some((each) => each === 'imap' || each === 'pop3') ? 0 : protocols.includes('smtp') ? 1 : 2;

/** Names for one line of text: at most three, and how many more there are. */
export function fewOf(names: readonly string[]): {
  readonly named: readonly string[];
  readonly more: number;
} {
  const most = 3;
  const ordered = knownFirst(names, (name) => name);
  return { named: ordered.slice(0, most), more: Math.max(0, names.length - most) };
}
