import { describe, expect, test } from 'vitest';
import { LANGUAGES, messagesFor } from '../../shared/messages/index.ts';
import type { PlanView } from '../../shared/contract.ts';
import { formsIn, formsOf } from '../canary/forms.ts';
import { resultSchema } from '../cli/result.ts';
import { Killed, mortalDisk } from '../doubles/disks.ts';
import { engineOn, ScriptedLogin, type Scratch } from '../doubles/engine.ts';
import { snapshot } from '../doubles/snapshot.ts';
import { ALICE, aliceHome, filesOf, PRIMARY, PROFILE, removedFiles } from '../engine/leftovers.ts';
import { Window } from './window.ts';

/** The passwords that the fixture's Thunderbird still holds. */
const OLD = ['old secret'];
const NAME = 'rekey-2026-01-02.json';

const oldRows = ({ rows }: PlanView) => rows.filter(({ effect }) => effect === 'remove');

const requestFor = (plan: PlanView, unlocks: Readonly<Record<string, string>> = {}) => ({
  id: 'old-1',
  planId: plan.planId,
  steps: oldRows(plan).map(({ id }) => id),
  unlocks: { ...unlocks },
});

async function opened(home: Scratch, login = new ScriptedLogin()) {
  const window = new Window(engineOn(home, { login }));
  return { window, login, plan: await window.must('plan', { account: ALICE }) };
}

const thrice = <T>(value: T): readonly T[] => [value, value, value];

test('the page is told which rows hold old passwords, and the card counts no copies', async () => {
  using home = aliceHome();
  const { window, plan } = await opened(home);
  const told = oldRows(plan).map(({ program, backup, tickable, ticked }) => [
    program,
    backup,
    tickable,
    ticked,
  ]);
  expect(told).toEqual([
    ['Thunderbird', true, false, false],
    ['Thunderbird', undefined, false, false],
    ['Thunderbird', undefined, false, false],
  ]);
  const { accounts } = await window.must('scan', {});
  expect(accounts).toMatchObject([{ address: ALICE, places: 2, signsInWithTokens: true }]);
});

test('removes without a login, tells each row, is undone byte for byte, and says no password', async () => {
  using home = aliceHome();
  const before = filesOf(home);
  const { window, login, plan } = await opened(home);
  const report = await window.must('removeOld', requestFor(plan));
  expect(report).toMatchObject({ command: 'remove', account: ALICE, checks: [] });
  expect(report.outcomes.map(({ outcome, verified, row }) => [outcome, verified, row.state])).toEqual(
    thrice(['written', true, 'missing']),
  );
  expect(login.asked).toEqual([]);
  expect(filesOf(home)).toEqual(removedFiles());
  const finished = window.events.filter(({ fact }) => fact.kind === 'finished');
  expect(finished.map(({ id, fact }) => [id, fact.kind === 'finished' && fact.outcome])).toEqual(
    thrice(['old-1', 'written']),
  );
  expect(await window.must('current', {})).toMatchObject({ command: 'remove', running: false, report });
  const { runs } = await window.must('history', {});
  expect(runs).toMatchObject([{ id: report.run, changes: 3, removes: true, undoable: true }]);

  await window.must('undo', { run: report.run ?? '', only: [] });
  expect(filesOf(home)).toEqual(before);
  const said = [
    ...window.said.map((text) => Buffer.from(text)),
    ...[...snapshot(home.state)].map(([, { bytes }]) => bytes),
  ];
  expect(said.flatMap((bytes) => OLD.flatMap((old) => formsIn(bytes, formsOf(old))))).toEqual([]);
});

describe('the saved report', () => {
  test('is the object of the command line', async () => {
    using home = aliceHome();
    const { window, plan } = await opened(home);
    const { run } = await window.must('removeOld', requestFor(plan));
    await window.must('saveReport', { format: 'json' });
    const result = resultSchema.parse(JSON.parse(window.saved.get(NAME) ?? ''));
    expect(result).toMatchObject({ command: 'remove', run, changed: true, failed: false, exitCode: 0 });
    expect(result.summary).toBe('3 of 3 old passwords removed.');
    expect(result.targets.map(({ outcome, state }) => [outcome, state])).toEqual(
      thrice(['written', 'missing']),
    );
  });

  test.each(LANGUAGES.map(({ language }) => language))(
    'says "removed" in %s, and "put back" of the undo',
    async (language) => {
      using home = aliceHome();
      const { window, plan } = await opened(home);
      const { commandLine } = messagesFor(language);
      const { run } = await window.must('removeOld', requestFor(plan));
      const page = async (): Promise<string> => {
        await window.must('saveReport', { format: 'html', language });
        return window.saved.get(NAME.replace('json', 'html')) ?? '';
      };
      expect(await page()).toContain(`${commandLine.removed}<`);
      await window.must('undo', { run: run ?? '', only: [] });
      expect(await page()).toContain(commandLine.putBack);
    },
  );
});

test('a run needs a fresh plan, rows that are old passwords, and a choice', async () => {
  using home = aliceHome();
  home.write('.netrc', `machine imap.example.org login ${ALICE} password still-used\n`);
  const { window, plan } = await opened(home);
  const inUse = plan.rows.find(({ effect }) => effect === 'write');
  const request = requestFor(plan);
  expect(await window.refused('removeOld', { ...request, steps: [inUse?.id ?? ''] })).toBe('usage');
  expect(await window.refused('removeOld', { ...request, steps: [] })).toBe('usage');
  expect(await window.refused('removeOld', { ...request, planId: 'plan-x' })).toBe('changed');
  expect(await window.refused('apply', { ...request, password: 'new' })).toBe('usage');
  await window.must('removeOld', request);
  expect(await window.refused('removeOld', request)).toBe('changed');
  expect(oldRows(await window.must('recheck', { planId: plan.planId }))).toEqual([]);
});

test('a locked profile names what opens it, and its primary password is not kept', async () => {
  using home = aliceHome(true);
  const { window, plan } = await opened(home);
  const lock = `~/${PROFILE}`;
  expect(new Set(oldRows(plan).map(({ unlock }) => unlock))).toEqual(new Set([lock]));
  const waiting = await window.must('removeOld', requestFor(plan));
  expect(new Set(waiting.outcomes.map(({ reason }) => reason?.kind))).toEqual(
    new Set(['primary-password-needed']),
  );
  const report = await window.must('removeOld', requestFor(plan, { [lock]: PRIMARY }));
  expect(report.outcomes.map(({ outcome }) => outcome)).toEqual(thrice('written'));
  expect(window.said.join('\n')).not.toContain(PRIMARY);
});

test.each(['forward', 'back'] as const)(
  'a removal that was cut off is offered at the next start: %s',
  async (direction) => {
    using home = aliceHome();
    const before = filesOf(home);
    const { disk } = mortalDisk(34);
    const cut = new Window(engineOn(home, { disk }));
    const plan = await cut.must('plan', { account: ALICE });
    await expect(cut.calls.removeOld(requestFor(plan), { report: () => undefined })).rejects.toBeInstanceOf(
      Killed,
    );

    const window = new Window(engineOn(home));
    expect((await window.must('scan', {})).unfinished).toMatchObject([{ account: ALICE, removes: true }]);
    const { reports } = await window.must('recover', { direction });
    expect(reports[0]?.outcomes).toHaveLength(3);
    expect(filesOf(home)).toEqual(direction === 'forward' ? removedFiles() : before);
    await window.must('saveReport', { format: 'json' });
    const { summary } = resultSchema.parse(JSON.parse(window.saved.get(NAME) ?? ''));
    expect(summary).toBe(
      direction === 'forward'
        ? '3 of 3 old passwords removed.'
        : '3 of 3 places are as they were before the run.',
    );
  },
);
