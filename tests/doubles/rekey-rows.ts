import type { PlaceRow, PlanView } from '../../shared/contract.ts';

/** A row that will be written; the cases name only what is special about them. */
export const placeRow = (id: string, own: Partial<PlaceRow> = {}): PlaceRow => ({
  id,
  program: 'Thunderbird',
  name: 'alex@contoso.com',
  protocols: ['imap'],
  where: '~/.thunderbird/k3x9q2ab.default-release/logins.json',
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

/** A copy that Rekey only tells of. */
const toldRow = (id: string, own: Partial<PlaceRow>): PlaceRow =>
  placeRow(id, {
    protocols: ['other'],
    state: 'unsupported',
    certainty: 'probable',
    ticked: false,
    tickable: false,
    reason: { kind: 'by-hand' },
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
    where: '~/.thunderbird/77yt0pl1.travel/logins.json',
    state: 'locked',
    preconditions: [{ kind: 'primary-password-needed', subject: 'profile travel' }],
    unlock: '~/.thunderbird/77yt0pl1.travel',
  }),
  placeRow('mbsync-1', {
    program: 'mbsync',
    name: 'account work',
    where: '~/.mbsyncrc',
    warnings: [{ kind: 'readable-by-others', subject: '~/.mbsyncrc' }],
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
    where: '~/.config/git/credentials-for-the-whole-company/archive/credentials',
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
    where: '~/.netrc',
    state: 'missing',
    effect: 'add',
    ticked: false,
    reason: { kind: 'missing-not-added', subject: '~/.netrc' },
  }),
  placeRow('mutt-1', {
    program: 'NeoMutt',
    name: 'imap_pass in neomuttrc',
    where: '~/.config/neomutt/neomuttrc',
    state: 'unsupported',
    ticked: false,
    tickable: false,
    reason: { kind: 'external-command', subject: 'pass show contoso' },
    guide: 'external-command',
  }),
  toldRow('chromium-1', {
    program: 'Chromium',
    name: 'alex@contoso.com on webmail.contoso.com, profile Default',
    where: '~/.config/chromium/Default/Login Data',
    host: 'webmail.contoso.com',
    guide: 'chromium',
  }),
  toldRow('chromium-2', {
    program: 'Chromium',
    name: 'CONTOSO\\alex on owa.contoso.com, profile Default',
    where: '~/.config/chromium/Default/Login Data',
    login: 'CONTOSO\\alex',
    host: 'owa.contoso.com',
    guide: 'chromium',
  }),
  toldRow('firefox-1', {
    program: 'Firefox',
    name: 'webmail.contoso.com, profile default-release',
    where: '~/.mozilla/firefox/k3x9q2ab.default-release/logins.json',
    login: '',
    host: 'webmail.contoso.com',
    guide: 'firefox',
  }),
];

/** Rows of one account: open programs, locks, doubt, a token, a missing one and some beyond reach. */
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

const tokenRow = (id: string, program: string, own: Partial<PlaceRow> = {}): PlaceRow =>
  placeRow(id, {
    program,
    name: 'alex@contoso.onmicrosoft.com',
    login: 'alex@contoso.onmicrosoft.com',
    host: 'outlook.office365.com',
    state: 'oauth',
    ticked: false,
    tickable: false,
    reason: { kind: 'oauth', subject: program },
    ...own,
  });

const PROFILE = '~/.thunderbird/k3x9q2ab.default-release';
const LOCKED = '/home/alex/.thunderbird/77yt0pl1.travel';

/** An account whose programs all sign in with tokens; Thunderbird still keeps the passwords of before. */
export const tokenPlan = (): PlanView => ({
  planId: 'plan-2',
  account: 'alex@contoso.onmicrosoft.com',
  rows: [
    tokenRow('thunderbird-token', 'Thunderbird', { effect: 'remove' }),
    tokenRow('thunderbird-backup', 'Thunderbird', {
      effect: 'remove',
      backup: true,
      where: `${PROFILE}/logins-backup.json`,
    }),
    tokenRow('thunderbird-sending', 'Thunderbird', {
      effect: 'remove',
      name: 'alex@contoso.onmicrosoft.com on smtp.office365.com',
      protocols: ['smtp'],
      host: 'smtp.office365.com',
    }),
    tokenRow('thunderbird-travel', 'Thunderbird', {
      effect: 'remove',
      where: '~/.thunderbird/77yt0pl1.travel/logins.json',
      preconditions: [{ kind: 'primary-password-needed', subject: LOCKED }],
      unlock: LOCKED,
    }),
    tokenRow('evolution-token', 'Evolution', { where: 'GNOME Online Accounts' }),
    tokenRow('mbsync-token', 'mbsync', { where: '/home/alex/.mbsyncrc' }),
  ],
  endpoints: [],
  troubles: [],
});
