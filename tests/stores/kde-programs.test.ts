import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Place } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { BusMethod, Store, WalletSight } from '../../electron/engine/ports.ts';
import { kdeTransports } from '../../electron/stores/kde-transports.ts';
import { kmail } from '../../electron/stores/kmail.ts';
import { msmtp } from '../../electron/stores/msmtp.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { findAll } from './fixture.ts';

const CONTROL = 'org.freedesktop.Akonadi.Control';
const DONE = { ok: true, value: undefined };

let home = '';
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-kde-'));
  write('.config/akonadi_imap_resource_0rc', '[network]\nImapServer=imap.corp.test\nUserName=anna\n');
  write(
    '.config/akonadi_davgroupware_resource_1rc',
    '[General]\ndefaultUsername=anna\nremoteUrls=$default$|CalDav|https://dav.corp.test/,bob|CalDav|https://b.test/\n',
  );
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

function write(name: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
  fs.writeFileSync(path.join(home, name), text, { mode: 0o600 });
}

const entry = (folder: string, name: string): Place => ({
  kind: 'kwallet',
  wallet: 'kdewallet',
  folder,
  entry: name,
});

interface Telling {
  readonly names?: readonly string[];
  readonly holds?: 'new' | 'old';
  readonly answer?: Result<void>;
}

async function told(
  store: Store,
  place: Place,
  { names = [CONTROL], holds = 'new', answer = ok(undefined) }: Telling = {},
) {
  const called: BusMethod[] = [];
  const call = async (method: BusMethod): Promise<Result<void>> => {
    called.push(method);
    return answer;
  };
  const bus = { names: async () => names, call };
  const machine = openMachine({ home, confined: false, environment: {}, bus });
  return { result: await store.after?.(machine, place, holds), called };
}

const restart = (argument: string): BusMethod => ({
  destination: CONTROL,
  path: '/AgentManager',
  interface: 'org.freedesktop.Akonadi.AgentManager',
  member: 'restartAgentInstance',
  argument,
});

test.each<[Store, Place, readonly string[]]>([
  [kmail, entry('imap', 'akonadi_imap_resource_0rc'), ['akonadi_imap_resource_0']],
  [
    kmail,
    {
      kind: 'secret-service',
      attributes: { user: 'akonadi_imap_resource_0rc', server: 'imap', type: 'plaintext' },
    },
    ['akonadi_imap_resource_0'],
  ],
  [
    kmail,
    entry('Passwords', 'akonadi_davgroupware_resource_1,$default$'),
    ['akonadi_davgroupware_resource_1'],
  ],
  [kmail, entry('Passwords', 'https://b.test/,CalDav,bob'), ['akonadi_davgroupware_resource_1']],
  [kmail, entry('imap', 'akonadi_imap_resource_9rc'), []],
  [kdeTransports, entry('mailtransports', '1'), ['akonadi_maildispatcher_agent']],
])('%o: the program of Akonadi that read %o is started anew', async (store, place, instances) => {
  expect(await told(store, place)).toEqual({ result: DONE, called: instances.map(restart) });
});

test('Akonadi is not started, not made to try an old password, and its failure is a warning', async () => {
  const place = entry('imap', 'akonadi_imap_resource_0rc');
  expect(await told(kmail, place, { names: [] })).toEqual({ result: DONE, called: [] });
  expect(await told(kmail, place, { holds: 'old' })).toEqual({ result: DONE, called: [] });
  const answer = fail('refresh-failed', CONTROL, 'org.freedesktop.DBus.Error.NoReply');
  expect(await told(kmail, place, { answer })).toMatchObject({
    result: { problem: { kind: 'refresh-failed', subject: 'Akonadi' } },
  });
});

test.each<[WalletSight, object]>([
  ['stored', { place: entry('Mail', 'anna') }],
  ['missing', { place: entry('Mail', 'anna'), stored: 'missing' }],
  ['closed', { place: entry('Mail', 'anna'), stored: 'unknown' }],
  ['absent', { place: entry('Mail', 'anna'), stored: 'unknown' }],
  ['bridge', { place: { kind: 'secret-service', attributes: { user: 'anna', server: 'Mail' } } }],
])('behind kwallet-query is an entry of a wallet that is %s', async (sight, expected) => {
  write(
    '.msmtprc',
    'account a\nhost smtp.corp.test\nauth on\nuser anna\npasswordeval kwallet-query -r anna -f Mail kdewallet\n',
  );
  const item = { collection: '/c', label: 'l', attributes: { user: 'anna', server: 'Mail' }, locked: false };
  const machine = openMachine({
    home,
    confined: false,
    environment: {},
    keyring: async () => ok([item]),
    wallet: async () => sight,
  });
  expect((await findAll(msmtp, machine)).entries).toMatchObject([{ lens: 'whole', slot: {}, ...expected }]);
});
