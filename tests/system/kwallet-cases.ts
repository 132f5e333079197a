import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Place } from '../../shared/model.ts';
import type { Change } from '../../electron/engine/ports.ts';
import { KWalletDoor } from '../../electron/system/kwallet-door.ts';
import { asksBeforeOpening } from '../../electron/system/kwallet-manners.ts';
import { KWallet } from '../../electron/system/kwallet.ts';
import { SessionBus } from '../../electron/system/session-bus.ts';
import type { WalletSession } from '../doubles/wallet-session.ts';
import { samplePasswords } from '../formats/passwords.ts';

const FOLDER = 'imap';
const ENTRY = 'akonadi_imap_resource_0rc';

const placeOf = (entry: string, folder = FOLDER): Place => ({
  kind: 'kwallet',
  wallet: 'kdewallet',
  folder,
  entry,
});

const change = (place: Place, before: string | undefined, after: string | undefined): Change => ({
  run: 'run',
  place,
  method: 'api',
  before: before === undefined ? undefined : Buffer.from(before),
  after: after === undefined ? undefined : Buffer.from(after),
});

const DONE = { ok: true, value: undefined };
const LOCKED = { ok: false, problem: { kind: 'keyring-locked', subject: 'kdewallet' } };

/** What every KWallet must do, the double and the daemon alike. */
export function kwalletCases(name: string, start: () => Promise<WalletSession>): void {
  describe(name, () => {
    let session: WalletSession;
    let bus: SessionBus;
    let kwallet: KWallet;
    let door: KWalletDoor;

    beforeEach(async () => {
      session = await start();
      bus = new SessionBus(session.address);
      kwallet = new KWallet(bus, () => asksBeforeOpening((variable) => session.env[variable]));
      door = new KWalletDoor(kwallet);
      await session.put(FOLDER, ENTRY, 'old "p\\w ü');
    });

    afterEach(async () => {
      await kwallet.close();
      await bus.close();
      await session.stop();
    });

    const sight = (entry: string) => kwallet.sight({ wallet: 'kdewallet', folder: FOLDER, entry });
    const text = async (place: Place): Promise<string | undefined> => {
      const read = await door.read(place);
      if (!read.ok) throw new Error(read.problem.kind);
      return read.value?.toString('utf8');
    };

    test('writes what another reader finds, whatever the password', async () => {
      const place = placeOf(ENTRY);
      expect(await door.look(place)).toMatchObject({ ok: true, value: { exists: true, preconditions: [] } });
      let last = 'old "p\\w ü';
      for (const next of samplePasswords(12)) {
        expect(await door.commit(change(place, last, next))).toEqual(DONE);
        expect(await session.value(FOLDER, ENTRY)).toBe(next);
        expect(await text(place)).toBe(next);
        last = next;
      }
      expect(await door.settle([place])).toEqual(DONE);
    });

    test('a missing entry is added in a folder that is not there, and its undo removes it', async () => {
      const place = placeOf('1234567', 'mailtransports');
      expect(await door.look(place)).toMatchObject({ ok: true, value: { exists: false, preconditions: [] } });
      expect(await door.read(place)).toEqual(DONE);
      expect(await door.commit(change(place, undefined, 'added'))).toEqual(DONE);
      expect(await session.value('mailtransports', '1234567')).toBe('added');
      expect(await door.look(place)).toMatchObject({ value: { exists: true } });
      expect(await door.commit(change(place, 'added', undefined))).toEqual(DONE);
      expect(await text(place)).toBeUndefined();
      expect(await door.look(place)).toMatchObject({ value: { exists: false } });
    });

    test('another value than expected is left alone', async () => {
      for (const before of ['ours', undefined]) {
        const result = await door.commit(change(placeOf(ENTRY), before, 'new'));
        expect(result).toMatchObject({ ok: false, problem: { kind: 'changed' } });
      }
      const gone = await door.commit(change(placeOf('gone'), 'old', 'new'));
      expect(gone).toMatchObject({ ok: false, problem: { kind: 'changed' } });
      expect(await session.value(FOLDER, ENTRY)).toBe('old "p\\w ü');
    });

    test('a map is not a password, and is not made one', async () => {
      await session.putMap(FOLDER, 'tokens');
      expect(await door.read(placeOf('tokens'))).toMatchObject({ problem: { kind: 'unsupported' } });
      const result = await door.commit(change(placeOf('tokens'), undefined, 'new'));
      expect(result).toMatchObject({ problem: { kind: 'unsupported' } });
    });

    test('a closed wallet is locked, never opened, and goes on when somebody opens it', async () => {
      expect(await text(placeOf(ENTRY))).toBe('old "p\\w ü');
      await session.closeWallet();
      expect(await sight(ENTRY)).toBe('closed');
      expect(await door.look(placeOf(ENTRY))).toMatchObject({ value: { preconditions: [LOCKED.problem] } });
      expect(await door.read(placeOf(ENTRY))).toEqual(LOCKED);
      expect(await door.commit(change(placeOf(ENTRY), 'old "p\\w ü', 'new'))).toEqual(LOCKED);
      await session.openWallet();
      expect(await sight(ENTRY)).toBe('stored');
      expect(await text(placeOf(ENTRY))).toBe('old "p\\w ü');
    });

    test('a daemon that would ask its user is not asked', async () => {
      session.askFirst();
      expect(await sight(ENTRY)).toBe('closed');
      expect(await door.read(placeOf(ENTRY))).toEqual(LOCKED);
    });

    test('where nobody answers, what is closed stays so', async () => {
      await session.closeWallet();
      const impatient = new KWallet(bus, () => false, 200);
      const shut = (wallet: string) => ({ ok: false, problem: { kind: 'keyring-locked', subject: wallet } });
      expect(await impatient.unlock('never-made')).toEqual(shut('never-made'));
      expect(await door.unlock(placeOf(ENTRY))).toEqual(shut('kdewallet'));
      expect(await impatient.unlock('kdewallet')).toEqual(shut('kdewallet'));
      expect(await sight(ENTRY)).toBe('closed');
    });

    test('places of one wallet can be read at the same time', async () => {
      await session.put(FOLDER, 'other', 'second');
      const read = await Promise.all([ENTRY, 'other', 'gone'].map((entry) => text(placeOf(entry))));
      expect(read).toEqual(['old "p\\w ü', 'second', undefined]);
    });
  });
}
