import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mailspringLogins } from '../../electron/formats/mailspring-accounts.ts';

const numRuns = Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000);

const settings = fc.record(
  {
    imap_host: fc.oneof({ weight: 9, arbitrary: fc.constant('imap.example.org') }, fc.jsonValue()),
    imap_username: fc.constant('alex'),
    imap_port: fc.oneof(fc.constant('993'), fc.integer(), fc.jsonValue()),
    imap_security: fc.oneof(fc.constantFrom('STARTTLS', '__proto__', 'constructor'), fc.jsonValue()),
  },
  { requiredKeys: [] },
);

const account = fc.record(
  {
    provider: fc.jsonValue(),
    emailAddress: fc.jsonValue(),
    label: fc.jsonValue(),
    settings: fc.oneof(settings, fc.jsonValue()),
  },
  { requiredKeys: [] },
);

const file = fc.oneof(
  fc.array(fc.oneof(account, fc.jsonValue())).map((accounts) => JSON.stringify({ '*': { accounts } })),
  fc.json(),
  fc.string(),
);

test('whatever the file says gives logins that are whole, or none, and never an exception', () => {
  const check = (text: string): void => {
    const found = mailspringLogins(Buffer.from(text));
    if (!found.ok) expect(found.problem.kind).toBe('unsupported');
    for (const { login, host, port, tls } of found.ok ? found.value : []) {
      expect([login, host].every((each) => typeof each === 'string' && each !== '')).toBe(true);
      expect(port === undefined || (Number.isInteger(port) && port > 0)).toBe(true);
      expect([undefined, 'implicit', 'starttls', 'none']).toContain(tls);
    }
  };
  fc.assert(fc.property(file, check), { numRuns });
});
