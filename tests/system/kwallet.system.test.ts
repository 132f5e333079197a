import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { KWalletDoor } from '../../electron/system/kwallet-door.ts';
import { KWallet } from '../../electron/system/kwallet.ts';
import { SessionBus } from '../../electron/system/session-bus.ts';
import { KdeSession } from '../doubles/kde-session.ts';
import { end, environment, startBus } from '../doubles/session.ts';
import { kwalletCases } from './kwallet-cases.ts';

kwalletCases('kwalletd5', () => KdeSession.start());

const AT = { wallet: 'kdewallet', folder: 'imap', entry: 'akonadi_imap_resource_0rc' };

test('a daemon that the bus could start is not started by looking, reading or being told to wait', async () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-asleep-'));
  const env = environment(root);
  const started = path.join(root, 'started');
  const services = path.join(root, 'data', 'dbus-1', 'services');
  fs.mkdirSync(services, { recursive: true });
  fs.writeFileSync(
    path.join(services, 'org.kde.kwalletd5.service'),
    `[D-BUS Service]\nName=org.kde.kwalletd5\nExec=/usr/bin/touch ${started}\n`,
  );
  const daemon = await startBus(root, env, services);
  const bus = new SessionBus(`unix:path=${path.join(root, 'bus')}`);
  const kwallet = new KWallet(bus, () => false);
  const door = new KWalletDoor(kwallet);
  const place = { kind: 'kwallet', ...AT } as const;
  const shut = { ok: false, problem: { kind: 'keyring-locked', subject: 'kdewallet' } };
  expect(await kwallet.sight(AT)).toBe('closed');
  expect(await door.read(place)).toEqual(shut);
  expect(await door.unlock(place)).toEqual(shut);
  expect(fs.existsSync(started)).toBe(false);
  // Only a person's run that may ask wakes it up; this one is no daemon, so the wallet stays shut.
  expect(await kwallet.unlock('kdewallet')).toEqual(shut);
  expect(fs.existsSync(started)).toBe(true);
  await bus.close();
  await end(daemon);
  fs.rmSync(root, { recursive: true, force: true });
});
