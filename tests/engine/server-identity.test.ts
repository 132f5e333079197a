import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostName, isLoopback, sameHost, sameServer } from '../../electron/engine/server-identity.ts';

const numRuns = Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000);

describe('one host', () => {
  test.each([
    ['Mail.Example.ORG.', 'mail.example.org'],
    ['[::1]', '0:0:0:0:0:0:0:1'],
    ['[2001:DB8::1]', '2001:db8:0::1'],
    ['mail.müller.example', 'mail.xn--mller-kva.example'],
    [' 192.0.2.1 ', '192.0.2.1'],
  ])('%s is %s', (a, b) => expect(sameHost(a, b)).toBe(true));

  test('no host is nobody', () => {
    expect(sameHost('', '')).toBe(false);
    expect(sameServer('', '')).toBe(false);
  });
});

describe('one server', () => {
  test.each([
    ['imap.example.org', 'smtp.example.org'],
    ['example.org', 'mail.example.org'],
    ['mail.firm.co.uk', 'smtp.firm.co.uk'],
    ['mail.lab.test', 'smtp.lab.test'],
    ['dc1.corp.local', 'mail.corp.local'],
    ['imap.gmail.com', 'smtp.googlemail.com'],
    ['outlook.office365.com', 'smtp-mail.outlook.com'],
    ['imap.mail.me.com', 'smtp.icloud.com'],
    ['imap.gmx.net', 'smtp.web.de'],
    ['imap.mail.yahoo.com', 'smtp.aol.com'],
    ['imap.fastmail.com', 'smtp.messagingengine.com'],
  ])('%s and %s', (a, b) => {
    expect(sameServer(a, b)).toBe(true);
    expect(sameServer(b, a)).toBe(true);
  });

  test.each([
    ['mail.example.org', 'mail.example.com'],
    ['a.co.uk', 'b.co.uk'],
    ['one.github.io', 'other.github.io'],
    ['one.dyndns.org', 'other.dyndns.org'],
    ['127.0.0.1', '127.0.0.2'],
    ['10.0.0.2', '11.0.0.2'],
    ['mail', 'smtp'],
    ['localhost', '127.0.0.1'],
    ['::1', '::2'],
    ['imap.gmail.com', 'gmail.com.example.org'],
    ['notgmail.com', 'gmail.com'],
    ['mail.test', 'lab.test'],
  ])('not %s and %s', (a, b) => {
    expect(sameServer(a, b)).toBe(false);
    expect(sameServer(b, a)).toBe(false);
  });

  test('it is an equivalence, whatever is typed', () => {
    const label = fc.constantFrom(
      'mail',
      'a',
      'co',
      'uk',
      'gmail',
      'com',
      'github',
      'io',
      'web',
      'de',
      'test',
      '127',
      '0',
    );
    const host = fc.oneof(
      fc.array(label, { maxLength: 4 }).map((labels) => labels.join('.')),
      fc.domain(),
      fc.ipV4(),
      fc.ipV6(),
      fc.string(),
    );
    fc.assert(
      fc.property(host, host, host, (a, b, c) => {
        expect(sameServer(a, a)).toBe(hostName(a) !== '');
        expect(sameServer(a, b)).toBe(sameServer(b, a));
        if (sameServer(a, b) && sameServer(b, c)) expect(sameServer(a, c)).toBe(true);
      }),
      { numRuns },
    );
  });
});

test('this computer has many names', () => {
  for (const host of [
    'localhost',
    'LOCALHOST.',
    'dav.localhost',
    '127.0.0.1',
    '127.8.9.10',
    '::1',
    '[::1]',
  ]) {
    expect(isLoopback(host), host).toBe(true);
  }
  for (const host of ['', '128.0.0.1', '127.example.org', 'localhost.example.org', '::2']) {
    expect(isLoopback(host), host).toBe(false);
  }
});
