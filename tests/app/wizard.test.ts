import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlanView, ReportView } from '../../shared/contract.ts';
import { scratch, type Scratch } from '../doubles/engine.ts';
import { accepted } from '../doubles/mail-clients.ts';
import { HOME_FILES, makeMailHome, PEOPLE } from '../doubles/mail-home.ts';
import { startMailServer, type MailServer } from '../doubles/mail-server.ts';
import { changedFiles, snapshot, writtenFiles, type Snapshot } from '../doubles/snapshot.ts';
import { applyRequest, engineWith, tally, Window } from './window.ts';

const { owner, colleague, tokenLogin } = PEOPLE;
const OWNER = owner.login;
const NEW = 'Reset at noon, 2026';
const WRONG = 'Not this one, 2026';

let server: MailServer;
let home: Scratch;
let window: Window;
let original: Snapshot;
beforeAll(async () => {
  server = await startMailServer({
    users: { [OWNER]: NEW, [colleague.login]: colleague.password },
  });
  home = scratch();
  makeMailHome(home.home, server);
  original = snapshot(home.home);
  window = new Window(engineWith(home, server));
});
afterAll(async () => {
  await window.calls.close();
  await server.stop();
  home[Symbol.dispose]();
});

// one story: each test goes on where the one before it ended
describe('the way through the window', () => {
  let plan: PlanView;
  let report: ReportView;

  test('begins with the accounts of this computer', async () => {
    const { accounts, running, unfinished, looked } = await window.must('scan', {});
    expect(
      accounts.map(({ address, places, signsInWithTokens }) => [address, places, signsInWithTokens]),
    ).toEqual([
      [OWNER, 9, false],
      [tokenLogin, 1, true],
      [colleague.login, 2, false],
    ]);
    expect(accounts[0]?.programs).toContain('Thunderbird');
    expect(accounts[0]?.programs).toContain('msmtp');
    expect([running, unfinished]).toEqual([[], []]);
    expect(looked).toContain('mbsync');
    expect(await window.must('current', {})).toEqual({ running: false, facts: [] });
  });

  test('shows the places of one account, and where the password will be tried', async () => {
    plan = await window.must('plan', { account: OWNER });
    expect(plan.rows).toHaveLength(10);
    expect(plan.rows.filter(({ ticked }) => ticked)).toHaveLength(9);
    const missing = plan.rows.find(({ ticked }) => !ticked);
    expect(missing).toMatchObject({ state: 'missing', effect: 'add', tickable: true });
    expect(missing?.reason?.kind).toBe('missing-not-added');
    const msmtp = plan.rows.find(({ program }) => program === 'msmtp');
    expect(msmtp).toMatchObject({ name: 'account work', where: '~/.msmtprc', protocols: ['smtp'] });
    expect(plan.endpoints.map(({ protocol, port }) => [protocol, port])).toContainEqual([
      'imap',
      server.imaps,
    ]);
    expect(writtenFiles(original, snapshot(home.home))).toEqual([]);
  });

  test('lets the server say no once, changes nothing, and says how many tries are left', async () => {
    report = await window.must('apply', applyRequest(plan, WRONG));
    expect(report.stopped?.kind).toBe('rejected');
    expect(report.triesLeft).toBe(2);
    expect(report.run).toBeUndefined();
    expect(report.checks).toHaveLength(1);
    expect(server.attempts(OWNER)).toEqual({ accepted: 0, rejected: 1 });
    expect(writtenFiles(original, snapshot(home.home))).toEqual([]);
  });

  test('takes the right password with the same plan, and every program is let in again', async () => {
    window.events.length = 0;
    report = await window.must('apply', applyRequest(plan, NEW));
    expect(report.stopped).toBeUndefined();
    expect(tally(report)).toEqual({ written: 9, skipped: 1 });
    const written = report.outcomes.filter(({ outcome }) => outcome === 'written');
    expect(written.every(({ verified, row }) => verified === true && row.state === 'current')).toBe(true);
    expect(await accepted(home.home, server, OWNER)).toEqual({ accepted: 9, stored: 9 });
  });

  test('told its progress under the id of the run, and that it ended', () => {
    const kinds = window.events.map(({ fact }) => fact.kind);
    expect(window.events.every(({ id }) => id === 'run-1')).toBe(true);
    expect(kinds.slice(0, 2)).toEqual(['checking', 'checked']);
    expect(kinds.filter((kind) => kind === 'writing')).toHaveLength(9);
    expect(kinds.filter((kind) => kind === 'finished')).toHaveLength(9);
    expect(kinds.at(-1)).toBe('ended');
  });

  test('is found again by a page that was loaded anew', async () => {
    const current = await window.must('current', {});
    expect(current).toMatchObject({ id: 'run-1', running: false });
    expect(current.report).toEqual(report);
    expect(current.plan).toEqual(plan);
    expect(current.facts).toEqual(window.events.map(({ fact }) => fact));
  });

  test('does not use the old plan again, until it was looked at anew', async () => {
    expect(await window.refused('apply', applyRequest(plan, NEW))).toBe('changed');
    const again = await window.must('recheck', { planId: plan.planId });
    expect({ planId: again.planId, account: again.account }).toEqual({ planId: plan.planId, account: OWNER });
    expect(await window.refused('apply', applyRequest(again, NEW))).toBe('already-stored');
    const anyway = { ...applyRequest(again, NEW), evenIfStored: true };
    expect(tally(await window.must('apply', anyway))).toEqual({ unchanged: 9, skipped: 1 });
  });

  test('lists the run for seven days', async () => {
    const { runs } = await window.must('history', {});
    expect(runs.map(({ id, account, undoable }) => ({ id, account, undoable }))).toEqual([
      { id: report.run, account: OWNER, undoable: true },
    ]);
    const [run] = runs;
    expect((run?.keptUntil ?? 0) - (run?.at ?? 0)).toBe(7 * 24 * 60 * 60 * 1000);
    expect(run?.places).toHaveLength(HOME_FILES.length + 1);
    expect(run?.changes).toBe(9);
  });

  test('takes one place back, and then the rest, to the byte', async () => {
    const one = report.outcomes.find(({ row }) => row.where === '~/.msmtprc')?.row.id ?? '';
    const run = report.run ?? '';
    const first = await window.must('undo', { run, only: [one] });
    expect(first).toMatchObject({ command: 'undo', run });
    expect(tally(first)).toEqual({ written: 1 });
    expect(changedFiles(original, snapshot(home.home))).not.toContain('.msmtprc');
    const rest = await window.must('undo', { run, only: [] });
    expect(tally(rest)).toMatchObject({ unchanged: 1 });
    expect(rest.triesLeft).toBe(2);
    expect(changedFiles(original, snapshot(home.home))).toEqual([]);
    expect(window.events.at(-1)).toEqual({ id: run, fact: { kind: 'ended' } });
  });

  test('deletes the undo data when it is told to', async () => {
    const run = report.run ?? '';
    await window.must('forget', { run });
    expect(await window.must('history', {})).toEqual({ runs: [] });
    expect(await window.refused('forget', { run })).toBe('run-unknown');
    expect(await window.refused('undo', { run, only: [] })).toBe('run-unknown');
  });
});
