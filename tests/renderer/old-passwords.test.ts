import { describe, expect, test } from 'vitest';
import type { OutcomeRow, PlaceRow, ReportView } from '../../shared/contract.ts';
import { placeState } from '../../renderer/view/place-state.ts';
import { sectionsOf } from '../../renderer/view/place-groups.ts';
import { oldPasswords, wayBack, type OldLine } from '../../renderer/view/old-passwords.ts';
import { waysOf } from '../../renderer/view/sign-in-ways.ts';
import { BEGINNING, type Wizard } from '../../renderer/wizard-state.ts';
import { examplePlan, placeRow, tokenPlan } from '../doubles/rekey-rows.ts';

const { rows } = tokenPlan();
const rowOf = (id: string): PlaceRow => rows.find((row) => row.id === id) ?? placeRow(id);
const [MAIN, COPY, SENDING, LOCKED] = [
  rowOf('thunderbird-token'),
  rowOf('thunderbird-backup'),
  rowOf('thunderbird-sending'),
  rowOf('thunderbird-travel'),
];

const report = (
  run: string,
  outcomes: readonly OutcomeRow[],
  command: ReportView['command'] = 'remove',
): ReportView => ({
  command,
  run,
  checks: [],
  outcomes: [...outcomes],
  warnings: [],
  triesLeft: 3,
});
const written = (row: PlaceRow): OutcomeRow => ({ row, outcome: 'written', verified: true });
const after = (own: Partial<Wizard>): Wizard => ({ ...BEGINNING, ...own });
const words = (lines: readonly OldLine[]) => Object.fromEntries(lines.map(({ row, word }) => [row.id, word]));
const lineOf = (lines: readonly OldLine[], row: PlaceRow): OldLine => {
  const line = lines.find((each) => each.row.id === row.id);
  if (!line) throw new Error(row.id);
  return line;
};

describe('an old password', () => {
  test('is there, or may be there behind a primary password; each before its copy, reading before sending', () => {
    const lines = oldPasswords(BEGINNING, { rows });
    expect(lines.map(({ row, word, removable }) => [row.id, word, removable])).toEqual([
      [LOCKED.id, 'locked', true],
      [MAIN.id, 'there', true],
      [COPY.id, 'there', true],
      [SENDING.id, 'there', true],
    ]);
  });

  test('waits for a program to close and for a keyring, and not for what the page can ask', () => {
    const open = { ...MAIN, preconditions: [{ kind: 'client-running' as const, subject: 'Thunderbird' }] };
    const shut = { ...SENDING, preconditions: [{ kind: 'keyring-locked' as const, subject: 'Login' }] };
    const lines = oldPasswords(BEGINNING, { rows: [open, shut] });
    expect(lines).toMatchObject([
      { word: 'close', subject: 'Thunderbird', removable: false },
      { word: 'keyring', removable: false },
    ]);
  });

  test('that cannot be removed says why', () => {
    const shut = { ...MAIN, reason: { kind: 'read-only' as const, subject: MAIN.where } };
    expect(oldPasswords(BEGINNING, { rows: [shut] })).toMatchObject([
      { word: 'cannot', reason: { kind: 'read-only' }, removable: false },
    ]);
  });

  test('is at work while its run goes on', () => {
    const run = { id: 'r', steps: [MAIN.id], logins: [], places: {}, cancelling: false };
    expect(words(oldPasswords(after({ run }), { rows }))).toMatchObject({
      [MAIN.id]: 'removing',
      [SENDING.id]: 'there',
    });
  });

  test('that is gone keeps its line and its place, and comes back with its undo', () => {
    const left = rows
      .filter(({ id }) => id !== COPY.id)
      .map((row) => (row.id === MAIN.id ? { ...row, effect: 'write' as const } : row));
    const removed = [report('run-1', [written(MAIN), written(COPY)])];
    const lines = oldPasswords(after({ removed }), { rows: left });
    expect(lines.map(({ row }) => row.id)).toEqual(
      oldPasswords(BEGINNING, { rows }).map(({ row }) => row.id),
    );
    expect(words(lines)).toMatchObject({ [MAIN.id]: 'removed', [COPY.id]: 'removed', [SENDING.id]: 'there' });
    const undone = [report('run-1', [written(MAIN)], 'undo')];
    expect(words(oldPasswords(after({ removed, undone }), { rows }))).toMatchObject({
      [MAIN.id]: 'there',
      [COPY.id]: 'removed',
    });
  });

  test('an undo that had to wait says so, and the password stays removed', () => {
    const removed = [report('run-1', [written(MAIN)])];
    const reason = { kind: 'client-running' as const, subject: 'Thunderbird' };
    const undone = [report('run-1', [{ row: MAIN, outcome: 'deferred', reason }], 'undo')];
    const lines = oldPasswords(after({ removed, undone }), { rows: [] });
    expect(lines).toMatchObject([{ word: 'removed', reason, run: 'run-1' }]);
  });

  test('a wrong primary password is told, and can be tried again', () => {
    const reason = { kind: 'primary-password-wrong' as const, subject: 'travel' };
    const removed = [report('run-1', [{ row: LOCKED, outcome: 'deferred', reason }])];
    const line = lineOf(oldPasswords(after({ removed }), { rows }), LOCKED);
    expect(line).toMatchObject({ word: 'locked', reason, removable: true });
  });

  test('what held none, and what failed', () => {
    const removed = [
      report('run-1', [
        { row: LOCKED, outcome: 'unchanged' },
        { row: MAIN, outcome: 'failed', reason: { kind: 'disk-full' } },
      ]),
    ];
    const left = rows.filter(({ id }) => id !== LOCKED.id);
    const lines = oldPasswords(after({ removed }), { rows: left });
    expect(words(lines)).toMatchObject({ [LOCKED.id]: 'gone', [MAIN.id]: 'failed' });
    expect(lineOf(lines, MAIN)).toMatchObject({ removable: true, reason: { kind: 'disk-full' } });
  });
});

describe('the way back', () => {
  const both = after({
    removed: [report('run-1', [written(MAIN), written(COPY)]), report('run-2', [written(SENDING)])],
  });
  const lines = oldPasswords(both, { rows: [] });

  test('of a later removal is that one alone', () => {
    expect(wayBack(both, lines, [lineOf(lines, SENDING)])).toEqual({
      runs: [{ run: 'run-2', rows: [SENDING.id] }],
      count: 1,
    });
  });

  test('of an earlier one from the same file takes the later with it, the later first', () => {
    expect(wayBack(both, lines, [lineOf(lines, MAIN)])).toEqual({
      runs: [
        { run: 'run-2', rows: [SENDING.id] },
        { run: 'run-1', rows: [MAIN.id] },
      ],
      count: 2,
    });
  });

  test('of another file touches that one only', () => {
    expect(wayBack(both, lines, [lineOf(lines, COPY)])).toEqual({
      runs: [{ run: 'run-1', rows: [COPY.id] }],
      count: 1,
    });
  });

  test('of all is every run, the latest first', () => {
    expect(wayBack(both, lines, lines).runs.map(({ run }) => run)).toEqual(['run-2', 'run-1']);
  });
});

describe('beside the places of an account that also has passwords', () => {
  test('a token that leaves an old password says so, and the copy stands with the old passwords only', () => {
    const plan = { rows: [...examplePlan().rows, MAIN, COPY] };
    const holding = sectionsOf(plan.rows).holding.flatMap((group) => group.rows);
    expect(holding.map(({ id }) => id)).toContain(MAIN.id);
    expect(holding.map(({ id }) => id)).not.toContain(COPY.id);
    expect(placeState(MAIN, false).word).toBe('oauthOld');
    expect(placeState({ ...MAIN, effect: 'write' }, false).word).toBe('oauth');
  });
});

test('each program has one way: whether it asks by itself, and what to click', () => {
  expect(waysOf(rows)).toMatchObject([
    { program: 'Thunderbird', asks: 'yes', advice: 'thunderbird', logins: ['alex@contoso.onmicrosoft.com'] },
    { program: 'Evolution', asks: 'yes', advice: 'evolution' },
    { program: 'mbsync', asks: 'no', advice: 'command' },
  ]);
  const passwords = ['Thunderbird', 'msmtp', 'Claws Mail'].map((program) => placeRow(program, { program }));
  expect(waysOf(passwords).map(({ program, asks, advice }) => [program, asks, advice])).toEqual([
    ['Thunderbird', 'switch', 'switchThunderbird'],
    ['Claws Mail', 'switch', 'switchOther'],
    ['msmtp', 'switch', 'switchCommand'],
  ]);
  const others = ['KMail', 'Geary', 'GNOME Online Accounts', 'Unheard Of'].map((program) =>
    placeRow(program, { program, state: 'oauth' }),
  );
  expect(Object.fromEntries(waysOf(others).map(({ program, advice }) => [program, advice]))).toEqual({
    KMail: 'kmail',
    Geary: 'geary',
    'GNOME Online Accounts': 'onlineAccounts',
    'Unheard Of': 'other',
  });
});
