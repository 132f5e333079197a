import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accounts, anchor, certaintyOf, identityOf } from '../../electron/engine/account.ts';
import type { Entry } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import { mailEntry } from './mail-entry.ts';

const numRuns = Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000);

const imap = mailEntry();
const smtp = mailEntry({ protocols: ['smtp'], host: 'smtp.example.org' });
const known = anchor([imap, smtp], 'Alice@Example.org');
const sureOf = (change: Partial<Entry>): string => certaintyOf(mailEntry(change), known) ?? 'not listed';

describe('certain', () => {
  test.each<[string, Partial<Entry>]>([
    ['the very entry', {}],
    ['another host of the same domain', { host: 'pop.example.org', protocols: ['pop3'] }],
    ['Exchange at the same domain', { host: 'owa.example.org', protocols: ['ews'] }],
    ['ActiveSync at the same domain', { host: 'owa.example.org', protocols: ['activesync'] }],
    ['another spelling of login and host', { login: ' ALICE@example.ORG', host: 'IMAP.example.org.' }],
    ['a netrc line for one of the servers', { protocols: [], host: 'smtp.example.org' }],
    ['another mailbox with the same credential', { login: 'alice@example.org\\info' }],
    ['a plain gateway on this computer', { host: 'localhost', port: 1143, tls: 'none' }],
    ['a plain gateway that names no TLS', { host: '127.0.0.1', port: 1143 }],
  ])('%s', (_, change) => expect(sureOf(change)).toBe('certain'));
});

describe('probable', () => {
  test.each<[string, Partial<Entry>]>([
    ['a bare user on the same host', { login: 'alice' }],
    ['a NetBIOS domain on the same host', { login: 'EXAMPLE\\alice' }],
    ['CalDAV on the same host', { protocols: ['dav'] }],
    ['git over https in the same domain', { protocols: ['git'], host: 'git.example.org' }],
    ['VPN in the same domain', { protocols: ['other'], host: 'vpn.example.org' }],
    ['a netrc line for another host of the domain', { protocols: [], host: 'git.example.org' }],
    ['a client that states no server', { host: '' }],
    ['a bare user at a plain gateway on this computer', { login: 'alice', host: '::1', tls: 'none' }],
  ])('%s', (_, change) => expect(sureOf(change)).toBe('probable'));
});

describe('a copy in a browser', () => {
  const copyAt = (host: string, login: string): string =>
    sureOf({ protocols: ['other'], host, login, problem: problem('by-hand') });

  test.each<[string, host: string, login: string]>([
    ['the login in the domain', 'intranet.example.org', 'alice@example.org'],
    ['a bare user at a server of the account', 'imap.example.org', 'alice'],
    ['a bare user at the webmail', 'Webmail.example.org', 'alice'],
    ['a NetBIOS domain at the webmail', 'owa.example.org', 'EXAMPLE\\alice'],
    ['a login that is not told at the webmail', 'autodiscover.example.org', ''],
    ['a login that is not told at a server of the account', 'smtp.example.org', ''],
    ['the login of a network without a server', '', 'alice@example.org'],
  ])("%s may be the account's", (_, host, login) => expect(copyAt(host, login)).toBe('probable'));

  test.each<[string, host: string, login: string]>([
    ['the login at a shop', 'shop.example.com', 'alice@example.org'],
    ['the webmail of another domain', 'webmail.example.com', 'alice'],
    ['somebody else at the webmail', 'webmail.example.org', 'bob@example.org'],
    ['a bare user elsewhere in the domain', 'wiki.example.org', 'alice'],
    ['a login that is not told elsewhere in the domain', 'wiki.example.org', ''],
    ['a login that is not told without a server', '', ''],
    ['a web server on this computer', 'localhost', ''],
  ])('%s is not listed', (_, host, login) => expect(copyAt(host, login)).toBe('not listed'));
});

describe('never automatic', () => {
  test.each<[string, Partial<Entry>]>([
    ['mail elsewhere', { host: 'imap.example.com' }],
    ['VPN elsewhere', { protocols: ['other'], host: 'vpn.example.com' }],
    ['git elsewhere', { protocols: ['git'], host: 'github.com' }],
    ['a netrc line elsewhere', { protocols: [], host: 'example.com' }],
    ['other uses of a name without a server', { protocols: ['other'], host: '' }],
    ['TLS on this computer', { host: '127.0.0.2', port: 993, tls: 'implicit' }],
  ])('%s might use the same password', (_, change) => expect(sureOf(change)).toBe('unrelated'));

  test.each<[string, Partial<Entry>]>([
    ['another person', { login: 'bob@example.org' }],
    ['another address of the same name', { login: 'alice@example.com' }],
    ['a bare user at another host of the domain', { login: 'alice', host: 'smtp2.example.org' }],
    ['a bare user elsewhere', { login: 'alice', host: 'imap.example.com' }],
    [
      'a bare user at a web server on this computer',
      { login: 'alice', host: 'localhost', protocols: ['other'] },
    ],
    ['nobody', { login: '' }],
  ])('%s is not listed', (_, change) => expect(sureOf(change)).toBe('not listed'));

  test('a git token, CalDAV or VPN with the same login on the very same host stays doubtful', () => {
    for (const protocol of ['git', 'dav', 'other'] as const) {
      expect(sureOf({ protocols: [protocol], host: 'imap.example.org' })).toBe('probable');
    }
  });

  test('nothing belongs to an address that no mail client knows', () => {
    const stranger = anchor([imap, smtp], 'carol@example.org');
    expect(stranger.signIns).toEqual([]);
    expect(
      [imap, smtp, mailEntry({ login: 'carol@example.org', protocols: ['git'] })].map((each) =>
        certaintyOf(each, stranger),
      ),
    ).toEqual([undefined, undefined, undefined]);
  });
});

describe('anchor', () => {
  test('an identity brings its login and server', () => {
    const exchange = mailEntry({
      login: 'CORP\\asmith',
      host: 'mail.corp.example',
      addresses: ['alice.smith@corp.example'],
    });
    const found = anchor([exchange], 'alice.smith@corp.example');
    expect(certaintyOf(exchange, found)).toBe('certain');
    expect(
      certaintyOf(
        mailEntry({ login: 'corp/asmith/info', host: 'smtp.corp.example', protocols: ['smtp'] }),
        found,
      ),
    ).toBe('certain');
    expect(certaintyOf(mailEntry({ login: 'asmith', host: 'mail.corp.example' }), found)).toBe('probable');
    expect(
      certaintyOf(mailEntry({ login: 'OTHER\\asmith', host: 'mail.corp.example' }), found),
    ).toBeUndefined();
  });

  test('a provider is one server under all its names', () => {
    const gmail = mailEntry({ login: 'alice@gmail.com', host: 'imap.gmail.com' });
    const found = anchor([gmail], 'alice@gmail.com');
    expect(
      certaintyOf(
        mailEntry({ login: 'alice@gmail.com', host: 'smtp.googlemail.com', protocols: ['smtp'] }),
        found,
      ),
    ).toBe('certain');
  });

  test('a further identity of somebody else does not lend its password', () => {
    const gmail = mailEntry({
      login: 'bob@gmail.com',
      host: 'imap.gmail.com',
      addresses: ['bob@gmail.com', 'alice@example.org'],
    });
    expect(certaintyOf(gmail, anchor([gmail, imap], 'alice@example.org'))).toBeUndefined();
    expect(anchor([gmail], 'alice@example.org').signIns).toEqual([]);
  });

  test('writing under an address does not make another full login its own, even at the same provider', () => {
    const alice = mailEntry({ login: 'alice@gmail.com', host: 'imap.gmail.com' });
    const bob = mailEntry({ login: 'bob@gmail.com', host: 'imap.gmail.com', addresses: ['alice@gmail.com'] });
    expect(certaintyOf(bob, anchor([alice, bob], 'alice@gmail.com'))).toBeUndefined();
  });

  test('a shorter login under the same identity counts at the same server only', () => {
    const hosted = mailEntry({ host: 'imap.hoster.example' });
    const here = mailEntry({ login: 'u1', host: 'pop.hoster.example', addresses: ['alice@example.org'] });
    const elsewhere = mailEntry({
      login: 'u1',
      host: 'imap.other.example',
      addresses: ['alice@example.org'],
    });
    const found = anchor([hosted, here, elsewhere], 'alice@example.org');
    expect([hosted, here, elsewhere].map((each) => certaintyOf(each, found))).toEqual([
      'certain',
      'certain',
      undefined,
    ]);
  });

  test('an alias of the same domain is found where nobody signs in with it', () => {
    const aliased = mailEntry({ addresses: ['alice@example.org', 'info@example.org'] });
    expect(certaintyOf(aliased, anchor([aliased], 'info@example.org'))).toBe('certain');
    const info = mailEntry({ login: 'info@example.org' });
    expect(certaintyOf(aliased, anchor([aliased, info], 'info@example.org'))).toBeUndefined();
  });

  test('a relay that only sends is no server of the account', () => {
    const relay = mailEntry({
      protocols: ['smtp'],
      host: 'smtp.relay.example',
      login: 'key-1',
      addresses: ['alice@example.org'],
    });
    const copy = mailEntry({ protocols: ['smtp'], host: 'smtp.relay.example' });
    const found = anchor([imap, smtp, relay, copy], 'alice@example.org');
    expect([relay, copy].map((each) => certaintyOf(each, found))).toEqual([undefined, 'unrelated']);
  });

  test('a sending server under the address domain is one, wherever mail is read', () => {
    const hosted = mailEntry({ host: 'imap.hoster.example' });
    expect(certaintyOf(smtp, anchor([hosted, smtp], 'alice@example.org'))).toBe('certain');
  });

  test('it counts where it is all there is', () => {
    const relay = mailEntry({
      protocols: ['smtp'],
      host: 'smtp.relay.example',
      login: 'key-1',
      addresses: ['alice@example.org'],
    });
    expect(certaintyOf(relay, anchor([relay], 'alice@example.org'))).toBe('certain');
  });

  test('of two unrelated servers the one of the address domain is meant', () => {
    const old = mailEntry({ host: 'imap.hoster.example' });
    const found = anchor([old, imap], 'alice@example.org');
    expect([imap, old].map((each) => certaintyOf(each, found))).toEqual(['certain', 'unrelated']);
  });

  test('a gateway on this computer leaves the real server to the others', () => {
    const gateway = mailEntry({ host: 'localhost', port: 1143, tls: 'none' });
    const hosted = mailEntry({ protocols: ['smtp'], host: 'smtp.hoster.example' });
    const found = anchor([gateway, hosted], 'alice@example.org');
    expect([gateway, hosted].map((each) => certaintyOf(each, found))).toEqual(['certain', 'certain']);
  });

  test('a named login counts at the servers of the account only', () => {
    const elsewhere = mailEntry({ login: 'asmith', host: 'imap.example.com' });
    const here = mailEntry({ login: 'asmith', host: 'smtp.example.org', protocols: ['smtp'] });
    const found = anchor([imap, elsewhere, here], 'alice@example.org', 'asmith');
    expect([elsewhere, here].map((each) => certaintyOf(each, found))).toEqual([undefined, 'certain']);
  });

  test('a named login is enough where nobody knows the address', () => {
    const here = mailEntry({ login: 'asmith' });
    expect(certaintyOf(here, anchor([here], 'alice.smith@example.org', 'ASMITH'))).toBe('certain');
  });

  test('a login without any address is found under login@host', () => {
    const bare = mailEntry({ login: 'LAB\\alice', host: 'mail.lab.test' });
    expect(certaintyOf(bare, anchor([bare], accounts([bare])[0]?.address ?? ''))).toBe('certain');
  });

  test('rejections count under one identity, whichever address was asked for', () => {
    const aliased = mailEntry({ addresses: ['alice@example.org', 'info@example.org'] });
    expect(identityOf(anchor([aliased], 'info@example.org'))).toBe(identityOf(known));
    expect(identityOf(anchor([], 'Nobody@example.org'))).toBe('nobody@example.org');
  });
});

describe('accounts', () => {
  const addressesOf = (entries: readonly Entry[]): readonly string[] =>
    accounts(entries).map(({ address }) => address);

  test('the clients of one mailbox are one account', () => {
    const netrc = mailEntry({ protocols: [], host: 'imap.example.org' });
    const git = mailEntry({ protocols: ['git'], host: 'github.com' });
    const bob = mailEntry({ login: 'bob@example.org' });
    expect(accounts([git, smtp, bob, netrc, imap])).toEqual([
      { address: 'alice@example.org', logins: ['alice@example.org'], entries: [smtp, netrc, imap] },
      { address: 'bob@example.org', logins: ['bob@example.org'], entries: [bob] },
    ]);
  });

  test('a shorter login on the same host joins the account it probably belongs to', () => {
    const bare = mailEntry({ login: 'alice' });
    expect(accounts([bare, imap])).toEqual([
      { address: 'alice@example.org', logins: ['alice@example.org', 'alice'], entries: [imap, bare] },
    ]);
  });

  test('a shared mailbox is part of the account that opens it', () => {
    const own = mailEntry({
      login: 'CORP\\alice',
      addresses: ['alice@corp.example'],
      host: 'mail.corp.example',
    });
    const shared = mailEntry({
      login: 'CORP\\alice\\info',
      addresses: ['a-team@corp.example'],
      host: 'mail.corp.example',
    });
    expect(addressesOf([shared, own])).toEqual(['alice@corp.example']);
  });

  test('an entry that is certain for two accounts is in both', () => {
    const shared = mailEntry({ login: 'team', addresses: ['a@example.org', 'b@example.org'] });
    const a = mailEntry({ login: 'a@example.org', addresses: ['a@example.org'] });
    const b = mailEntry({ login: 'team', addresses: ['b@example.org'], protocols: ['smtp'] });
    for (const account of accounts([shared, a, b])) expect(account.entries).toContain(shared);
  });

  test('a login without an address is shown with its host', () => {
    expect(addressesOf([mailEntry({ login: 'alice', host: 'mail.lab.test' })])).toEqual([
      'alice@mail.lab.test',
    ]);
  });

  test('no mail client, no account', () => {
    expect(
      accounts([mailEntry({ protocols: [] }), mailEntry({ protocols: ['dav'] }), mailEntry({ login: ' ' })]),
    ).toEqual([]);
  });

  const login = fc.constantFrom(
    'alice',
    'alice@a.test',
    'bob@a.test',
    'LAB\\alice',
    'LAB\\alice\\info',
    'alice@b.test',
  );
  const entry: fc.Arbitrary<Entry> = fc
    .record({
      login,
      host: fc.constantFrom('imap.a.test', 'smtp.a.test', 'a.test', 'b.test', 'localhost', ''),
      protocols: fc.subarray<Entry['protocols'][number]>(['imap', 'smtp', 'dav'], { maxLength: 2 }),
      addresses: fc.subarray(['alice@a.test', 'info@a.test', 'alice@b.test'], { maxLength: 2 }),
    })
    .map(mailEntry);

  test('every mail entry is somewhere, certain ones wherever they belong', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        const found = accounts(entries);
        expect(new Set(found.map(({ address }) => address)).size).toBe(found.length);
        const listed = new Set(found.flatMap((account) => account.entries));
        for (const each of entries) {
          if (each.protocols.some((protocol) => protocol !== 'dav')) expect(listed.has(each)).toBe(true);
        }
        for (const account of found) {
          const own = anchor(entries, account.address);
          const certain = entries.filter((each) => certaintyOf(each, own) === 'certain');
          expect(account.entries.slice(0, certain.length)).toEqual(certain);
        }
      }),
      { numRuns },
    );
  });

  test('the order in which entries were found does not matter', () => {
    const shuffled = fc.uniqueArray(entry, { maxLength: 8, selector: (each) => JSON.stringify(each) });
    fc.assert(
      fc.property(shuffled, (entries) => {
        const contents = (list: readonly Entry[]): unknown =>
          accounts(list).map((account) => [
            account.address,
            account.entries.map((each) => JSON.stringify(each)).sort(),
          ]);
        expect(contents(entries.toReversed())).toEqual(contents(entries));
      }),
      { numRuns },
    );
  });
});
