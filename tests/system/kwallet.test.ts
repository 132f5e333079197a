import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Place } from '../../shared/model.ts';
import type { Change } from '../../electron/engine/ports.ts';
import { KWalletDoor } from '../../electron/system/kwallet-door.ts';
import { KWallet } from '../../electron/system/kwallet.ts';
import { asksBeforeOpening } from '../../electron/system/kwallet-manners.ts';
import { SessionBus } from '../../electron/system/session-bus.ts';
import { FakeKWallet } from '../doubles/kwallet.ts';
import { kwalletCases } from './kwallet-cases.ts';

kwalletCases('a double of kwalletd6', () => FakeKWallet.start());
kwalletCases('a double of kwalletd5', () => FakeKWallet.start(['org.kde.kwalletd5']));

const CHANGE: Pick<Change, 'run' | 'place' | 'method'> = {
  run: 'run',
  place: { kind: 'kwallet', wallet: 'kdewallet', folder: 'imap', entry: 'akonadi_imap_resource_0rc' },
  method: 'api',
};

const AT = { wallet: 'kdewallet', folder: 'imap', entry: 'akonadi_imap_resource_0rc' };

async function sightWith(names: readonly string[]): Promise<{ sight: string; calls: readonly string[] }> {
  const session = await FakeKWallet.start(names);
  const bus = new SessionBus(session.address);
  const sight = await new KWallet(bus, () => false).sight(AT);
  await bus.close();
  await session.stop();
  return { sight, calls: session.calls };
}

test('without a daemon there is nothing, and since KDE Frameworks 6.14 only a bridge', async () => {
  expect(await sightWith([])).toEqual({ sight: 'absent', calls: [] });
  const bridge = ['org.kde.kwalletd6', 'org.kde.secretservicecompat'];
  expect(await sightWith(bridge)).toEqual({ sight: 'bridge', calls: [] });
  expect(await sightWith(['org.kde.secretservicecompat'])).toEqual({ sight: 'absent', calls: [] });
});

test('its owner is asked once for all places of a wallet, and once more in the next run', async () => {
  const session = await FakeKWallet.start();
  const bus = new SessionBus(session.address);
  const door = new KWalletDoor(new KWallet(bus, () => false), { mayPrompt: true });
  const places = ['one', 'two', 'three'].map((entry): Place => ({ kind: 'kwallet', ...AT, entry }));
  const unlock = async () =>
    (await Promise.all(places.map((place) => door.unlock(place)))).map(({ ok }) => ok);
  const asked = (): number => session.calls.filter((call) => call === '(asks)').length;
  await session.closeWallet();
  session.atPrompt = 'refuses';
  expect(await unlock()).toEqual([false, false, false]);
  expect(asked()).toBe(1);
  session.atPrompt = 'opens';
  expect(await unlock()).toEqual([true, true, true]);
  expect(asked()).toBe(2);
  expect(await door.commit({ ...CHANGE, before: undefined, after: Buffer.from('new') })).toMatchObject({
    ok: true,
  });
  expect(await session.value('imap', AT.entry)).toBe('new');
  await bus.close();
  await session.stop();
});

test.each(['entryType', 'readPassword', 'writePassword', 'removeEntry'])(
  'a wallet that is closed just before %s is locked, not empty',
  async (member) => {
    const session = await FakeKWallet.start();
    const bus = new SessionBus(session.address);
    await session.put('imap', AT.entry, 'old');
    const door = new KWalletDoor(new KWallet(bus, () => false));
    session.closesBefore = member;
    const after = member === 'removeEntry' ? undefined : Buffer.from('new');
    const locked = { ok: false, problem: { kind: 'keyring-locked', subject: 'kdewallet' } };
    expect(await door.commit({ ...CHANGE, before: Buffer.from('old'), after })).toEqual(locked);
    expect(await session.value('imap', AT.entry)).toBe('old');
    await bus.close();
    await session.stop();
  },
);

test('a wallet that was never made is not made', async () => {
  const session = await FakeKWallet.start();
  const bus = new SessionBus(session.address);
  expect((await new KWallet(bus, () => false).unlock('never-made')).ok).toBe(false);
  expect(session.calls).not.toContain('open');
  await bus.close();
  await session.stop();
});

test('a wallet that asks before it lets a program in is entered once its owner agreed', async () => {
  const session = await FakeKWallet.start();
  const bus = new SessionBus(session.address);
  await session.put('imap', AT.entry, 'old');
  const kwallet = new KWallet(bus, () => true);
  expect(await kwallet.sight(AT)).toBe('closed');
  expect((await kwallet.read(AT)).ok).toBe(false);
  expect((await kwallet.unlock('kdewallet')).ok).toBe(true);
  expect(await kwallet.read(AT)).toEqual({ ok: true, value: Buffer.from('old') });
  expect(await kwallet.sight(AT)).toBe('stored');
  await bus.close();
  await session.stop();
});

test('a handle is given back at the end', async () => {
  const session = await FakeKWallet.start();
  const bus = new SessionBus(session.address);
  const kwallet = new KWallet(bus, () => false);
  await kwallet.read(AT);
  expect(await session.handles()).toBe(1);
  await kwallet.close();
  expect(await session.handles()).toBe(0);
  await bus.close();
  await session.stop();
});

test.each([
  ['', false],
  ['[Wallet]\nPrompt on Open=false\n', false],
  ['[Wallet]\nPrompt on Open=true\n', true],
  ['[Wallet]\n  Prompt on Open = 1 \n', true],
  ['[Wallet]\nPrompt on Open[$i]=true\n', true],
  ['[Wallet]\nPrompt on Open[$i]=Off\n', false],
])('%j asks first: %s', (text, asks) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-kwalletrc-'));
  fs.writeFileSync(path.join(folder, 'kwalletrc'), text);
  const env = (name: string): string | undefined => (name.startsWith('XDG_CONFIG') ? folder : undefined);
  expect(asksBeforeOpening(env)).toBe(asks);
  fs.rmSync(folder, { recursive: true });
});
