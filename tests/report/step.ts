import type { Step } from '../../shared/model.ts';

/** A line of a netrc file that was ticked, as the plan tells it. */
export const NETRC_STEP: Step = {
  id: 'netrc-000000000000',
  place: { kind: 'file', path: '/home/ada/.netrc' },
  slot: {},
  lens: 'netrc',
  entries: [],
  where: '/home/ada/.netrc',
  protocols: ['imap'],
  login: 'ada',
  host: 'mail.example.org',
  effect: 'write',
  state: 'unknown',
  certainty: 'certain',
  ticked: true,
  preconditions: [],
  warnings: [],
  method: 'rename',
  verifiable: true,
};
