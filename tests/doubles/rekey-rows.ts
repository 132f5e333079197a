import type { PlaceRow, PlanView } from '../../shared/contract.ts';

/** A row that will be written; the cases name only what is special about them. */
export const placeRow = (id: string, own: Partial<PlaceRow> = {}): PlaceRow => ({
  id,
  program: 'Thunderbird',
  name: 'alex@contoso.com',
  protocols: ['imap'],
  where: '/home/alex/.thunderbird/k3x9q2ab.default-release/logins.json',
  login: 'alex@contoso.com',
  host: 'mail.contoso.com',
  alsoIn: [],
  state: 'unknown',
  certainty: 'certain',
  effect: 'write',
  ticked: true,
  tickable: true,
  preconditions: [],
  warnings: [],
  verifiable: true,
  ...own,
});

const ROWS: readonly PlaceRow[] = [
  placeRow('thunderbird-1', {
    preconditions: [{ kind: 'client-running', subject: 'Thunderbird' }],
  }),
  placeRow('thunderbird-2', {
    name: 'alex@contoso.com on smtp.contoso.com',
    protocols: ['smtp'],
    host: 'smtp.contoso.com',
    preconditions: [{ kind: 'client-running', subject: 'Thunderbird' }],
  }),
  placeRow('thunderbird-3', {
    name: 'alex@contoso.com, profile travel',
    where: '/home/alex/.thunderbird/77yt0pl1.travel/logins.json',
    state: 'locked',
    preconditions: [{ kind: 'primary-password-needed', subject: 'profile travel' }],
    unlock: '/home/alex/.thunderbird/77yt0pl1.travel',
  }),
  placeRow('mbsync-1', {
    program: 'mbsync',
    name: 'account work',
    where: '/home/alex/.mbsyncrc',
    warnings: [{ kind: 'readable-by-others', subject: '/home/alex/.mbsyncrc' }],
  }),
  placeRow('msmtp-1', {
    program: 'msmtp',
    name: 'account work',
    protocols: ['smtp'],
    host: 'smtp.contoso.com',
    where: 'keyring item “msmtp for smtp.contoso.com”',
    alsoIn: ['git send-email'],
  }),
  placeRow('git-1', {
    program: 'git',
    name: 'https://git.contoso.com',
    protocols: ['git'],
    host: 'git.contoso.com',
    where: '/home/alex/.config/git/credentials-for-the-whole-company/archive/credentials',
    certainty: 'probable',
    ticked: false,
    reason: { kind: 'probable-only', subject: 'alex' },
  }),
  placeRow('evolution-1', {
    program: 'Evolution',
    name: 'alex@contoso.onmicrosoft.com',
    host: 'outlook.office365.com',
    where: 'GNOME Online Accounts',
    state: 'oauth',
    ticked: false,
    tickable: false,
    reason: { kind: 'oauth', subject: 'Evolution' },
  }),
  placeRow('netrc-1', {
    program: 'netrc',
    name: 'machine mail.contoso.com',
    protocols: ['other'],
    where: '/home/alex/.netrc',
    state: 'missing',
    effect: 'add',
    ticked: false,
    reason: { kind: 'missing-not-added', subject: '/home/alex/.netrc' },
  }),
  placeRow('mutt-1', {
    program: 'NeoMutt',
    name: 'imap_pass in neomuttrc',
    where: '/home/alex/.config/neomutt/neomuttrc',
    state: 'unsupported',
    ticked: false,
    tickable: false,
    reason: { kind: 'external-command', subject: 'pass show contoso' },
  }),
];

/** Nine rows of one account: open programs, locks, doubt, a token, a missing one and one beyond reach. */
export const examplePlan = (): PlanView => ({
  planId: 'plan-1',
  account: 'alex@contoso.com',
  rows: structuredClone([...ROWS]),
  endpoints: [
    { protocol: 'imap', host: 'mail.contoso.com', port: 993, login: 'alex@contoso.com' },
    { protocol: 'smtp', host: 'smtp.contoso.com', port: 465, login: 'alex@contoso.com' },
  ],
  troubles: [],
});

/** An account whose programs all sign in with tokens. */
export const tokenPlan = (): PlanView => ({
  planId: 'plan-2',
  account: 'alex@contoso.onmicrosoft.com',
  rows: ['Thunderbird', 'Evolution', 'mbsync'].map((program) =>
    placeRow(`${program}-token`, {
      program,
      name: 'alex@contoso.onmicrosoft.com',
      host: 'outlook.office365.com',
      state: 'oauth',
      ticked: false,
      tickable: false,
      reason: { kind: 'oauth', subject: program },
    }),
  ),
  endpoints: [],
  troubles: [],
});
