import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endpointOf, endpoints, parseEndpoint } from '../../electron/engine/endpoints.ts';
import type { Endpoint, Entry } from '../../shared/model.ts';
import { mailEntry } from './mail-entry.ts';

const numRuns = Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000);

const host = 'mail.example.org';
const entry = (change: Partial<Entry>): Entry => mailEntry({ host, ...change });
const imap: Endpoint = { protocol: 'imap', host, port: 993, tls: 'implicit', login: 'alice@example.org' };
const smtp: Endpoint = { ...imap, protocol: 'smtp', port: 465 };

describe('what the clients state', () => {
  test('is asked once per server, reading first, in the spelling of the most certain entry', () => {
    const found = endpoints([
      entry({ protocols: ['smtp'], port: 587, tls: 'starttls', login: 'Alice@example.org' }),
      entry({ port: 993, tls: 'implicit', login: 'alice@EXAMPLE.org' }),
      entry({ port: 993, tls: 'implicit', login: 'alice', host: 'MAIL.example.org.' }),
    ]);
    expect(found).toEqual([
      { ...imap, login: 'alice@EXAMPLE.org' },
      { ...smtp, port: 587, tls: 'starttls', login: 'Alice@example.org' },
    ]);
  });

  test('two ports of one host are two servers', () => {
    expect(endpoints([entry({ port: 1993, tls: 'implicit' }), entry({ port: 143 })])).toEqual([
      { ...imap, port: 1993 },
      { ...imap, port: 143, tls: 'starttls' },
    ]);
  });

  test('an entry that leaves out port or TLS borrows them on its host', () => {
    const whole = entry({ port: 1143, tls: 'starttls', login: 'other' });
    expect(endpoints([entry({}), whole])).toEqual([{ ...imap, port: 1143, tls: 'starttls' }]);
    expect(endpoints([entry({ port: 1143 }), whole])).toEqual([{ ...imap, port: 1143, tls: 'starttls' }]);
    expect(endpoints([entry({ tls: 'starttls' }), entry({ port: 993, tls: 'implicit' })])).toEqual([imap]);
    expect(
      endpoints([entry({ tls: 'starttls' }), entry({ port: 993 }), entry({ port: 143, tls: 'starttls' })]),
    ).toEqual([{ ...imap, port: 143, tls: 'starttls' }, imap]);
    expect(endpoints([entry({}), entry({ tls: 'starttls' })])).toEqual([
      { ...imap, port: 143, tls: 'starttls' },
    ]);
    expect(endpoints([entry({}), mailEntry({ host: 'imap.example.org', port: 1143 })])[0]).toEqual(imap);
  });

  test.each<[Partial<Entry>, Partial<Endpoint>]>([
    [{}, imap],
    [{ tls: 'starttls' }, { ...imap, port: 143, tls: 'starttls' }],
    [{ protocols: ['smtp'] }, smtp],
    [
      { protocols: ['smtp'], tls: 'starttls' },
      { ...smtp, port: 587, tls: 'starttls' },
    ],
    [{ protocols: ['pop3'] }, { ...imap, protocol: 'pop3', port: 995 }],
    [
      { protocols: ['pop3'], tls: 'starttls' },
      { ...imap, protocol: 'pop3', port: 110, tls: 'starttls' },
    ],
    [{ port: 143 }, { ...imap, port: 143, tls: 'starttls' }],
    [{ port: 465, protocols: ['smtp'] }, smtp],
    [
      { port: 25, protocols: ['smtp'] },
      { ...smtp, port: 25, tls: 'starttls' },
    ],
  ])('defaults of %j', (change, expected) => expect(endpoints([entry(change)])).toEqual([expected]));

  test('an entry for reading and sending states its port for the protocol it belongs to', () => {
    expect(endpoints([entry({ protocols: ['imap', 'smtp'], port: 993, tls: 'implicit' })])).toEqual([
      imap,
      smtp,
    ]);
    expect(endpoints([entry({ protocols: ['imap', 'smtp'], port: 587, tls: 'starttls' })])).toEqual([
      imap,
      { ...smtp, port: 587, tls: 'starttls' },
    ]);
  });

  test('POP3 is asked only where there is no IMAP, and then before sending', () => {
    const pop3 = entry({ protocols: ['pop3'] });
    const sending = entry({ protocols: ['smtp'] });
    expect(endpoints([sending, pop3]).map(({ protocol }) => protocol)).toEqual(['pop3', 'smtp']);
    expect(endpoints([sending, pop3, entry({})]).map(({ protocol }) => protocol)).toEqual(['imap', 'smtp']);
  });

  test('nothing is asked for tokens, backups, other protocols or nameless servers', () => {
    const silent = [
      entry({ auth: 'oauth' }),
      entry({ backup: true }),
      entry({ protocols: [] }),
      entry({ protocols: ['dav', 'ews'] }),
      entry({ host: '' }),
      entry({ login: '' }),
    ];
    expect(endpoints(silent)).toEqual([]);
  });
});

describe('without TLS', () => {
  test('a client that states TLS for the same server is followed', () => {
    const found = endpoints([entry({ port: 1993, tls: 'none' }), entry({ port: 1993, tls: 'implicit' })]);
    expect(found).toEqual([{ ...imap, port: 1993 }]);
  });

  test('another computer must offer STARTTLS on the same port', () => {
    expect(endpoints([entry({ port: 1143, tls: 'none' })])).toEqual([
      { ...imap, port: 1143, tls: 'starttls' },
    ]);
    expect(endpoints([entry({ tls: 'none' })])).toEqual([{ ...imap, port: 143, tls: 'starttls' }]);
    expect(endpoints([entry({ port: 993, tls: 'none' })])).toEqual([imap]);
  });

  test('a gateway on this computer is never asked', () => {
    for (const change of [
      { port: 1143, tls: 'none' },
      { port: 143, tls: 'none' },
      { port: 1143 },
      {},
      { tls: 'none' },
    ] as const) {
      for (const loopback of ['127.0.0.1', '[::1]', 'localhost']) {
        expect(endpoints([entry({ ...change, host: loopback })]), JSON.stringify(change)).toEqual([]);
      }
    }
  });

  test('a server on this computer with TLS is asked', () => {
    const lab = { ...imap, host: '127.0.0.2' };
    expect(endpoints([entry({ host: '127.0.0.2', port: 31_993, tls: 'implicit' })])).toEqual([
      { ...lab, port: 31_993 },
    ]);
    expect(endpoints([entry({ host: '127.0.0.2', port: 31_143, tls: 'starttls' })])).toEqual([
      { ...lab, port: 31_143, tls: 'starttls' },
    ]);
    expect(
      endpoints([entry({ host: '127.0.0.2' }), entry({ host: '127.0.0.2', port: 31_993, tls: 'implicit' })]),
    ).toEqual([{ ...lab, port: 31_993 }]);
    expect(endpoints([entry({ host: '127.0.0.2', port: 993 })])).toEqual([lab]);
  });
});

describe('what the user names', () => {
  const named = { host: 'imap.example.net', port: 143, tls: 'starttls' } as const;

  test('replaces all servers of that protocol', () => {
    const found = endpoints([entry({}), entry({ port: 143 }), entry({ protocols: ['smtp'] })], {
      imap: named,
    });
    expect(found).toEqual([{ ...imap, ...named }, smtp]);
  });

  test('a login replaces all spellings', () => {
    const found = endpoints([entry({}), entry({ protocols: ['smtp'] })], { login: 'LAB\\alice' });
    expect(found.map(({ login }) => login)).toEqual(['LAB\\alice', 'LAB\\alice']);
  });

  test('a server needs a login, from whatever entry there is', () => {
    expect(endpoints([], { imap: named })).toEqual([]);
    expect(endpoints([], { imap: named, login: 'alice' })).toEqual([
      { protocol: 'imap', ...named, login: 'alice' },
    ]);
    expect(endpoints([entry({ protocols: ['ews'], host: '' })], { imap: named })).toEqual([
      { ...imap, ...named },
    ]);
  });

  test('IMAP that was named takes the place of POP3', () => {
    expect(endpoints([entry({ protocols: ['pop3'] })], { imap: named })).toEqual([{ ...imap, ...named }]);
  });
});

test('nothing is ever asked without TLS, and no server twice', () => {
  const anyEntry = fc
    .record({
      protocols: fc.subarray<Entry['protocols'][number]>(['imap', 'smtp', 'pop3', 'dav']),
      host: fc.constantFrom(
        'mail.example.org',
        'MAIL.example.org',
        'imap.example.org',
        'localhost',
        '127.0.0.2',
        '',
      ),
      port: fc.option(fc.constantFrom(25, 110, 143, 465, 587, 993, 995, 1143), { nil: undefined }),
      tls: fc.option(fc.constantFrom('implicit', 'starttls', 'none'), { nil: undefined }),
    })
    .map(({ port, tls, ...rest }) => mailEntry({ ...rest, ...(port && { port }), ...(tls && { tls }) }));
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 6 }), (entries) => {
      const found = endpoints(entries);
      const keys = found.map((each) => `${each.protocol} ${each.host.toLowerCase()} ${each.port}`);
      expect(found.every(({ tls }) => tls !== 'none')).toBe(true);
      expect(new Set(keys).size).toBe(keys.length);
      for (const each of entries) {
        const vouching = endpointOf(each, found);
        expect(vouching === undefined).toBe(found.length === 0);
      }
    }),
    { numRuns },
  );
});

describe('endpointOf', () => {
  const submission: Endpoint = { ...smtp, port: 587, tls: 'starttls' };
  const checked = [imap, smtp, submission, { ...imap, host: 'imap.example.net' }];

  test.each<[string, Partial<Entry>, Endpoint | undefined]>([
    ['its own', { protocols: ['smtp'], port: 587 }, submission],
    ['the one with its protection', { protocols: ['smtp'], tls: 'starttls' }, submission],
    ['the first on its host', { protocols: ['smtp'] }, smtp],
    ['one on its port where it has no protocol', { protocols: [], port: 587 }, submission],
    ['one on its host where it has no protocol', { protocols: [], host: 'imap.example.net' }, checked[3]],
    ['one of its protocol elsewhere', { protocols: ['smtp'], host: 'old.example.org', port: 25 }, smtp],
    ['the first for a gateway on this computer', { host: 'localhost', port: 1143, tls: 'none' }, imap],
    ['the first for Exchange', { protocols: ['ews'], host: 'owa.example.org' }, imap],
    ['one on its host for POP3', { protocols: ['pop3'], host: 'imap.example.net' }, checked[3]],
  ])('%s', (_, change, expected) => expect(endpointOf(entry(change), checked)).toBe(expected));

  test('nobody vouches where nothing was asked', () => expect(endpointOf(entry({}), [])).toBeUndefined());
});

describe('parseEndpoint', () => {
  test.each([
    ['mail.example.org:993', { host: 'mail.example.org', port: 993, tls: 'implicit' }],
    ['mail.example.org:143', { host: 'mail.example.org', port: 143, tls: 'starttls' }],
    ['mail.example.org:1143:starttls', { host: 'mail.example.org', port: 1143, tls: 'starttls' }],
    ['mail.example.org:143:TLS', { host: 'mail.example.org', port: 143, tls: 'implicit' }],
    ['127.0.0.2:31993', { host: '127.0.0.2', port: 31_993, tls: 'implicit' }],
    ['[2001:DB8::1]:993', { host: '2001:db8::1', port: 993, tls: 'implicit' }],
    ['[::1]:587:starttls', { host: '::1', port: 587, tls: 'starttls' }],
  ])('%s', (text, value) => expect(parseEndpoint(text, 'imap')).toEqual({ ok: true, value }));

  test.each([
    '',
    'host',
    'host:',
    ':993',
    'host:0',
    'host:65536',
    'host:993:none',
    'host:993:',
    '::1:993',
    '[::1]',
    '[x]:993',
    '[]:993',
    'a b:993',
    'imaps://host:993',
    'user@host:993',
    'host:99x',
    'host:993\n',
  ])('not %j, and it is not repeated', (text) => {
    expect(parseEndpoint(text, 'smtp')).toEqual({
      ok: false,
      problem: { kind: 'usage', subject: '--smtp', detail: 'HOST:PORT[:tls|:starttls]' },
    });
  });
});
