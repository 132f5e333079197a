import { describe, expect, test } from 'vitest';
import type { Entry, Outcome } from '../../shared/model.ts';
import { anchor, certaintyOf } from '../../electron/engine/account.ts';
import { apply } from '../../electron/engine/apply.ts';
import { undo } from '../../electron/engine/undo.ts';
import { exitCode } from '../../electron/report/exit-code.ts';
import {
  ALL_ACCEPTED,
  engineOn,
  planOn,
  quietRun,
  scratch,
  secret,
  type Scratch,
} from '../doubles/engine.ts';
import { changedFiles, snapshot } from '../doubles/snapshot.ts';
import { ADDRESS, furnish, NEW, OLD } from './home.ts';
import { mailEntry } from './mail-entry.ts';

const alice = anchor([mailEntry()], 'alice@example.org');

const network = (login: string, host: string): Entry =>
  mailEntry({ store: 'network-shares', protocols: ['other'], login, host, network: true });

describe('a way into a network', () => {
  test.each([
    ['alice@example.org', ''],
    ['alice@example.org', 'files.example.org'],
    ['EXAMPLE\\alice', ''],
    ['EXAMPLE\\alice', 'fileserver'],
    ['alice', 'files.example.org'],
    ['alice', '192.168.7.7'],
    ['alice', 'nas.local'],
    ['', ''],
    ['', 'vpn.example.org'],
  ])('may take the password of the account: %s at %j', (login, host) => {
    expect(certaintyOf(network(login, host), alice)).toBe('probable');
  });

  test.each([
    ['bob@example.org', 'files.example.org'],
    ['EXAMPLE\\bob', 'fileserver'],
    ['alice@example.net', ''],
    ['alice', 'files.example.net'],
    ['', 'vpn.example.net'],
  ])("is another person's or another organisation's: %s at %j", (login, host) => {
    expect(certaintyOf(network(login, host), alice)).toBeUndefined();
  });

  test('at another organisation with the very same address it is shown as what it is', () => {
    expect(certaintyOf(network('alice@example.org', 'files.example.net'), alice)).toBe('unrelated');
  });
});

const credentials = (user: string, password: string): string =>
  `username=${user}\npassword=${password}\ndomain=EXAMPLE\n`;

const isShare = ({ step }: Outcome): boolean => step.entries[0]?.store === 'network-shares';

async function applied(home: Scratch, ticked: boolean) {
  const engine = engineOn(home);
  const { steps } = await planOn(engine, { account: ADDRESS });
  const share = steps.filter(({ entries }) => entries[0]?.store === 'network-shares');
  expect(share.map((step) => [step.certainty, step.ticked])).toEqual([['probable', false]]);
  const only = [
    ...steps.filter((step) => step.ticked).map(({ id }) => id),
    ...(ticked ? share.map(({ id }) => id) : []),
  ];
  const plan = await planOn(engine, { account: ADDRESS, only });
  const report = await apply(engine, plan, { password: secret(NEW) }, ALL_ACCEPTED, quietRun());
  return { engine, report, outcome: report.outcomes.find(isShare) };
}

describe('the credentials file of a share', () => {
  test('is not written unless it is ticked, although it holds the old password', async () => {
    using home = scratch();
    furnish(home);
    home.write('.smbcredentials', credentials('alex', OLD));
    const { report, outcome } = await applied(home, false);
    expect(outcome).toMatchObject({ outcome: 'skipped', reason: { kind: 'left-out' } });
    expect(home.read('.smbcredentials')).toBe(credentials('alex', OLD));
    expect(exitCode([report])).toBe(0);
  });

  test('is written where it is ticked and holds the old password, and undone', async () => {
    using home = scratch();
    furnish(home);
    home.write('.smbcredentials', credentials('alex', OLD));
    const before = snapshot(home.home);
    const { engine, report, outcome } = await applied(home, true);
    expect(outcome).toMatchObject({ outcome: 'written', verified: true });
    expect(home.read('.smbcredentials')).toBe(credentials('alex', NEW));
    await undo(engine, report.run, [], quietRun());
    expect(changedFiles(before, snapshot(home.home))).toEqual([]);
  });

  test('is left alone where it is ticked and holds any other password', async () => {
    using home = scratch();
    furnish(home);
    home.write('.smbcredentials', credentials('alex', 'a password of its own'));
    const { report, outcome } = await applied(home, true);
    expect(outcome).toMatchObject({ outcome: 'skipped', reason: { kind: 'other-password' } });
    expect(home.read('.smbcredentials')).toBe(credentials('alex', 'a password of its own'));
    expect(exitCode([report])).toBe(0);
  });
});
