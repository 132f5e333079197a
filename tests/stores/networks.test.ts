import { expect, test } from 'vitest';
import type { Doer } from '../../electron/engine/ports.ts';
import { fail, ok } from '../../shared/problem.ts';
import { networkManager } from '../../electron/stores/network-manager.ts';
import { networkShares } from '../../electron/stores/network-shares.ts';
import * as fixture from './fixture.ts';

const PROFILES = '/etc/NetworkManager/system-connections';

/** The machine of a fixture, of whose system files only some can be opened. */
function withoutRights(machine: Doer, ...shut: readonly RegExp[]): Doer {
  const read: Doer['read'] = (path) =>
    shut.some((pattern) => pattern.test(path)) ? fail('access-denied', path) : machine.read(path);
  return { ...machine, read };
}

test('a profile that only root can read leaves its items without a name, and is no trouble', async () => {
  using scratch = fixture.scratchHome(fixture.caseFolder('network-manager', 'enterprise'));
  const { entries, troubles } = await fixture.findAll(
    networkManager,
    withoutRights(scratch.machine, /^\/etc\//),
  );
  expect(troubles).toEqual([]);
  expect(entries.map(({ client, login }) => [client, login])).toEqual([
    ['NetworkManager (Desk)', ''],
    ['NetworkManager (Cisco)', ''],
    ['NetworkManager (Campus/Wi-Fi)', ''],
    ['NetworkManager (Far)', ''],
  ]);
});

test('NetworkManager is told of a profile that was written, and of nothing else', async () => {
  using scratch = fixture.scratchHome(fixture.caseFolder('network-manager', 'enterprise'));
  const ran: string[] = [];
  const run: Doer['run'] = async (...command) => {
    ran.push(command.flat().join(' '));
    return ok(undefined);
  };
  const machine = { ...scratch.machine, run };
  const { entries } = await fixture.findAll(networkManager, machine);
  for (const { place } of entries) await networkManager.after?.(machine, place, 'new');
  expect(ran).toEqual(
    ['Corp', 'office'].map((name) => `nmcli connection load ${PROFILES}/${name}.nmconnection`),
  );
});

test('a credentials file that only root can read is told of, by what the table says', async () => {
  using scratch = fixture.scratchHome(fixture.caseFolder('network-shares', 'tables'));
  const machine = withoutRights(scratch.machine, /^\/etc\/samba/);
  const { entries, troubles } = await fixture.findAll(networkShares, machine);
  expect(troubles).toEqual([]);
  const told = entries.filter(({ place }) => place.kind === 'file' && place.path.startsWith('/etc/samba'));
  expect(told.map(({ login, host, problem }) => [login, host, problem?.kind])).toEqual([
    ['', 'files.example.org', 'by-hand'],
    ['', 'files.example.org', 'by-hand'],
    ['EXAMPLE\\jane', 'rootonly.example.org', 'by-hand'],
    ['', 'gone.example.org', 'by-hand'],
    ['EX\\jane', 'auto.example.org', 'by-hand'],
    ['', 'unit.example.org', 'by-hand'],
  ]);
});

test('under --home nothing outside of it is looked at', async () => {
  for (const store of [networkManager, networkShares]) {
    using scratch = fixture.scratchHome(fixture.caseFolder('network-shares', 'home-alone'));
    const asked: string[] = [];
    const note = (path: string): string => {
      asked.push(path);
      return path;
    };
    const machine: Doer = {
      ...scratch.machine,
      confined: true,
      read: (path) => scratch.machine.read(note(path)),
      list: (path) => scratch.machine.list(note(path)),
      kindOf: (path) => scratch.machine.kindOf(note(path)),
      keyring: () => Promise.reject(new Error('the keyring was asked')),
    };
    await fixture.findAll(store, machine);
    expect(asked.filter((path) => !path.startsWith(scratch.home))).toEqual([]);
  }
});
