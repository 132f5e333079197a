import path from 'node:path';
import { expect, test } from 'vitest';
import type { Store } from '../../electron/engine/ports.ts';
import { aerc } from '../../electron/stores/aerc.ts';
import { fetchmail } from '../../electron/stores/fetchmail.ts';
import { mutt } from '../../electron/stores/mutt.ts';
import { offlineimap } from '../../electron/stores/offlineimap.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { scratch, type Scratch } from '../doubles/engine.ts';
import { findAll } from './fixture.ts';

const POLL = 'poll imap.example.org proto imap user jane password old\n';
const MUTTRC = 'set folder=imaps://jane@imap.example.org imap_pass=old\n';
const REPOSITORY =
  '[Repository a]\ntype = IMAP\nremotehost = imap.example.org\nremoteuser = jane\nremotepass = old\n';
const ACCOUNTS = '[a]\nsource = imaps://jane:old@imap.example.org\n';

async function places(
  home: Scratch,
  store: Store,
  environment: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const machine = openMachine({ home: home.home, confined: false, environment });
  const { entries } = await findAll(store, machine);
  return entries.map(({ place }) =>
    place.kind === 'file' ? path.relative(home.home, place.path) : place.kind,
  );
}

test('NeoMutt and mutt each read the first file of their own list', async () => {
  using home = scratch();
  home.write('.muttrc', MUTTRC);
  expect(await places(home, mutt)).toEqual(['.muttrc']);
  home.write('.mutt/muttrc', MUTTRC);
  expect(await places(home, mutt)).toEqual(['.mutt/muttrc', '.muttrc']);
  home.write('.config/neomutt/neomuttrc', MUTTRC);
  expect(await places(home, mutt)).toEqual(['.config/neomutt/neomuttrc', '.muttrc']);
  home.write('elsewhere/mutt/muttrc', MUTTRC);
  const elsewhere = { XDG_CONFIG_HOME: home.path('elsewhere') };
  expect(await places(home, mutt, elsewhere)).toEqual(['elsewhere/mutt/muttrc', '.muttrc']);
});

test('fetchmail goes by FETCHMAILHOME, then HOME_ETC', async () => {
  using home = scratch();
  for (const name of ['.fetchmailrc', 'own/fetchmailrc', 'etc/.fetchmailrc']) home.write(name, POLL);
  const etc = { HOME_ETC: home.path('etc') };
  expect(await places(home, fetchmail)).toEqual(['.fetchmailrc']);
  expect(await places(home, fetchmail, etc)).toEqual(['etc/.fetchmailrc']);
  expect(await places(home, fetchmail, { ...etc, FETCHMAILHOME: home.path('own') })).toEqual([
    'own/fetchmailrc',
  ]);
});

test('OfflineIMAP and aerc look where XDG_CONFIG_HOME says', async () => {
  using home = scratch();
  home.write('.offlineimaprc', REPOSITORY);
  home.write('xdg/offlineimap/config', REPOSITORY);
  home.write('xdg/aerc/accounts.conf', ACCOUNTS);
  const xdg = { XDG_CONFIG_HOME: home.path('xdg') };
  expect(await places(home, offlineimap)).toEqual(['.offlineimaprc']);
  expect(await places(home, offlineimap, xdg)).toEqual(['xdg/offlineimap/config']);
  expect(await places(home, aerc)).toEqual([]);
  expect(await places(home, aerc, xdg)).toEqual(['xdg/aerc/accounts.conf']);
});

test('a variable that the environment sets is known to mutt, except under --home', async () => {
  using home = scratch();
  home.write('.muttrc', 'set folder=imaps://$MAIL_LOGIN@imap.example.org imap_pass=old\n');
  const machine = (confined: boolean) =>
    openMachine({ home: home.home, confined, environment: { MAIL_LOGIN: 'jane' } });
  expect((await findAll(mutt, machine(false))).entries).toMatchObject([{ login: 'jane' }]);
  expect(await findAll(mutt, machine(true))).toMatchObject({
    entries: [],
    troubles: [{ problem: { kind: 'unsupported' } }],
  });
});

test('files that source each other many times over come to an end', async () => {
  using home = scratch();
  home.write('.muttrc', 'source ~/0\n'.repeat(10));
  for (let at = 0; at < 9; at += 1) home.write(String(at), `source ~/${at + 1}\n`.repeat(10));
  const machine = openMachine({ home: home.home, confined: true, environment: {} });
  expect((await findAll(mutt, machine)).troubles).toMatchObject([{ problem: { kind: 'unsupported' } }]);
});
