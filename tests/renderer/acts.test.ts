import { describe, expect, test } from 'vitest';
import { actsOver, type Acts } from '../../renderer/acts.ts';
import { oldPasswords, wayBack } from '../../renderer/view/old-passwords.ts';
import { readiness } from '../../renderer/view/readiness.ts';
import type { Request } from '../../shared/contract.ts';
import { wizard } from '../../renderer/wizard.ts';
import { BEGINNING, type Wizard } from '../../renderer/wizard-state.ts';
import {
  PRIMARY_PASSWORD,
  RekeyDouble,
  RIGHT_PASSWORD,
  STORED_PASSWORD,
  type Scene,
} from '../doubles/rekey-api.ts';

/** The page without its pixels: acts and reducer over the double. */
class Walk {
  state: Wizard = BEGINNING;
  readonly screens: string[] = [];
  readonly api: RekeyDouble;
  readonly acts: Acts;
  #pages = 0;

  constructor(scene: Partial<Scene> = {}) {
    this.api = new RekeyDouble(scene);
    this.acts = this.page();
  }

  /** A page over the same app, as after a reload: the one before hears and says nothing any more. */
  page(): Acts {
    this.state = BEGINNING;
    const page = (this.#pages += 1);
    let runs = 0;
    const acts = actsOver(
      this.api,
      (action) => {
        if (page !== this.#pages) return;
        this.state = wizard(this.state, action);
        if (this.screens.at(-1) !== this.state.screen) this.screens.push(this.state.screen);
      },
      () => `page-${page}-run-${(runs += 1)}`,
    );
    this.api.onProgress((event) => void acts.heard(event));
    return acts;
  }

  async submit(password: string, more: Partial<Request<'apply'>> = {}): Promise<void> {
    const { plan } = this.state;
    if (!plan) throw new Error('no plan');
    const { steps } = readiness(this.state, plan);
    await this.acts.check({ planId: plan.planId, steps: [...steps], password, unlocks: {}, ...more });
  }
}

test('from the first look to the result, past a rejection', async () => {
  const walk = new Walk({ closesAfter: 0 });
  await walk.acts.begin();
  await walk.acts.choose('alex@contoso.com');
  await walk.submit('a mistyped one');
  expect(walk.state.refusal).toMatchObject({ problem: { kind: 'rejected' }, triesLeft: 2 });
  await walk.submit(RIGHT_PASSWORD);
  expect(walk.screens).toEqual(['account', 'places', 'progress', 'password', 'progress', 'result']);
  expect(walk.state.report?.outcomes.filter(({ outcome }) => outcome === 'written')).toHaveLength(4);
});

test('an address that nothing is set up for stays on the first screen, with the reason', async () => {
  const walk = new Walk();
  await walk.acts.begin();
  await walk.acts.choose('nobody@example.org');
  expect(walk.state).toMatchObject({ screen: 'account', trouble: { kind: 'account-unknown' }, busy: false });
});

test('an undo lies over the report, and the history follows it', async () => {
  const walk = new Walk({ closesAfter: 0 });
  await walk.acts.begin();
  await walk.acts.choose('alex@contoso.com');
  await walk.submit(RIGHT_PASSWORD);
  await walk.acts.undo('run-1', []);
  expect(walk.state.undone[0]?.outcomes).toHaveLength(4);
  expect(walk.state.history?.find(({ id }) => id === 'run-1')?.state).toBe('rolled-back');
});

test('an interrupted run is offered until it is finished', async () => {
  const walk = new Walk({ unfinished: true });
  await walk.acts.begin();
  expect(walk.state.scan?.unfinished).toHaveLength(1);
  await walk.acts.recover('forward');
  expect(walk.state.scan?.unfinished).toHaveLength(0);
  expect(walk.state.recovered?.reports).toHaveLength(1);
});

test('a page that was reloaded during a run finds it again and gets its report', async () => {
  const walk = new Walk({ closesAfter: 0, pace: 5 });
  await walk.acts.begin();
  await walk.acts.choose('alex@contoso.com');
  const run = walk.submit(RIGHT_PASSWORD);
  const reloaded = walk.page();
  await reloaded.begin();
  expect(walk.state.screen).toBe('progress');
  await run;
  await expect.poll(() => walk.state.screen).toBe('result');
});

test('forgetting a run takes it from the history', async () => {
  const walk = new Walk();
  await walk.acts.remember();
  await walk.acts.forget('run-0');
  expect(walk.state.history?.map(({ id }) => id)).toEqual(['run-00']);
});

describe('old passwords', () => {
  const TOKENS = 'alex@contoso.onmicrosoft.com';
  const words = ({ state }: Walk): readonly string[] =>
    state.plan ? oldPasswords(state, state.plan).map(({ word }) => word) : [];
  const old = ({ state }: Walk): string[] =>
    state.plan?.rows.filter(({ effect }) => effect === 'remove').map(({ id }) => id) ?? [];

  async function chosen(): Promise<Walk> {
    const walk = new Walk({ closesAfter: 0 });
    await walk.acts.begin();
    await walk.acts.choose(TOKENS);
    return walk;
  }

  test('are removed and put back without leaving the screen', async () => {
    const walk = await chosen();
    const request = { planId: 'plan-2', steps: old(walk), unlocks: {} };
    expect(words(walk)).toEqual(['locked', 'there', 'there', 'there']);
    await walk.acts.removeOld(request);
    expect(words(walk)).toEqual(['locked', 'removed', 'removed', 'removed']);
    expect(walk.state).toMatchObject({ screen: 'sign-in', busy: false });
    expect(walk.state.run).toBeUndefined();
    const { plan } = walk.state;
    const lines = plan ? oldPasswords(walk.state, plan) : [];
    await walk.acts.putBack('plan-2', wayBack(walk.state, lines, lines).runs);
    expect(words(walk)).toEqual(['locked', 'there', 'there', 'there']);
    expect(walk.screens).toEqual(['account', 'sign-in']);
  });

  test('behind a primary password need it, and it is kept nowhere', async () => {
    const walk = await chosen();
    const { unlock = '' } = walk.state.plan?.rows.find(({ unlock }) => unlock !== undefined) ?? {};
    const request = { planId: 'plan-2', steps: ['thunderbird-travel'] };
    await walk.acts.removeOld({ ...request, unlocks: { [unlock]: PRIMARY_PASSWORD } });
    expect(words(walk)).toEqual(['removed', 'there', 'there', 'there']);
    expect(JSON.stringify(walk.state)).not.toContain(PRIMARY_PASSWORD);
  });

  test('a page that is loaded anew in mid-removal finds it, and then its end', async () => {
    const walk = await chosen();
    const reached = Promise.withResolvers<void>();
    const stop = walk.api.onProgress(({ fact }) => fact.kind === 'writing' && reached.resolve());
    const ended = walk.acts.removeOld({ planId: 'plan-2', steps: old(walk), unlocks: {} });
    await reached.promise;
    stop();
    const page = walk.page();
    await page.begin();
    expect(walk.state).toMatchObject({ screen: 'sign-in', busy: true });
    const settled = Promise.withResolvers<void>();
    walk.api.onProgress(({ fact }) => fact.kind === 'ended' && settled.resolve());
    await Promise.all([ended, settled.promise]);
    await page.lookAgain('plan-2');
    expect(words(walk)).toEqual(['locked', 'removed', 'removed', 'removed']);
  });

  test('a removal that was refused leaves the screen as it was, with the reason', async () => {
    const walk = await chosen();
    const refused = { ok: false as const, problem: { kind: 'run-active' as const } };
    Object.defineProperty(walk.api, 'removeOld', { value: () => Promise.resolve(refused) });
    await walk.acts.removeOld({ planId: 'plan-2', steps: old(walk), unlocks: {} });
    expect(walk.state).toMatchObject({ screen: 'sign-in', trouble: { kind: 'run-active' }, busy: false });
    expect(words(walk)).toEqual(['locked', 'there', 'there', 'there']);
  });
});

test('the stored password returns to its field without a run, and may be checked all the same', async () => {
  const walk = new Walk({ closesAfter: 0 });
  await walk.acts.begin();
  await walk.acts.choose('alex@contoso.com');
  await walk.submit(STORED_PASSWORD);
  expect(walk.state).toMatchObject({
    screen: 'password',
    refusal: { problem: { kind: 'already-stored' }, nothingChanged: false },
  });
  expect(walk.state.refusal?.triesLeft).toBeUndefined();
  await walk.submit(STORED_PASSWORD, { evenIfStored: true });
  expect(walk.state.refusal?.problem.kind).toBe('rejected');
});

test('a test message is followed from the wish to its arrival', async () => {
  const walk = new Walk({ closesAfter: 0 });
  const followed: unknown[] = [];
  await walk.acts.begin();
  await walk.acts.choose('alex@contoso.com');
  walk.api.onProgress(() => {
    const message = walk.state.run?.message;
    if (followed.at(-1) !== message) followed.push(message);
  });
  await walk.submit(RIGHT_PASSWORD, { testMessage: { language: 'en' } });
  const arrived = { result: 'arrived', ms: 1240 };
  expect(followed).toEqual(['ahead', 'sending', 'waiting', arrived]);
  expect(walk.state).toMatchObject({ screen: 'result', report: { message: arrived } });
});
