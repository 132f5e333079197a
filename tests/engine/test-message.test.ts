import { expect, test } from 'vitest';
import type { Checked, Endpoint, Progress, Report, TestMessage } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import { withTestMessage } from '../../electron/engine/test-message.ts';
import {
  CountingBudget,
  engineOn,
  planOn,
  quietRun,
  ScriptedPost,
  scratch,
  secret,
} from '../doubles/engine.ts';
import { ADDRESS, furnish, NEW } from './home.ts';

const endpoint = (protocol: Endpoint['protocol'], host = 'mail.example.org'): Endpoint => ({
  protocol,
  host,
  port: 993,
  tls: 'implicit',
  login: ADDRESS,
});
const accepted = (...args: Parameters<typeof endpoint>): Checked => ({
  endpoint: endpoint(...args),
  result: 'accepted',
  ms: 1,
});

const ended = (own: Partial<Report> = {}): Report => ({
  command: 'apply',
  account: ADDRESS,
  checks: [accepted('imap', 'imap.example.net'), accepted('imap'), accepted('smtp')],
  outcomes: [],
  warnings: [],
  ...own,
});

/** The report with its message, and what the post and the budget heard. */
async function add(
  report: Report,
  post = new ScriptedPost(),
  tell: (fact: Progress) => void = () => undefined,
) {
  using home = scratch();
  furnish(home);
  const budget = new CountingBudget();
  const engine = engineOn(home, { post, budget });
  const { anchor } = await planOn(engine, { account: ADDRESS });
  const words = { subject: 'Subject', text: 'Text' };
  const run = { ...quietRun(), report: tell };
  const told = await withTestMessage(engine, report, { anchor, password: secret(NEW), words }, run);
  return { told, sent: post.sent, counted: budget.counted };
}

test('the message goes to the account, over the servers that took the password, one host first', async () => {
  const { told, sent } = await add(ended());
  expect(told).toEqual({ ...ended(), message: { result: 'arrived', ms: 1200 } });
  expect(sent).toEqual([
    {
      letter: {
        address: ADDRESS,
        id: expect.stringMatching(/^<[0-9a-f]{32}@example\.org>$/),
        at: new Date('2026-01-02T03:04:05Z'),
        subject: 'Subject',
        text: 'Text',
      },
      sending: endpoint('smtp'),
      reading: endpoint('imap'),
    },
  ]);
});

test('a server that refused is not asked again', async () => {
  const refused: Checked = { endpoint: endpoint('imap'), result: problem('unreachable'), ms: 1 };
  const { sent } = await add(ended({ checks: [refused, accepted('smtp')] }));
  expect(sent.map(({ reading }) => reading)).toEqual([undefined]);
});

test.each<[string, Partial<Report>]>([
  ['no server for sending', { checks: [accepted('imap')] }],
  ['no server at all', { checks: [] }],
  ['no mail address', { account: String.raw`CORP\alex` }],
  ['an address that would need quoting', { account: '"a b"@example.org' }],
  ['an address with a second one in it', { account: 'a@example.org,b@example.org' }],
])('with %s nothing is sent, and that is said', async (_, own) => {
  const facts: Progress[] = [];
  const { told, sent } = await add(ended(own), new ScriptedPost(), (fact) => facts.push(fact));
  expect(sent).toEqual([]);
  expect(told.message).toEqual({ result: problem('message-not-possible'), ms: 0 });
  expect(facts).toEqual([{ kind: 'messaged', message: told.message }]);
});

test('a run that was stopped sends nothing', async () => {
  const stopped = ended({ stopped: problem('cancelled') });
  expect(await add(stopped)).toMatchObject({ told: stopped, sent: [] });
});

test.each<[TestMessage['result'], boolean, number]>([
  [problem('rejected'), true, 1],
  [problem('outcome-unknown'), true, 1],
  [problem('server-busy'), true, 0],
  [problem('message-refused'), false, 0],
  ['sent', false, 0],
])('%o leaves the rest of the report as it is; judged %s counts %i', async (result, judged, times) => {
  const { told, counted } = await add(ended(), new ScriptedPost(result, judged));
  expect(told).toEqual({ ...ended(), message: { result, ms: 1200 } });
  expect(counted).toHaveLength(times);
});
