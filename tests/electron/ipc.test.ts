import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calls } from '../../electron/app/calls.ts';
import { CALLS, type CallName, type ProgressEvent } from '../../shared/contract.ts';
import { fail, ok } from '../../shared/problem.ts';
import { openInbox, STRANGERS } from '../doubles/inbox.ts';

const NAMES = Object.keys(CALLS).filter((name): name is CallName => name in CALLS);
const NUMBER_OF_RUNS = Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000);
const PASSWORD = 'correct horse';

/** One good request per call. */
const GOOD: Readonly<Record<CallName, Readonly<Record<string, unknown>>>> = {
  scan: {},
  plan: { account: 'alex@example.org', login: 'alex' },
  recheck: { planId: 'plan-1' },
  apply: {
    id: 'run-1',
    planId: 'plan-1',
    steps: ['msmtp-000000000000'],
    password: PASSWORD,
    oldPassword: 'older horse',
    unlocks: { '/home/alex/profile': 'primary' },
  },
  removeOld: {
    id: 'run-1',
    planId: 'plan-1',
    steps: ['thunderbird-000000000000'],
    unlocks: { '/home/alex/profile': 'primary' },
  },
  cancel: { id: 'run-1' },
  undo: { run: 'run-1', only: [] },
  history: {},
  forget: { run: 'run-1' },
  recover: { direction: 'forward' },
  current: {},
  saveReport: { format: 'html' },
};

const OPTIONAL = ['login', 'oldPassword', 'language'];

/** An app that only counts what reached it. */
function countingCalls(): { readonly calls: Calls; readonly reached: CallName[] } {
  const reached: CallName[] = [];
  const refuse = (name: CallName) => async () => {
    reached.push(name);
    return fail('run-unknown');
  };
  const calls: Calls = {
    scan: refuse('scan'),
    plan: refuse('plan'),
    recheck: refuse('recheck'),
    apply: refuse('apply'),
    removeOld: refuse('removeOld'),
    cancel: refuse('cancel'),
    undo: refuse('undo'),
    history: refuse('history'),
    forget: refuse('forget'),
    recover: refuse('recover'),
    current: refuse('current'),
    saveReport: refuse('saveReport'),
  };
  return { calls, reached };
}

const notAnObject = fc.constantFrom<unknown>(
  undefined,
  null,
  true,
  7,
  'text',
  [],
  [{}],
  Symbol.iterator,
  () => 1,
);
const notText = fc.constantFrom<unknown>(
  null,
  false,
  0,
  NaN,
  1n,
  {},
  [],
  ['x'],
  'x'.repeat(5000),
  new Date(0),
);
const notAList = fc.constantFrom<unknown>(null, 'text', 1, {}, [1], [null], Array(501).fill('x'), [
  'x'.repeat(5000),
]);
const notARecord = fc.constantFrom<unknown>(null, 'text', 1, [], { '/profile': 1 }, { '/profile': null });

/** Something that this field can never be. */
function wrongFor(field: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(field)) return notAList;
  return typeof field === 'string' ? notText : notARecord;
}

/**
 * A good request with one field wrong or gone, a second argument, or no request at all. Written by hand, so that it
 * judges the schemas too; `tests/fuzz/` takes its messages from them.
 */
function badArguments(name: CallName): fc.Arbitrary<readonly unknown[]> {
  const good = GOOD[name];
  const fields = Object.keys(good);
  const needed = fields.filter((field) => !OPTIONAL.includes(field));
  const spoilt = fields.map((field) => wrongFor(good[field]).map((wrong) => [{ ...good, [field]: wrong }]));
  const lacking = needed.map((field) => fc.constant([{ ...good, [field]: undefined }]));
  const shapeless = notAnObject.map((wrong) => [wrong]);
  const crowded = fc.anything().map((more) => [good, more]);
  return fc.oneof(...spoilt, ...lacking, shapeless, crowded, fc.constant([]));
}

const badMessage = fc
  .constantFrom(...NAMES)
  .chain((name) => badArguments(name).map((args) => ({ name, args })));

describe('answerCalls', () => {
  test('every call of the contract is answered, and a good one reaches the app', async () => {
    for (const name of NAMES) {
      const { calls, reached } = countingCalls();
      expect(await openInbox(calls).call(name, GOOD[name])).toEqual(fail('run-unknown'));
      expect(reached).toEqual([name]);
    }
  });

  test('a bad message is answered with a value and reaches nothing', async () => {
    const { calls, reached } = countingCalls();
    const { call } = openInbox(calls);
    const answered = fc.asyncProperty(badMessage, async ({ name, args }) => {
      expect(await call(name, ...args)).toEqual(fail('internal', name, 'request'));
      expect(reached).toEqual([]);
    });
    await fc.assert(answered, { numRuns: NUMBER_OF_RUNS });
  });

  test('an answer never repeats what was sent', async () => {
    const { call } = openInbox(countingCalls().calls);
    const request = { ...GOOD.apply, steps: PASSWORD, [PASSWORD]: PASSWORD };
    expect(JSON.stringify(await call('apply', request))).not.toContain(PASSWORD);
  });

  test('what the contract does not name does not reach the app', async () => {
    const requests: unknown[] = [];
    const calls: Calls = {
      ...countingCalls().calls,
      cancel: async (request) => {
        requests.push(request);
        return ok({});
      },
    };
    const request: unknown = JSON.parse('{ "id": "run-1", "more": 1, "__proto__": { "password": "x" } }');
    expect(await openInbox(calls).call('cancel', request)).toEqual(ok({}));
    expect(requests).toEqual([{ id: 'run-1' }]);
  });

  test.each(STRANGERS)('a call from %s reaches nothing', async (_name, from) => {
    const { calls, reached } = countingCalls();
    const { page, callFrom } = openInbox(calls);
    for (const name of NAMES) {
      expect(await callFrom(...from(page), name, GOOD[name])).toEqual(fail('internal', name, 'sender'));
    }
    expect(reached).toEqual([]);
  });

  test('a bug is a value that names the call, without the words of the error', async () => {
    const bug = async (): Promise<never> => {
      throw new RangeError(PASSWORD);
    };
    const { call } = openInbox({ ...countingCalls().calls, apply: bug });
    expect(await call('apply', GOOD.apply)).toEqual(fail('internal', 'apply', 'RangeError'));
  });

  test('a reply outside the contract does not leave', async () => {
    const leaky = async () => ok({ runs: [{ id: 'run-1', password: PASSWORD }] }) as never;
    const { call } = openInbox({ ...countingCalls().calls, history: leaky });
    expect(await call('history', {})).toEqual(fail('internal', 'history', 'reply'));
  });

  test('a reply is cut down to the contract', async () => {
    const chatty = async () => ok({ runs: [], password: PASSWORD });
    const { call } = openInbox({ ...countingCalls().calls, history: chatty });
    expect(await call('history', {})).toEqual(ok({ runs: [] }));
  });

  test('progress reaches the page while there is one, cut down to the contract', async () => {
    const fact: ProgressEvent = { id: 'run-1', fact: { kind: 'writing', step: 'msmtp-000000000000' } };
    const calls: Calls = {
      ...countingCalls().calls,
      cancel: async (_request, { report }) => {
        report(Object.assign({ password: PASSWORD }, fact));
        report({ ...fact, id: 'x'.repeat(5000) });
        return ok({});
      },
    };
    const { page, call } = openInbox(calls);
    await call('cancel', GOOD.cancel);
    page.destroyed = true;
    await call('cancel', GOOD.cancel);
    expect(page.sent).toEqual([['progress', fact]]);
  });
});
