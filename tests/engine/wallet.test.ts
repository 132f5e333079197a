import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { apply } from '../../electron/engine/apply.ts';
import type { Disk } from '../../electron/engine/ports.ts';
import { recover, unfinished } from '../../electron/engine/recover.ts';
import { undo } from '../../electron/engine/undo.ts';
import type { Engine } from '../../electron/engine/verbs.ts';
import { withTurns } from '../../electron/app/turns.ts';
import { KWalletDoor } from '../../electron/system/kwallet-door.ts';
import { KWallet } from '../../electron/system/kwallet.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { SessionBus } from '../../electron/system/session-bus.ts';
import { killedBefore } from '../doubles/disks.ts';
import {
  ALL_ACCEPTED,
  engineOn,
  planOn,
  quietRun,
  scratch,
  secret,
  type Scratch,
} from '../doubles/engine.ts';
import { FakeKWallet } from '../doubles/kwallet.ts';

const ANNA = 'anna@example.org';
const IMAP = ['imap', 'akonadi_imap_resource_0rc'] as const;
const SMTP = ['mailtransports', '7'] as const;

let home: Scratch;
let session: FakeKWallet;
let bus: SessionBus;

/** KMail with a stored password for reading and none for sending. */
beforeEach(async () => {
  home = scratch();
  home.write('.local/share/kwalletd/kdewallet.kwl', 'sealed');
  home.write(
    '.config/akonadi_imap_resource_0rc',
    `[network]\nImapServer=imap.example.org\nUserName=${ANNA}\n`,
  );
  home.write(
    '.config/mailtransports',
    `[Transport 7]\nid=7\nauth=true\nstorepass=true\nhost=smtp.example.org\nuser=${ANNA}\n`,
  );
  session = await FakeKWallet.start();
  bus = new SessionBus(session.address);
  await session.put(...IMAP, 'old');
});
afterEach(async () => {
  await bus.close();
  await session.stop();
  home[Symbol.dispose]();
});

function engine({ disk, mayPrompt = false }: { disk?: Disk; mayPrompt?: boolean } = {}): Engine {
  const kwallet = new KWallet(bus, () => false, 100);
  const base = engineOn(home, disk ? { disk } : {});
  const machine = openMachine({
    home: home.home,
    confined: false,
    environment: { XDG_CURRENT_DESKTOP: 'KDE' },
    wallet: (wallet, folder, entry) => kwallet.sight({ wallet, folder, entry }),
  });
  const doors = withTurns({ ...base.system.doors, kwallet: new KWalletDoor(kwallet, { mayPrompt }) });
  return { ...base, system: { ...base.system, machine, doors } };
}

async function applied(on: Engine): Promise<Readonly<Record<string, string>>> {
  const plan = await planOn(on, { account: ANNA, addMissing: true });
  const report = await apply(on, plan, { password: secret('new') }, ALL_ACCEPTED, quietRun());
  return Object.fromEntries(
    report.outcomes.map(({ step, outcome, reason }) => [
      step.host,
      [outcome, reason?.kind].filter((each) => each !== undefined).join(' '),
    ]),
  );
}

const held = async () => [await session.value(...IMAP), await session.value(...SMTP)];
const asked = (): number => session.calls.filter((call) => call === '(asks)').length;

test('what is stored is changed and what is missing added; undo takes both back', async () => {
  expect(await applied(engine())).toEqual({ 'imap.example.org': 'written', 'smtp.example.org': 'written' });
  expect(await held()).toEqual(['new', 'new']);
  expect(session.calls).toContain('sync');
  const undone = await undo(engine(), undefined, [], quietRun());
  expect(undone.ok && undone.value.outcomes.map(({ outcome }) => outcome)).toEqual(['written', 'written']);
  expect(await held()).toEqual(['old', undefined]);
});

test('undo leaves alone what somebody changed since', async () => {
  await applied(engine());
  await session.put(...IMAP, 'theirs');
  const undone = await undo(engine(), undefined, [], quietRun());
  expect(undone.ok && undone.value.outcomes.map(({ outcome }) => outcome).sort()).toEqual([
    'changed',
    'written',
  ]);
  expect(await held()).toEqual(['theirs', undefined]);
});

describe('a closed wallet', () => {
  beforeEach(() => session.closeWallet());

  test('is left for later, and nobody is asked, where nobody sits in front', async () => {
    session.atPrompt = 'opens';
    const later = 'deferred keyring-locked';
    expect(await applied(engine())).toEqual({ 'imap.example.org': later, 'smtp.example.org': later });
    expect(asked()).toBe(0);
    expect(await held()).toEqual(['old', undefined]);
  });

  test('is opened by its owner when the run comes to write', async () => {
    session.atPrompt = 'opens';
    const on = engine({ mayPrompt: true });
    await planOn(on, { account: ANNA });
    expect(asked()).toBe(0);
    expect(await applied(on)).toMatchObject({ 'imap.example.org': 'written' });
    expect(asked()).toBe(1);
    expect((await held())[0]).toBe('new');
  });

  test('stays closed where its owner says no, or says nothing', async () => {
    for (const answer of ['refuses', 'nothing'] as const) {
      session.atPrompt = answer;
      const outcomes = await applied(engine({ mayPrompt: true }));
      expect(outcomes['imap.example.org']).toBe('deferred keyring-locked');
    }
    expect(await held()).toEqual(['old', undefined]);
  });
});

test.each(['forward', 'back'] as const)('killed anywhere, recovered %s: settled', async (direction) => {
  let points = 0;
  for (let n = 1; ; n += 1, points += 1) {
    await session.put(...IMAP, 'old');
    await session.forget(...SMTP);
    if (!(await killedBefore((disk) => applied(engine({ disk })).then(() => undefined), n))) break;
    const recovered = await recover(engine(), direction, quietRun());
    expect(recovered.ok).toBe(true);
    const [imap, smtp] = await held();
    expect([
      ['old', undefined],
      ['new', 'new'],
    ]).toContainEqual([imap, smtp]);
    expect(unfinished(engine())).toEqual([]);
  }
  expect(points).toBeGreaterThan(10);
});
