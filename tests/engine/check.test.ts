import { expect, test } from 'vitest';
import type { Endpoint } from '../../shared/model.ts';
import { fail, problem, type Problem, type ProblemKind } from '../../shared/problem.ts';
import { check } from '../../electron/engine/check.ts';
import type { Verdict } from '../../electron/engine/verbs.ts';
import {
  CountingBudget,
  engineOn,
  planOn,
  quietRun,
  scratch,
  ScriptedLogin,
  secret,
  type Scratch,
} from '../doubles/engine.ts';
import { ADDRESS, msmtprc, OLD } from './home.ts';

const mbsyncrc = (host: string, account = 'work'): string =>
  `IMAPAccount ${account}\nHost ${host}\nPort 993\nUser ${ADDRESS}\nPass ${OLD}\nSSLType IMAPS\n\n`;

type Answer = 'accepted' | ProblemKind;

interface Asked {
  readonly verdict: Verdict;
  readonly asked: readonly string[];
  readonly counted: number;
  readonly withheld: Readonly<Record<string, ProblemKind | undefined>>;
}

async function ask(home: Scratch, answers: Readonly<Record<string, Answer>>): Promise<Asked> {
  const answer = ({ protocol, host }: Endpoint): 'accepted' | Problem => {
    const given = answers[`${protocol} ${host}`] ?? answers[protocol] ?? 'accepted';
    return given === 'accepted' ? given : problem(given, host);
  };
  const login = new ScriptedLogin(answer);
  const budget = new CountingBudget();
  const engine = engineOn(home, { login, budget });
  const plan = await planOn(engine, { account: ADDRESS });
  const verdict = await check(engine, plan, secret('new'), {}, quietRun());
  const withheld = plan.steps.map(({ id, entries }) => [
    entries[0]?.store ?? '',
    verdict.withheld.get(id)?.kind,
  ]);
  return {
    verdict,
    asked: login.asked.map(({ protocol, host }) => `${protocol} ${host}`),
    counted: budget.counted.length,
    withheld: Object.fromEntries(withheld),
  };
}

function home(imap = ['mail.example.org']): Scratch {
  const made = scratch();
  made.write('.msmtprc', msmtprc(OLD));
  made.write('.mbsyncrc', imap.map((host, index) => mbsyncrc(host, `work${index}`)).join(''));
  return made;
}

test('reading is asked first, then sending', async () => {
  using made = home();
  const { asked, verdict, counted } = await ask(made, {});
  expect(asked).toEqual(['imap mail.example.org', 'smtp mail.example.org']);
  expect([verdict.stopped, verdict.withheld.size, counted]).toEqual([undefined, 0, 0]);
});

test('one rejection ends the run: no second protocol, counted once', async () => {
  using made = home(['mail.example.org', 'imap2.example.org']);
  const { asked, verdict, counted } = await ask(made, { imap: 'rejected' });
  expect(asked).toHaveLength(1);
  expect([verdict.stopped?.kind, counted]).toEqual(['rejected', 1]);
});

test('an unknown outcome counts like a rejection', async () => {
  using made = home();
  const { asked, verdict, counted } = await ask(made, { imap: 'outcome-unknown' });
  expect([asked.length, verdict.stopped?.kind, counted]).toEqual([1, 'outcome-unknown', 1]);
});

test('an unreachable server is no rejection and is not counted', async () => {
  using made = home();
  const { verdict, counted, asked } = await ask(made, { imap: 'unreachable' });
  expect([verdict.stopped?.kind, counted, asked.length]).toEqual(['unreachable', 0, 1]);
});

test('one of two servers unreachable: only its own entries are withheld', async () => {
  using made = home(['mail.example.org', 'imap2.example.org']);
  const { verdict } = await ask(made, { 'imap imap2.example.org': 'unreachable' });
  expect(verdict.stopped).toBeUndefined();
  expect([...verdict.withheld.values()].map(({ kind }) => kind)).toEqual(['not-checked']);
});

test('sending refused after reading accepted, without a known reason: nothing is written', async () => {
  using made = home();
  const { verdict, counted } = await ask(made, { smtp: 'rejected-no-reason' });
  expect([verdict.stopped?.kind, counted]).toEqual(['sending-refused', 1]);
});

test('sending by password switched off: reading goes on, sending is withheld with that reason, nothing counted', async () => {
  using made = home();
  const { verdict, withheld, counted } = await ask(made, { smtp: 'smtp-auth-disabled' });
  expect([verdict.stopped, counted]).toEqual([undefined, 0]);
  expect(withheld).toEqual({ mbsync: undefined, msmtp: 'smtp-auth-disabled' });
});

test('sending unreachable: reading goes on, sending is not checked', async () => {
  using made = home();
  expect((await ask(made, { smtp: 'unreachable' })).withheld).toEqual({
    mbsync: undefined,
    msmtp: 'not-checked',
  });
});

test('with neither IMAP nor POP3, sending alone proves', async () => {
  using made = scratch();
  made.write('.msmtprc', msmtprc(OLD));
  const { asked, verdict } = await ask(made, {});
  expect([asked, verdict.stopped]).toEqual([['smtp mail.example.org'], undefined]);
});

test('a used-up budget asks nobody', async () => {
  using made = home();
  const login = new ScriptedLogin();
  const budget = new CountingBudget();
  budget.allows = () => fail('attempts-used-up', undefined, '1740');
  const engine = engineOn(made, { login, budget });
  const verdict = await check(
    engine,
    await planOn(engine, { account: ADDRESS }),
    secret('new'),
    {},
    quietRun(),
  );
  expect([verdict.stopped?.kind, login.asked]).toEqual(['attempts-used-up', []]);
});

test('a lone netrc line is checked at the servers of the account', async () => {
  using made = home();
  made.write('.netrc', `machine mail.example.org login ${ADDRESS} password ${OLD}\n`);
  const login = new ScriptedLogin();
  const engine = engineOn(made, { login });
  const all = await planOn(engine, { account: ADDRESS });
  const only = all.steps.filter(({ entries }) => entries[0]?.store === 'netrc').map(({ id }) => id);
  const verdict = await check(
    engine,
    await planOn(engine, { account: ADDRESS, only }),
    secret('new'),
    {},
    quietRun(),
  );
  expect(verdict.stopped).toBeUndefined();
  expect(login.asked.map(({ protocol }) => protocol)).toEqual(['imap', 'smtp']);
});
