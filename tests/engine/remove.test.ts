import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { apply } from '../../electron/engine/apply.ts';
import { history } from '../../electron/engine/history.ts';
import { plan as planOf } from '../../electron/engine/plan.ts';
import { removal, remove } from '../../electron/engine/remove.ts';
import { scan } from '../../electron/engine/scan.ts';
import { STORES } from '../../electron/stores/index.ts';
import { undo } from '../../electron/engine/undo.ts';
import type { Engine } from '../../electron/engine/verbs.ts';
import type { Entry, Report } from '../../shared/model.ts';
import { ALL_ACCEPTED, engineOn, quietRun, secret } from '../doubles/engine.ts';
import {
  ALICE,
  aliceHome,
  filesOf,
  leftoversOf,
  planFor,
  PRIMARY,
  PROFILE,
  removedFiles,
  removeOn,
} from './leftovers.ts';

const told = ({ outcomes }: Report) => outcomes.map(({ outcome, state }) => [outcome, state]);
const gone = ['written', 'missing'];

/** The engine while Thunderbird holds its profile. */
const running = (engine: Engine): Engine => ({
  ...engine,
  system: { ...engine.system, machine: { ...engine.system.machine, lockHolder: () => 4711 } },
});

const thrice = <T>(value: T): readonly T[] => [value, value, value];

test('the plan offers each old password and its copy, unticked, and never a token', async () => {
  using home = aliceHome();
  const plan = await planFor(engineOn(home));
  expect(leftoversOf(plan).map(({ slot, where }) => [slot['origin'], where])).toEqual([
    ['imap://imap.example.org', home.path(`${PROFILE}/logins-backup.json`)],
    ['imap://imap.example.org', home.path(`${PROFILE}/logins.json`)],
    ['smtp://smtp.example.org', home.path(`${PROFILE}/logins.json`)],
  ]);
  for (const step of plan.steps) expect([step.ticked, step.state]).toEqual([false, 'oauth']);
});

test('removes them, reads back, leaves every other byte, and undo brings the exact bytes', async () => {
  using home = aliceHome();
  const before = filesOf(home);
  const engine = engineOn(home);
  const report = await removeOn(engine);
  expect(told(report)).toEqual([gone, gone, gone]);
  expect(report.outcomes.every(({ verified }) => verified)).toBe(true);
  expect(report.checks).toEqual([]);
  expect(filesOf(home)).toEqual(removedFiles());
  expect(history(engine)).toMatchObject([{ changes: 3, removes: true, undoable: true }]);
  expect(leftoversOf(await planFor(engine))).toEqual([]);

  const undone = await undo(engine, undefined, [], quietRun());
  expect(undone.ok && told(undone.value)).toEqual(thrice(['written', 'unknown']));
  expect(filesOf(home)).toEqual(before);
});

test('one at a time; the other one stays', async () => {
  using home = aliceHome();
  const engine = engineOn(home);
  const sending = leftoversOf(await planFor(engine)).at(-1);
  expect(told(await removeOn(engine, { ids: [sending?.id ?? ''] }))).toEqual([gone]);
  expect(leftoversOf(await planFor(engine))).toHaveLength(2);
  expect(filesOf(home)[1]).toContain('imap://imap.example.org');
});

test('what somebody took away meanwhile is not taken away twice', async () => {
  using home = aliceHome();
  const engine = engineOn(home);
  const plan = await planFor(engine);
  await removeOn(engine);
  const fresh = { ...plan, fingerprints: (await planFor(engine)).fingerprints };
  const all = removal(
    fresh,
    leftoversOf(plan).map(({ id }) => id),
  );
  if (!all.ok) throw new Error(all.problem.kind);
  const report = await remove(engine, all.value, new Map(), quietRun());
  expect(told(report)).toEqual(thrice(['unchanged', 'missing']));
  expect(report.run).toBeUndefined();
});

test('a place that changed since the plan is left alone', async () => {
  using home = aliceHome();
  const engine = engineOn(home);
  const plan = await planFor(engine);
  const all = removal(
    plan,
    leftoversOf(plan).map(({ id }) => id),
  );
  if (!all.ok) throw new Error(all.problem.kind);
  fs.appendFileSync(home.path(`${PROFILE}/logins.json`), '\n');
  const report = await remove(engine, all.value, new Map(), quietRun());
  const main = report.outcomes.filter(({ step }) => !step.entries[0]?.backup);
  expect(main.map(({ outcome, reason }) => [outcome, reason?.kind])).toEqual([
    ['changed', 'changed'],
    ['changed', 'changed'],
  ]);
  expect(told(report)).toContainEqual(gone);
});

test('waits while Thunderbird is open', async () => {
  using home = aliceHome();
  const before = filesOf(home);
  const report = await removeOn(running(engineOn(home)));
  expect(report.outcomes.map(({ outcome, reason }) => [outcome, reason?.kind])).toEqual(
    thrice(['deferred', 'client-running']),
  );
  expect(filesOf(home)).toEqual(before);
});

test('a cancel before the first write touches nothing', async () => {
  using home = aliceHome();
  const before = filesOf(home);
  const report = await removeOn(engineOn(home), { run: quietRun(AbortSignal.abort()) });
  expect(report.stopped?.kind).toBe('cancelled');
  expect(filesOf(home)).toEqual(before);
});

describe('behind a primary password', () => {
  test('what may be there is offered, and waits without the password or with a wrong one', async () => {
    using home = aliceHome(true);
    const before = filesOf(home);
    const engine = engineOn(home);
    for (const { preconditions } of leftoversOf(await planFor(engine)))
      expect(preconditions.map(({ kind }) => kind)).toEqual(['primary-password-needed']);
    const kinds = ({ outcomes }: Report) =>
      new Set(outcomes.map(({ outcome, reason }) => `${outcome} ${reason?.kind}`));
    expect(kinds(await removeOn(engine))).toEqual(new Set(['deferred primary-password-needed']));
    const wrong = await removeOn(engine, { primary: 'wrong' });
    expect(kinds(wrong)).toEqual(new Set(['deferred primary-password-wrong']));
    expect(filesOf(home)).toEqual(before);
  });

  test('is removed with it, and undone without', async () => {
    using home = aliceHome(true);
    const before = filesOf(home);
    const engine = engineOn(home);
    expect(told(await removeOn(engine, { primary: PRIMARY }))).toEqual([gone, gone, gone]);
    expect(filesOf(home).join('')).not.toMatch(/(imap|smtp):/);
    expect(filesOf(home).join('')).toContain('oauth://');
    expect((await undo(engine, undefined, [], quietRun())).ok).toBe(true);
    expect(filesOf(home)).toEqual(before);
  });
});

describe('no other way leads to them', () => {
  test('apply leaves them alone, and naming one is refused', async () => {
    using home = aliceHome();
    const before = filesOf(home);
    const engine = engineOn(home);
    const plan = await planFor(engine);
    const report = await apply(engine, plan, { password: secret('new') }, ALL_ACCEPTED, quietRun());
    expect(new Set(report.outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['skipped']));
    const only = leftoversOf(plan).map(({ id }) => id);
    expect(await planOf(engine, await scan(engine), { account: ALICE, only })).toMatchObject({
      problem: { kind: 'usage', subject: only[0], detail: 'leftover-only-removed' },
    });
    expect(filesOf(home)).toEqual(before);
  });

  test('removal takes nothing else, and needs a choice', async () => {
    using home = aliceHome();
    home.write('.netrc', `machine imap.example.org login ${ALICE} password still-used\n`);
    const plan = await planFor(engineOn(home));
    const inUse = plan.steps.find(({ effect }) => effect === 'write');
    expect(removal(plan, [inUse?.id ?? ''])).toMatchObject({ problem: { kind: 'usage' } });
    expect(removal(plan, ['thunderbird-000000000000'])).toMatchObject({ problem: { kind: 'usage' } });
    expect(removal(plan, [])).toMatchObject({ problem: { kind: 'usage' } });
  });

  test('nor is one that any other program still reads as a password', async () => {
    using home = aliceHome();
    const file = home.write('token-or-password', 'secret');
    const entry: Entry = {
      store: 'stub',
      client: 'Stub',
      place: { kind: 'file', path: file },
      slot: {},
      lens: 'whole',
      protocols: ['imap'],
      login: ALICE,
      host: 'imap.example.org',
      auth: 'oauth',
      leftover: true,
    };
    const engineWith = (...entries: readonly Entry[]): Engine => {
      const find = async function* () {
        yield* entries;
      };
      const stub = { id: 'stub', name: 'Stub', platforms: STORES[0]?.platforms ?? [], find };
      return { ...engineOn(home), stores: [stub] };
    };
    expect(leftoversOf(await planFor(engineWith(entry)))).toHaveLength(1);
    const { leftover: _, ...used } = { ...entry, protocols: ['dav' as const], auth: 'password' as const };
    expect(leftoversOf(await planFor(engineWith(entry, used)))).toEqual([]);
  });

  test('a login that another server still uses with a password is none', async () => {
    using home = aliceHome();
    const prefs = home.path(`${PROFILE}/prefs.js`);
    fs.appendFileSync(
      prefs,
      [
        'user_pref("mail.accountmanager.accounts", "account1,account2");',
        'user_pref("mail.account.account2.server", "server2");',
        'user_pref("mail.server.server2.type", "imap");',
        'user_pref("mail.server.server2.hostname", "imap.example.org");',
        `user_pref("mail.server.server2.userName", "${ALICE}");`,
        '',
      ].join('\n'),
    );
    const plan = await planFor(engineOn(home));
    expect(leftoversOf(plan).map(({ slot }) => slot['origin'])).toEqual(['smtp://smtp.example.org']);
    const used = plan.steps.filter(({ slot }) => slot['origin'] === 'imap://imap.example.org');
    expect(used.map(({ effect, ticked }) => [effect, ticked])).toEqual([
      ['write', true],
      ['write', true],
    ]);
  });
});
