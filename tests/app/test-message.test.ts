import { afterAll, beforeAll, expect, test } from 'vitest';
import { problem } from '../../shared/problem.ts';
import { formsIn, formsOf } from '../canary/forms.ts';
import { engineOn, scratch, ScriptedLogin, ScriptedPost } from '../doubles/engine.ts';
import { makeMailHome, PEOPLE } from '../doubles/mail-home.ts';
import { startMailServer, type MailServer } from '../doubles/mail-server.ts';
import { ADDRESS, furnish, NEW } from '../engine/home.ts';
import { engineWith, tally, Window } from './window.ts';

const OWNER = PEOPLE.owner.login;
const RESET = 'CANARY-9fe/+Zq71 &é';

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer({ users: { [OWNER]: RESET }, delivers: true });
});
afterAll(() => server.stop());

test('a test message arrives, in the language that was asked for, and no word of it is the password', async () => {
  using home = scratch();
  makeMailHome(home.home, server);
  const window = new Window(engineWith(home, server));
  const report = await window.apply(OWNER, RESET, { testMessage: { language: 'de-AT' } });
  expect(report.message).toEqual({ result: 'arrived', ms: expect.any(Number) });
  expect(tally(report)).toMatchObject({ written: 9 });
  const facts = window.events.map(({ fact }) => fact);
  expect(facts.slice(-4)).toEqual([
    { kind: 'message', stage: 'sending' },
    { kind: 'message', stage: 'waiting' },
    { kind: 'messaged', message: report.message },
    { kind: 'ended' },
  ]);
  const [message] = server.messages();
  expect(message).toMatchObject({ user: OWNER, from: OWNER, to: [OWNER] });
  expect(message?.text).toContain('Subject: Testnachricht: Ihr neues Mailpasswort');
  for (const format of ['html', 'json'] as const) {
    await window.must('saveReport', { format, language: 'de' });
  }
  const saved = [...window.saved.values()];
  expect(saved.filter((each) => /angekommen|"message":\{"result":"arrived"/.test(each))).toHaveLength(2);
  const said = Buffer.from([...window.said, ...saved, message?.text ?? ''].join('\n'));
  expect(formsIn(said, formsOf(RESET))).toEqual([]);
});

test('a message that is refused is told, and every place keeps its outcome', async () => {
  using home = scratch();
  furnish(home);
  const refused = problem('message-refused', 'mail.example.org', '550 5.7.1 not owned by user');
  const post = new ScriptedPost(refused);
  const window = new Window(engineOn(home, { post }));
  const report = await window.apply(ADDRESS, NEW, { testMessage: { language: 'en' } });
  expect(report.message).toEqual({ result: 'failed', problem: refused, ms: 1200 });
  expect(tally(report)).toEqual({ written: 3 });
  expect(report.stopped).toBeUndefined();
});

test('nothing is sent where nobody asked, and where the password was refused', async () => {
  using home = scratch();
  furnish(home);
  const post = new ScriptedPost();
  const login = new ScriptedLogin((endpoint) =>
    endpoint.login === ADDRESS ? problem('rejected', endpoint.host) : 'accepted',
  );
  const refusing = new Window(engineOn(home, { post, login }));
  const stopped = await refusing.apply(ADDRESS, NEW, { testMessage: { language: 'en' } });
  expect([stopped.stopped?.kind, stopped.message]).toEqual(['rejected', undefined]);
  const window = new Window(engineOn(home, { post }));
  expect((await window.apply(ADDRESS, NEW)).message).toBeUndefined();
  expect(post.sent).toEqual([]);
});
