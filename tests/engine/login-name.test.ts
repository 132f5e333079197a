import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loginName, mayBeSamePerson, sameCredential } from '../../electron/engine/login-name.ts';

const numRuns = Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000);

const part = fc.stringMatching(/^[a-z0-9._-]{1,12}$/);
const name = fc.record({ user: part, suffix: part, domain: part, mailbox: part }, { requiredKeys: ['user'] });

describe('loginName', () => {
  test.each([
    ['alice', { user: 'alice' }],
    [' Alice@Example.ORG ', { user: 'alice', suffix: 'example.org' }],
    ['LAB\\alice', { domain: 'lab', user: 'alice' }],
    ['LAB/alice', { domain: 'lab', user: 'alice' }],
    ['LAB\\alice\\info', { domain: 'lab', user: 'alice', mailbox: 'info' }],
    ['LAB/alice/info', { domain: 'lab', user: 'alice', mailbox: 'info' }],
    ['alice@corp.local\\info', { user: 'alice', suffix: 'corp.local', mailbox: 'info' }],
    ['alice@corp.local/info', { user: 'alice', suffix: 'corp.local', mailbox: 'info' }],
    ['"a@b"@example.org', { user: '"a@b"', suffix: 'example.org' }],
    ['@alice', { user: '@alice' }],
    ['alice@', { user: 'alice@' }],
    ['\\alice', { user: '\\alice' }],
    ['a/b/c/d', { user: 'a/b/c/d' }],
    ['', { user: '' }],
  ])('%j', (text, expected) => expect(loginName(text)).toEqual(expected));

  test('composed and decomposed letters are one name', () => {
    expect(loginName('Ju\u0308rgen')).toEqual(loginName('jürgen'));
  });

  test('every spelling is taken apart into what it was made of', () => {
    const named = name.filter(
      ({ mailbox, domain, suffix }) => mailbox === undefined || (domain ?? suffix) !== undefined,
    );
    fc.assert(
      fc.property(named, fc.constantFrom('\\', '/'), ({ user, suffix, domain, mailbox }, slash) => {
        const account = suffix === undefined ? user : `${user}@${suffix}`;
        const text = [domain, account, mailbox].filter((each) => each !== undefined).join(slash);
        expect({ ...loginName(text) }).toEqual({
          user,
          ...(suffix && { suffix }),
          ...(domain && { domain }),
          ...(mailbox && { mailbox }),
        });
      }),
      { numRuns },
    );
  });

  test('case, outer blanks and Unicode form never matter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(loginName(`  ${text.normalize('NFD')} `)).toEqual(loginName(text));
      }),
      { numRuns },
    );
  });
});

describe('comparing', () => {
  test('another mailbox is the same credential', () => {
    expect(sameCredential(loginName('LAB\\alice\\info'), loginName('lab/alice'))).toBe(true);
  });

  test('a part that is missing or different makes another credential', () => {
    for (const other of ['alice', 'LAB\\alice', 'alice@example.com', 'bob@example.org', '']) {
      expect(sameCredential(loginName(other), loginName('alice@example.org'))).toBe(false);
    }
    expect(sameCredential(loginName(''), loginName(''))).toBe(false);
  });

  test('only spellings that do not contradict each other may be one person', () => {
    const alice = loginName('alice@example.org');
    expect(mayBeSamePerson(loginName('alice'), alice)).toBe(true);
    expect(mayBeSamePerson(loginName('LAB\\alice'), alice)).toBe(true);
    expect(mayBeSamePerson(loginName('alice@example.com'), alice)).toBe(false);
    expect(mayBeSamePerson(loginName('LAB\\alice'), loginName('CORP\\alice'))).toBe(false);
    expect(mayBeSamePerson(loginName('bob'), alice)).toBe(false);
  });

  test('both relations are symmetric', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(sameCredential(a, b)).toBe(sameCredential(b, a));
        expect(mayBeSamePerson(a, b)).toBe(mayBeSamePerson(b, a));
      }),
      { numRuns },
    );
  });
});
