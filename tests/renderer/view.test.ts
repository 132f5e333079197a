import { describe, expect, test } from 'vitest';
import { commonReason } from '../../renderer/view/common-reason.ts';
import { explainOnPage } from '../../shared/messages/explain-on-page.ts';
import { counted, sectionsOf } from '../../renderer/view/place-groups.ts';
import { placeState, reasonOf } from '../../renderer/view/place-state.ts';
import { readiness } from '../../renderer/view/readiness.ts';
import { resultView, worksAgain } from '../../renderer/view/result-view.ts';
import { ticketText } from '../../renderer/view/ticket.ts';
import { shortened } from '../../renderer/view/words.ts';
import type { OutcomeRow, ReportView } from '../../shared/contract.ts';
import { guideSteps } from '../../shared/messages/guide-steps.ts';
import { LANGUAGES, messagesFor } from '../../shared/messages/index.ts';
import { PROBLEM_KINDS, problem } from '../../shared/problem.ts';
import { examplePlan, placeRow } from '../doubles/rekey-rows.ts';

const { rows } = examplePlan();
const row = (id: string) => rows.find((each) => each.id === id) ?? placeRow(id);

describe('places', () => {
  test('stand in the section that says what can be done about them', () => {
    const { holding, missing, beyond } = sectionsOf(rows);
    expect(holding.map(({ program }) => program)).toEqual([
      'Thunderbird',
      'Evolution',
      'mbsync',
      'msmtp',
      'git',
    ]);
    expect(missing.map(({ program }) => program)).toEqual(['netrc']);
    expect(beyond.map(({ program }) => program)).toEqual(['NeoMutt', 'Chromium', 'Firefox']);
  });

  test('are counted without the doubtful, the missing and those that sign in otherwise', () => {
    expect(counted(rows)).toEqual({ certain: 5, maybe: 1 });
  });

  test.each([
    ['mbsync-1', true, 'change', 'filled'],
    ['mbsync-1', false, 'left', 'hollow'],
    ['thunderbird-1', true, 'close', 'half'],
    ['thunderbird-1', false, 'left', 'hollow'],
    ['thunderbird-3', true, 'primary', 'alert'],
    ['netrc-1', true, 'add', 'add'],
    ['evolution-1', false, 'oauth', 'hollow'],
    ['mutt-1', false, 'cannot', 'hollow'],
  ])('%s, ticked %s: %s', (id, ticked, word, shape) => {
    expect(placeState(row(id), ticked)).toMatchObject({ word, shape });
  });

  test('a place behind a missing keyring says so, though it cannot be ticked', () => {
    const missing = placeRow('1', { tickable: false, ticked: false, reason: { kind: 'keyring-missing' } });
    expect(placeState(missing, false)).toMatchObject({ word: 'session', shape: 'alert' });
  });

  test('a tick answers the question whether to add', () => {
    expect(reasonOf(row('netrc-1'), false)?.kind).toBe('missing-not-added');
    expect(reasonOf(row('netrc-1'), true)).toBeUndefined();
  });

  test('a reason of several rows is said once', () => {
    const running = problem('client-running', 'Thunderbird');
    expect(commonReason([running, undefined, { ...running }])).toEqual(running);
    expect(commonReason([running, problem('client-running', 'Evolution')])).toBeUndefined();
    expect(commonReason([undefined, undefined])).toBeUndefined();
  });

  test('the button counts what can be written now; the rest goes along', () => {
    expect(readiness({ ticks: {} }, examplePlan())).toEqual({
      steps: ['thunderbird-1', 'thunderbird-2', 'thunderbird-3', 'mbsync-1', 'msmtp-1'],
      ready: 3,
      waitsFor: ['Thunderbird'],
      locks: ['~/.thunderbird/77yt0pl1.travel'],
    });
  });

  test('no primary password is asked for where the row is not ticked', () => {
    expect(readiness({ ticks: { 'thunderbird-3': false } }, examplePlan()).locks).toEqual([]);
  });
});

describe('results', () => {
  const outcome = (id: string, own: Partial<OutcomeRow> = {}): OutcomeRow => ({
    row: row(id),
    outcome: 'written',
    verified: true,
    ...own,
  });
  const check = (protocol: 'imap' | 'smtp', accepted = true) => ({
    endpoint: { protocol, host: `${protocol}.contoso.com`, port: 993, login: 'alex' },
    accepted,
    ms: 10,
  });
  const report = (own: Partial<ReportView>): ReportView => ({
    command: 'apply',
    checks: [check('imap'), check('smtp')],
    outcomes: [],
    warnings: [],
    triesLeft: 3,
    ...own,
  });
  const works = (own: Partial<ReportView>) => {
    const whole = report(own);
    return worksAgain(whole, resultView(whole, []).changed);
  };

  test('only what was accepted and is stored works again', () => {
    const both = [outcome('mbsync-1'), outcome('msmtp-1')];
    expect(works({ outcomes: both })).toEqual({ what: 'both', programs: ['mbsync', 'msmtp'] });
    expect(works({ outcomes: [outcome('mbsync-1')] })).toEqual({ what: 'reading', programs: ['mbsync'] });
    expect(works({ outcomes: both, checks: [check('imap'), check('smtp', false)] })).toEqual({
      what: 'reading',
      programs: ['mbsync'],
    });
    expect(works({ outcomes: [outcome('git-1')] })).toEqual({ what: 'other', programs: ['git'] });
    expect(works({ outcomes: [outcome('mbsync-1', { outcome: 'deferred' })] })).toBeUndefined();
  });

  test('an undo puts a place back, or says why it left it', () => {
    const done = report({ run: 'r1', outcomes: [outcome('mbsync-1'), outcome('msmtp-1')] });
    const undo = report({
      command: 'undo',
      run: 'r1',
      outcomes: [outcome('mbsync-1'), outcome('msmtp-1', { outcome: 'changed', reason: problem('changed') })],
    });
    const view = resultView(done, [undo]);
    expect(view.restored.map((line) => line.row.id)).toEqual(['mbsync-1']);
    expect(view.notDone).toMatchObject([{ word: 'changed', reason: { kind: 'changed' } }]);
    expect(view.undoable).toEqual([]);
    expect(resultView(done, [{ ...undo, run: 'r0' }]).restored).toEqual([]);
  });

  test('a place that cannot be read back is not called read back, nor undone', () => {
    const blind = outcome('mbsync-1', { verified: false, row: { ...row('mbsync-1'), verifiable: false } });
    const view = resultView(report({ outcomes: [blind] }), []);
    expect(view.changed).toMatchObject([{ word: 'unverified' }]);
    expect(view.undoable).toEqual([]);
    const { verified: _, ...unsaid } = blind;
    expect(resultView(report({ outcomes: [unsaid] }), []).undoable).toEqual([]);
  });

  test('what is left to do by hand has its steps, and stands in the ticket', () => {
    const told = outcome('firefox-1', { outcome: 'manual', reason: problem('by-hand') });
    const whole = report({ outcomes: [outcome('mbsync-1'), told] });
    expect(resultView(whole, []).manual).toMatchObject([{ row: { guide: 'firefox' } }]);
    for (const messages of LANGUAGES) {
      const steps = guideSteps(messages, 'firefox', told.row);
      expect(steps[1]).toContain('webmail.contoso.com');
      expect(steps.join()).not.toMatch(/[{}]/);
      expect(ticketText(messages, whole, [])).toContain(
        'Firefox, webmail.contoso.com, profile default-release',
      );
    }
  });

  test('the ticket names servers, places and reasons, and no path', () => {
    const text = ticketText(
      messagesFor('en'),
      report({
        account: 'alex@contoso.com',
        run: 'run-7',
        outcomes: [
          outcome('mbsync-1'),
          outcome('thunderbird-1', {
            outcome: 'deferred',
            reason: problem('client-running', 'Thunderbird'),
          }),
        ],
      }),
      [],
    );
    expect(text).toContain('Server imap.contoso.com:993 (reading): accepted');
    expect(text).toContain('mbsync, account work: changed, read back');
    expect(text).toContain('waits (Thunderbird is open and would overwrite the change.)');
    expect(text).not.toContain('/home');
  });
});

test.each([
  ['/home/alex/.netrc', '/home/alex/.netrc'],
  ['/home/alex/.config/deep/deeper/deepest/end.ini', '/home/alex/…/deepest/end.ini'],
  ['C:\\Users\\alex\\AppData\\Roaming\\Profiles\\a.json', 'C:\\Users\\alex\\…\\Profiles\\a.json'],
  ['keyring item with a very long label of its own', 'keyring item …g label of its own'],
])('%s is shortened in its middle', (text, short) => {
  expect(shortened(text, 32)).toBe(short);
});

describe.each(LANGUAGES.map((messages) => [messages.language, messages] as const))(
  'the page in %s',
  (_, messages) => {
    test.each(['before', 'after'] as const)('never sends anybody to the command line (%s)', (when) => {
      const said = PROBLEM_KINDS.filter((kind) => !COMMAND_LINE_ONLY.has(kind)).map((kind) => {
        const { sentence, next } = explainOnPage(messages, problem(kind), when);
        return `${kind}: ${sentence} ${next ?? ''}`;
      });
      expect(said.filter((text) => /rekey [a-z]|--/.test(text))).toEqual([]);
    });
  },
);

/** What only a command line can get wrong. */
const COMMAND_LINE_ONLY: ReadonlySet<string> = new Set(['manifest-invalid', 'no-terminal']);
