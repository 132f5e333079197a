import { expect, test } from 'vitest';
import type { Attributes, Place } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { BusMethod, Store } from '../../electron/engine/ports.ts';
import { balsa } from '../../electron/stores/balsa.ts';
import { evolutionStore } from '../../electron/stores/evolution.ts';
import { geary } from '../../electron/stores/geary.ts';
import { onlineAccountsStore } from '../../electron/stores/online-accounts.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { caseFolder, scratchHome } from './fixture.ts';
import { mailEntry } from '../engine/mail-entry.ts';

/** A machine on whose bus these names are taken, and what was called there. */
function machineWith(names: readonly string[], answer: Result<void> = ok(undefined), confined = false) {
  const called: BusMethod[] = [];
  const call = async (method: BusMethod): Promise<Result<void>> => {
    called.push(method);
    return answer;
  };
  const bus = { names: async () => names, call };
  return { called, machine: openMachine({ home: '/home/jane', confined, environment: {}, bus }) };
}

const itemOf = (attributes: Attributes): Place => ({ kind: 'secret-service', attributes });
const GOA = itemOf({
  'goa-identity': 'imap_smtp:gen0:account_17_0',
  'xdg:schema': 'org.gnome.OnlineAccounts',
});

test.each<[Store, string, string]>([
  [balsa, 'org.desktop.Balsa', 'Balsa'],
  [evolutionStore, 'org.gnome.Evolution', 'Evolution'],
  [geary, 'org.gnome.Geary', 'Geary'],
])('an open program is seen by its name on the bus', async (store, busName, name) => {
  const running = (names: readonly string[], confined = false) =>
    store.running?.(machineWith(names, ok(undefined), confined).machine, mailEntry());
  expect(await running([':1.1', busName])).toEqual({ name });
  expect(await running([':1.1', `${busName}.Other`])).toBeUndefined();
  expect(await running([busName], true)).toBeUndefined();
});

test('services that read calendars in the background are told of, where a calendar uses the password', async () => {
  using scratch = scratchHome(caseFolder('evolution', 'collections'));
  const names = [':1.1', 'org.gnome.evolution.dataserver.Calendar8'];
  const after = (uid: string, taken = names) =>
    evolutionStore.after?.(
      { ...scratch.machine, busNames: async () => taken },
      itemOf({ 'e-source-uid': uid }),
      'new',
    );
  const told = fail('service-running', 'Evolution Data Server');
  expect(await after('dav')).toEqual(told);
  expect(await after('ews')).toEqual(told);
  expect(await after('mail')).toEqual(ok(undefined));
  expect(await after('dav', [':1.1'])).toEqual(ok(undefined));
  expect(await after('nobody')).toEqual(ok(undefined));
});

test('GNOME signs in with the new password, and is not made to try the old one', async () => {
  const after = async (
    names: readonly string[],
    place: Place,
    holds: 'new' | 'old',
    answer?: Result<void>,
  ) => {
    const { machine, called } = machineWith(names, answer);
    return { told: await onlineAccountsStore.after?.(machine, place, holds), called };
  };
  const running = ['org.gnome.OnlineAccounts'];
  const call = {
    destination: 'org.gnome.OnlineAccounts',
    path: '/org/gnome/OnlineAccounts/Accounts/account_17_0',
    interface: 'org.gnome.OnlineAccounts.Account',
    member: 'EnsureCredentials',
  };
  const done = ok(undefined);
  expect(await after(running, GOA, 'new')).toEqual({ told: done, called: [call] });
  expect(await after(running, GOA, 'old')).toEqual({ told: done, called: [] });
  expect(await after([], GOA, 'new')).toEqual({ told: done, called: [] });
  expect(await after(running, itemOf({ 'goa-identity': 'x' }), 'new')).toEqual({ told: done, called: [] });
  const failed = fail('refresh-failed', 'org.gnome.OnlineAccounts', 'org.gnome.OnlineAccounts.Error.Failed');
  expect(await after(running, GOA, 'new', failed)).toMatchObject({
    told: { problem: { kind: 'refresh-failed', subject: 'GNOME Online Accounts' } },
  });
});
