import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Disk } from '../../electron/engine/ports.ts';
import { disk } from '../../electron/system/disk.ts';
import { StoredKeys } from '../../electron/system/journal-keys.ts';
import { Keychain, type Keytar } from '../../electron/system/keychain.ts';
import { scratch } from '../doubles/engine.ts';
import { failingDisk, Killed, mortalDisk } from '../doubles/disks.ts';

/** A keychain that remembers, as macOS and Windows have one without a Secret Service. */
class RememberingKeytar implements Keytar {
  readonly values = new Map<string, string>();

  async getPassword(service: string, account: string): Promise<string | null> {
    return this.values.get(`${service}/${account}`) ?? null;
  }

  async setPassword(service: string, account: string, password: string): Promise<void> {
    this.values.set(`${service}/${account}`, password);
  }

  async deletePassword(service: string, account: string): Promise<boolean> {
    return this.values.delete(`${service}/${account}`);
  }
}

const keysIn = (state: string, keychain?: Keychain, confined = keychain === undefined, on: Disk = disk) =>
  new StoredKeys({ disk: on, state, random: randomBytes, confined, ...(keychain ? { keychain } : {}) });

describe('a key in a file', () => {
  test('is made once, for its owner only', async () => {
    using home = scratch();
    const state = path.join(home.root, 'made', 'later');
    const first = await keysIn(state).current();
    expect(first).toMatchObject({ ok: true, value: { protection: 'file' } });
    expect(first.ok && first.value.key).toHaveLength(32);
    expect(await keysIn(state).current()).toEqual(first);
    expect(await keysIn(state).of('file')).toEqual(first);
    expect(fs.statSync(path.join(state, 'key')).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(state)).toEqual(['key']);
  });

  test('that is gone is never made again for an earlier run', async () => {
    using home = scratch();
    expect(await keysIn(home.state).of('file')).toMatchObject({
      ok: false,
      problem: { kind: 'undo-impossible' },
    });
    expect(fs.existsSync(path.join(home.state, 'key'))).toBe(false);
  });

  test('survives a kill at every step of its making', async () => {
    for (let step = 1; ; step += 1) {
      using home = scratch();
      const mortal = mortalDisk(step);
      const killed = await keysIn(home.state, undefined, true, mortal.disk)
        .current()
        .then(
          () => false,
          (error: unknown) => error instanceof Killed,
        );
      if (!killed) break;
      const next = await keysIn(home.state).current();
      expect(await keysIn(home.state).of('file')).toEqual(next);
      expect(next.ok).toBe(true);
    }
  });

  test('that cannot be written is a problem', async () => {
    using home = scratch();
    const full = failingDisk(1, 'ENOSPC', ['write']);
    expect(await keysIn(home.state, undefined, true, full.disk).current()).toMatchObject({
      ok: false,
      problem: { kind: 'disk-full' },
    });
  });

  test('behind a planted link is not followed', async () => {
    using home = scratch();
    fs.writeFileSync(path.join(home.root, 'theirs'), Buffer.alloc(32, 1));
    fs.symlinkSync(path.join(home.root, 'theirs'), path.join(home.state, 'key'));
    expect((await keysIn(home.state).current()).ok).toBe(false);
  });
});

describe('a key in the keychain', () => {
  test('is preferred, kept and read back for its runs', async () => {
    using home = scratch();
    const keytar = new RememberingKeytar();
    const keychain = new Keychain({ load: async () => keytar });
    const first = await keysIn(home.state, keychain).current();
    expect(first).toMatchObject({ ok: true, value: { protection: 'keychain' } });
    expect(await keysIn(home.state, keychain).of('keychain')).toEqual(first);
    expect([...keytar.values.keys()]).toEqual(['Rekey/journal']);
    expect(fs.existsSync(path.join(home.state, 'key'))).toBe(false);
  });

  test('is out of bounds when confined', async () => {
    using home = scratch();
    const keytar = new RememberingKeytar();
    const keys = keysIn(home.state, new Keychain({ load: async () => keytar }), true);
    expect(await keys.current()).toMatchObject({ ok: true, value: { protection: 'file' } });
    expect(await keys.of('keychain')).toMatchObject({ ok: false, problem: { kind: 'keyring-missing' } });
    expect(keytar.values.size).toBe(0);
  });

  test('without libsecret there is a file instead', async () => {
    using home = scratch();
    const keychain = new Keychain({ load: () => Promise.reject(new Error('Failed to load')) });
    expect(await keysIn(home.state, keychain).current()).toMatchObject({
      ok: true,
      value: { protection: 'file' },
    });
    expect(await keysIn(home.state, keychain).of('keychain')).toMatchObject({
      ok: false,
      problem: { kind: 'keyring-missing' },
    });
  });

  test('that is something else is neither used nor overwritten', async () => {
    using home = scratch();
    const keytar = new RememberingKeytar();
    keytar.values.set('Rekey/journal', 'not a key');
    const keychain = new Keychain({ load: async () => keytar });
    expect(await keysIn(home.state, keychain).current()).toMatchObject({
      ok: true,
      value: { protection: 'file' },
    });
    expect(keytar.values.get('Rekey/journal')).toBe('not a key');
    expect(await keysIn(home.state, keychain).of('keychain')).toMatchObject({
      ok: false,
      problem: { kind: 'undo-impossible' },
    });
  });
});
