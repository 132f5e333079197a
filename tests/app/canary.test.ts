import { afterAll, beforeAll, expect, test } from 'vitest';
import { formsIn, formsOf } from '../canary/forms.ts';
import { scratch, type Scratch } from '../doubles/engine.ts';
import { HOME_FILES, makeMailHome, PEOPLE } from '../doubles/mail-home.ts';
import { startMailServer, type MailServer } from '../doubles/mail-server.ts';
import { snapshot } from '../doubles/snapshot.ts';
import { engineWith, Window } from './window.ts';

/** Characters that change under every encoding, and long enough not to turn up by chance. */
const CANARY = 'CANARY-9fe/+Zq71 &é';
const REFUSED = 'CANARY-3ab/+Xw52 &é';
const QUOTED = 'CANARY-"7\\/+Zq88 &é';
const PRIMARY = 'CANARY-primary/+88 &é';
const { owner } = PEOPLE;
const SECRETS = [CANARY, REFUSED, QUOTED, PRIMARY, owner.password].map((secret) => formsOf(secret));

let server: MailServer;
let home: Scratch;
let window: Window;
beforeAll(async () => {
  server = await startMailServer({ users: { [owner.login]: CANARY } });
  home = scratch();
  makeMailHome(home.home, server);
  window = new Window(engineWith(home, server));
});
afterAll(async () => {
  await window.calls.close();
  await server.stop();
  home[Symbol.dispose]();
});

const leaks = (bytes: Buffer): readonly string[] => SECRETS.flatMap((forms) => formsIn(bytes, forms));

/** Everything that was said, what is still remembered, what was saved, and every file that is no target. */
async function expectSilence(): Promise<void> {
  await window.must('current', {});
  await window.must('history', {});
  for (const format of ['html', 'json'] as const) await window.must('saveReport', { format });
  const targets = new Set(HOME_FILES.map(({ name }) => name));
  const files = [...snapshot(home.home)].filter(([name]) => !targets.has(name));
  const seen = [
    ...window.said.map((text) => Buffer.from(text)),
    ...[...window.saved.values()].map((text) => Buffer.from(text)),
    ...[...files, ...snapshot(home.state)].map(([, { bytes }]) => bytes),
  ];
  expect(seen.length).toBeGreaterThan(10);
  expect(seen.flatMap(leaks)).toEqual([]);
}

const more = { oldPassword: owner.password, unlocks: { '/nowhere': PRIMARY } };

test('the search finds a password that is said', () => {
  const said = JSON.stringify({
    detail: `as ${CANARY}, base64 ${Buffer.from(`\0a\0${CANARY}`).toString('base64')}`,
  });
  expect(leaks(Buffer.from(said)).length).toBeGreaterThan(1);
});

test('a refused run, a full one, one that fails in part, and an undo say no password', async () => {
  const refused = await window.apply(owner.login, REFUSED, more);
  expect(refused.stopped?.kind).toBe('rejected');
  await expectSilence();
  const applied = await window.apply(owner.login, CANARY, more);
  expect(applied.outcomes.filter(({ outcome }) => outcome === 'written')).toHaveLength(9);
  await expectSilence();
  await window.must('undo', { run: applied.run ?? '', only: [] });
  server.setPassword(owner.login, QUOTED);
  const partly = await window.apply(owner.login, QUOTED);
  expect(partly.outcomes.filter(({ outcome }) => outcome === 'failed')).toHaveLength(2);
  await expectSilence();
});

test('what cannot be a password is not repeated', async () => {
  const plan = await window.must('plan', { account: owner.login });
  const request = { id: 'run-2', planId: plan.planId, password: `${CANARY}\n${CANARY}`, unlocks: {} };
  expect(await window.refused('apply', { ...request, steps: [] })).toBe('password-unusable');
  await expectSilence();
});
