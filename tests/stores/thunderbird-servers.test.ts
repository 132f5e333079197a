import { describe, expect, test } from 'vitest';
import { parsePrefs } from '../../electron/formats/mozilla-prefs.ts';
import { isUnread, serversOf } from '../../electron/stores/thunderbird-servers.ts';

type Values = Readonly<Record<string, string | number | boolean>>;

const INCOMING: Values = {
  'mail.accountmanager.accounts': 'account1',
  'mail.account.account1.server': 'server1',
  'mail.account.account1.identities': 'id1,id2',
  'mail.identity.id1.useremail': 'a@example.org',
  'mail.identity.id2.useremail': 'b@example.org',
  'mail.server.server1.type': 'imap',
  'mail.server.server1.hostname': 'imap.example.org',
  'mail.server.server1.userName': 'alice',
};

const OUTGOING: Values = {
  'mail.smtpservers': 'smtp1',
  'mail.smtpserver.smtp1.hostname': 'smtp.example.org',
  'mail.smtpserver.smtp1.username': 'alice',
};

const servers = (...values: readonly Values[]) => {
  const prefs = Object.entries(Object.assign({}, ...values) as Values);
  const lines = prefs.map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  return serversOf(parsePrefs(Buffer.from(lines.join(''))));
};

test('what prefs leave out is the default of Thunderbird', () => {
  expect(servers(INCOMING, OUTGOING)).toEqual([
    {
      protocol: 'imap',
      origin: 'imap://imap.example.org',
      username: 'alice',
      label: 'alice on imap.example.org',
      host: 'imap.example.org',
      port: 143,
      tls: 'none',
      addresses: ['a@example.org', 'b@example.org'],
      auth: 'password',
      borrows: false,
      optional: false,
    },
    expect.objectContaining({ origin: 'smtp://smtp.example.org', port: 587, tls: 'none', optional: false }),
  ]);
});

test.each([
  ['imap', 3, 993, 'implicit'],
  ['imap', 2, 143, 'starttls'],
  ['imap', 1, 143, 'starttls'],
  ['pop3', 3, 995, 'implicit'],
  ['pop3', 0, 110, 'none'],
])('%s with socket type %i goes to port %i', (type, socketType, port, tls) => {
  const given = { 'mail.server.server1.type': type, 'mail.server.server1.socketType': socketType };
  expect(servers(INCOMING, given)[0]).toMatchObject({ port, tls });
});

test('the switch that came before the socket type', () => {
  expect(servers(INCOMING, { 'mail.server.server1.isSecure': true })[0]).toMatchObject({ port: 993 });
});

test.each([
  [1, []],
  [2, ['password']],
  [3, ['password']],
  [4, ['password']],
  [5, []],
  [6, ['password']],
  [7, []],
  [8, ['password']],
  [9, ['password']],
  [10, ['oauth']],
])('sign-in method %i', (authMethod, auth) => {
  const found = servers(INCOMING, { 'mail.server.server1.authMethod': authMethod });
  expect(found.map((server) => server.auth)).toEqual(auth);
});

test.each(['nntp', 'none', 'rss', 'im', 'smtp', 'toString'])('no login is looked up for type %s', (type) => {
  expect(servers(INCOMING, { 'mail.server.server1.type': type })).toEqual([]);
});

test('an IPv6 address stands in brackets', () => {
  const found = servers(INCOMING, { 'mail.server.server1.hostname': '2001:db8::1' });
  expect(found[0]).toMatchObject({ origin: 'imap://[2001:db8::1]', host: '2001:db8::1' });
});

test('an account edited in an old version: the effective values, and the former ones if stored', () => {
  const found = servers(INCOMING, {
    'mail.server.server1.realhostname': 'new.example.org',
    'mail.server.server1.realuserName': 'alice2',
  });
  expect(found).toMatchObject([
    { origin: 'imap://new.example.org', username: 'alice2', optional: false },
    { origin: 'imap://imap.example.org', username: 'alice', optional: true },
  ]);
});

test('Graph signs in with tokens, whatever the method says', () => {
  expect(servers(INCOMING, { 'mail.server.server1.type': 'graph' })[0]).toMatchObject({ auth: 'oauth' });
});

test('an outgoing Exchange server takes its host from the address of the service', () => {
  const found = servers(OUTGOING, {
    'mail.smtpserver.smtp1.type': 'ews',
    'mail.smtpserver.smtp1.ews_url': 'https://mail.corp.example:8443/EWS/Exchange.asmx',
  });
  expect(found[0]).toMatchObject({ origin: 'ews://mail.corp.example', protocol: 'ews', tls: 'implicit' });
  expect(found[0]).not.toHaveProperty('port');
});

describe('an outgoing server may do without a login of its own', () => {
  const sending = (...values: readonly Values[]) => servers(INCOMING, OUTGOING, ...values).at(-1);

  test('never by default', () => {
    expect(sending()?.optional).toBe(false);
  });

  test('where it names an incoming account', () => {
    expect(sending({ 'mail.smtpserver.smtp1.incomingAccount': 'server1' })?.optional).toBe(true);
  });

  test('where hosts match and Thunderbird is told to match them', () => {
    const same = { 'mail.smtpserver.smtp1.hostname': 'imap.example.org' };
    const told = { 'mail.smtp.useMatchingHostNameServer': true };
    expect(sending(same)?.optional).toBe(false);
    expect(sending(told)?.optional).toBe(false);
    expect(sending(same, told)?.optional).toBe(true);
    expect(sending(same, told, { 'mail.smtpserver.smtp1.username': 'bob' })?.optional).toBe(false);
  });

  test('where first labels match and Thunderbird is told to match them', () => {
    const same = { 'mail.smtpserver.smtp1.hostname': 'imap.example.net' };
    expect(sending(same, { 'mail.smtp.useMatchingDomainServer': true })?.optional).toBe(true);
  });

  test('where no identity sends through it', () => {
    const more = {
      'mail.smtpservers': 'smtp1,smtp2',
      'mail.smtpserver.smtp2.hostname': 'other.example.org',
      'mail.smtpserver.smtp2.username': 'alice',
    };
    expect(sending(more)?.optional).toBe(true);
    expect(sending(more, { 'mail.identity.id2.smtpServer': 'smtp2' })).toMatchObject({
      optional: false,
      addresses: ['b@example.org'],
    });
    expect(sending(more, { 'mail.smtp.defaultserver': 'smtp2' })?.optional).toBe(false);
  });
});

test('the default server is not tied to the addresses of another user who has no server of their own', () => {
  const bob = {
    'mail.accountmanager.accounts': 'account1,account2',
    'mail.account.account2.server': 'server2',
    'mail.account.account2.identities': 'id3',
    'mail.identity.id3.useremail': 'bob@example.org',
    'mail.server.server2.type': 'imap',
    'mail.server.server2.hostname': 'imap.example.org',
    'mail.server.server2.userName': 'bob',
  };
  expect(servers(INCOMING, OUTGOING, bob).at(-1)?.addresses).toEqual(['a@example.org', 'b@example.org']);
  const chosen = { 'mail.identity.id3.smtpServer': 'smtp1' };
  expect(servers(INCOMING, OUTGOING, bob, chosen).at(-1)?.addresses).toContain('bob@example.org');
});

describe('the stored password of a server that signs in with a token', () => {
  const TOKEN = { 'mail.server.server1.authMethod': 10 };
  const unread = (...values: readonly Values[]) => {
    const found = servers(INCOMING, OUTGOING, TOKEN, ...values);
    return found.map((server) => isUnread(server, found));
  };

  test('is of no use any more; that of a server with a password is', () => {
    expect(unread()).toEqual([true, false]);
    expect(unread({ 'mail.smtpserver.smtp1.authMethod': 10 })).toEqual([true, true]);
  });

  test('is left alone while an outgoing server with a password borrows it', () => {
    const lent = { 'mail.smtpserver.smtp1.incomingAccount': 'server1' };
    expect(unread(lent)).toEqual([false, false]);
    expect(unread(lent, { 'mail.smtpserver.smtp1.authMethod': 10 })).toEqual([true, true]);
  });

  test('one login for a token and for a password is told twice', () => {
    const twin = {
      'mail.accountmanager.accounts': 'account1,account2',
      'mail.account.account2.server': 'server2',
      'mail.server.server2.type': 'imap',
      'mail.server.server2.hostname': 'imap.example.org',
      'mail.server.server2.userName': 'alice',
    };
    expect(servers(INCOMING, TOKEN, twin).map(({ auth }) => auth)).toEqual(['oauth', 'password']);
  });
});
