import vm from 'node:vm';
import v8 from 'node:v8';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { CALLS, PROGRESS, type CallName } from '../../shared/contract.ts';
import { fail, PROBLEM_KINDS } from '../../shared/problem.ts';
import { PEOPLE } from '../doubles/mail-home.ts';
import { openInbox, STRANGERS, type Inbox } from '../doubles/inbox.ts';
import { writtenFiles } from '../doubles/snapshot.ts';
import { amountOf } from './amount.ts';
import { livedIn, type LivedIn } from './lived-in.ts';
import { messages, NAMES, oddWord, type Message, type Words } from './messages.ts';

/** Sent together, before any is answered. */
const AT_ONCE = 5;
/** In every text that a message says is a password, and nowhere else. */
const MARK = 'never-say-this';

const amount = amountOf({ short: 1000, long: 100_000 });
const numRuns = Math.ceil(amount.numRuns / AT_ONCE);

/** Only an answer of this shape may leave, whatever came in. */
const ANSWER = z.union([
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    problem: z.strictObject({
      kind: z.enum(PROBLEM_KINDS as [string, ...string[]]),
      subject: z.string().optional(),
      detail: z.string().optional(),
    }),
  }),
]);

/** The ids that the app has given out: a page that went wrong would know them. */
class Heard {
  readonly #plans: string[] = [];
  readonly #steps = new Set<string>();
  readonly #runs: readonly string[];

  constructor(runs: readonly string[]) {
    this.#runs = runs;
  }

  listen(answer: unknown): void {
    const plan = PLAN.safeParse(answer);
    if (!plan.success) return;
    this.#plans.unshift(plan.data.value.planId);
    this.#plans.splice(10);
    this.#steps.clear();
    for (const { id } of plan.data.value.rows) this.#steps.add(id);
  }

  get words(): Words {
    const known = (ids: () => readonly string[]): fc.Arbitrary<string> =>
      fc.nat().map((n) => ids()[n % Math.max(ids().length, 1)] ?? 'none-yet');
    const id = known(() => [...this.#runs, ...this.#plans, 'recover', 'run-1']);
    const step = known(() => [...this.#steps]);
    const password = oddWord.map((text) => `${MARK}${text}`.slice(0, 4200));
    const mixed = (good: fc.Arbitrary<string>): fc.Arbitrary<string> =>
      fc.oneof({ weight: 3, arbitrary: good }, { weight: 1, arbitrary: fc.oneof(oddWord, id, step) });
    return {
      id: mixed(id),
      run: mixed(known(() => this.#runs)),
      planId: mixed(known(() => this.#plans)),
      steps: mixed(step),
      only: mixed(step),
      account: mixed(fc.constantFrom(PEOPLE.owner.login, PEOPLE.colleague.login, PEOPLE.tokenLogin)),
      login: mixed(fc.constant(PEOPLE.owner.login)),
      language: mixed(fc.constantFrom('de', 'en-GB')),
      password,
      oldPassword: password,
      unlocks: password,
    };
  }
}

const PLAN = z.object({
  value: z.object({ planId: z.string(), rows: z.array(z.object({ id: z.string() })) }),
});

/** What the contract says to this message. */
function verdictOn({ channel, stranger, args }: Message): 'nobody' | 'stranger' | 'bad' | 'good' {
  const name = NAMES.find((each) => each === channel);
  if (name === undefined) return 'nobody';
  if (stranger !== undefined) return 'stranger';
  try {
    return args.length === 1 && CALLS[name].request.safeParse(args[0]).success ? 'good' : 'bad';
  } catch {
    return 'bad';
  }
}

const send = ({ page, callFrom, call }: Inbox, { channel, stranger, args }: Message): unknown => {
  const from = stranger === undefined ? undefined : STRANGERS[stranger]?.[1](page);
  return from ? callFrom(...from, channel, ...args) : call(channel, ...args);
};

/** How often each call was let in, and how often it was good for something. */
type Tally = Map<string, number>;
const add = (tally: Tally, what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);

function judge(message: Message, answer: unknown, tally: Tally): void {
  const verdict = verdictOn(message);
  if (verdict === 'nobody') return expect(answer).toBeUndefined();
  const shaped = ANSWER.parse(answer);
  expect(structuredClone(answer)).toEqual(answer);
  expect(JSON.stringify(answer)).not.toContain(MARK);
  const name = message.channel as CallName;
  if (verdict === 'stranger') return expect(shaped).toEqual(fail('internal', name, 'sender'));
  if (verdict === 'bad') {
    expect(shaped).toMatchObject({ ok: false, problem: { kind: 'internal', subject: name } });
    return add(tally, 'refused');
  }
  add(tally, `let in: ${name}`);
  if (!shaped.ok) return expect(shaped.problem.kind).not.toBe('internal');
  expect(CALLS[name].reply.parse(shaped.value)).toEqual(shaped.value);
  add(tally, `done: ${name}`);
}

function judgeProgress(sent: Inbox['page']['sent']): void {
  for (const [channel, event] of sent) {
    expect(channel).toBe('progress');
    expect(PROGRESS.parse(event)).toEqual(event);
    expect(JSON.stringify(event)).not.toContain(MARK);
  }
}

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

/** Megabytes that are in use when all that can be freed is freed. */
function megabytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

/** Every so many messages, home and memory are looked at. */
const LOOK_EVERY = 200;

async function pelt(house: LivedIn, tally: Tally): Promise<void> {
  const inbox = openInbox(house.calls);
  const heard = new Heard(house.runs);
  heard.listen(await inbox.call('plan', { account: PEOPLE.owner.login }));
  const before = house.look();
  const used: number[] = [];
  let rounds = 0;
  const property = fc.asyncProperty(
    fc.array(messages(heard.words), { minLength: AT_ONCE, maxLength: AT_ONCE }),
    async (together) => {
      const answers = await Promise.all(together.map((message) => send(inbox, message)));
      for (const [n, message] of together.entries()) judge(message, answers[n], tally);
      answers.forEach((answer) => heard.listen(answer));
      judgeProgress(inbox.page.sent.splice(0));
      expect(house.saved.last).not.toContain(MARK);
      rounds += 1;
      if (rounds % 20 === 0) house.restoreRuns();
      if (rounds % LOOK_EVERY !== 0) return;
      expect(writtenFiles(before, house.look())).toEqual([]);
      used.push(megabytes());
    },
  );
  await fc.assert(property, { ...amount, numRuns, timeout: 30_000 });
  expect(writtenFiles(before, house.look())).toEqual([]);
  expect(house.calls.busy()).toBe(false);
  // the first looks pay for what is loaded once; from then on nothing may pile up
  expect((used.at(-1) ?? 0) - (used[Math.floor(used.length / 3)] ?? 0)).toBeLessThan(24);
}

/** Done only where plan and steps fit together: a short run may not come upon it. */
const RARE: readonly CallName[] = ['apply', 'removeOld'];

test('no message makes the app throw, hang, write, or say a password', async () => {
  using house = await livedIn();
  const tally: Tally = new Map();
  await pelt(house, tally);
  expect(tally.get('refused')).toBeGreaterThan(0);
  const notLetIn = NAMES.filter((name) => !tally.has(`let in: ${name}`));
  const neverDone = NAMES.filter((name) => !RARE.includes(name) && !tally.has(`done: ${name}`));
  expect({ notLetIn, neverDone }).toEqual({ notLetIn: [], neverDone: [] });
  console.log(
    [...tally]
      .map(([what, count]) => `${what} ${count}`)
      .sort()
      .join(', '),
  );
});
