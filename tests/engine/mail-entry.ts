import type { Entry } from '../../shared/model.ts';

/** An IMAP entry of Alice's at her own server, changed as the test needs it. */
export function mailEntry(change: Partial<Entry> = {}): Entry {
  return {
    store: 'netrc',
    client: 'a client',
    place: { kind: 'file', path: '/home/alice/.netrc' },
    slot: {},
    lens: 'netrc',
    protocols: ['imap'],
    login: 'alice@example.org',
    host: 'imap.example.org',
    auth: 'password',
    ...change,
  };
}
