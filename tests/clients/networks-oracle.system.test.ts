import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../shared/model.ts';
import type { Store } from '../../electron/engine/ports.ts';
import { keyFileValue } from '../../electron/formats/key-file-value.ts';
import { readKeyFile } from '../../electron/formats/key-file.ts';
import { networkProfile } from '../../electron/formats/network-profiles.ts';
import { networkPasswords } from '../../electron/stores/network-passwords.ts';
import { networkManager } from '../../electron/stores/network-manager.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { SecretServiceDoor } from '../../electron/system/secret-service-door.ts';
import { SecretService } from '../../electron/system/secret-service.ts';
import { SessionBus } from '../../electron/system/session-bus.ts';
import { startSession, type Session } from '../doubles/session.ts';
import { get, put } from '../formats/lens-laws.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { findAll } from '../stores/fixture.ts';
import { askNetworks, type NetworkKind } from './networks.ts';

/** A form feed in front is lost: by NetworkManager as well. */
const PASSWORDS = samplePasswords(300).filter((password) => !password.startsWith('\f'));

describe.each<NetworkKind>(['802-1x', 'vpn'])('a profile with a password for %s', (kind) => {
  const written = (passwords: readonly string[]): readonly string[] =>
    askNetworks(passwords.map((password) => ({ do: 'write', kind, password }))) as string[];
  const slot = { group: kind === 'vpn' ? 'vpn-secrets' : '802-1x', key: 'password' };

  test('is understood', () => {
    const file = readKeyFile(Buffer.from(written(['old'])[0] ?? ''));
    expect(file.ok && networkProfile(file.value).logins).toEqual([
      kind === 'vpn'
        ? {
            login: 'jane@example.org',
            host: 'vpn.example.org',
            setting: 'vpn',
            key: 'password',
            keptBy: 'file',
            slot,
          }
        : { login: 'EXAMPLE\\jane', host: '', setting: '802-1x', key: 'password', keptBy: 'file', slot },
    ]);
  });

  test('is written to the byte as the library writes it, and read by it', () => {
    const old = Buffer.from(written(['old'])[0] ?? '');
    const texts = PASSWORDS.map((password) => {
      const bytes = put(keyFileValue, old, slot, password);
      if (!bytes.ok) throw new Error(bytes.problem.kind);
      return bytes.value.toString();
    });
    expect(texts).toEqual(written(PASSWORDS));
    expect(askNetworks(texts.map((text) => ({ do: 'read', kind, text })))).toEqual(PASSWORDS);
    expect(texts.map((text) => get(keyFileValue, Buffer.from(text), slot))).toEqual(PASSWORDS);
  });
});

describe('an item of libsecret', () => {
  let session: Session;
  let service: SecretService;

  beforeAll(async () => {
    session = await startSession();
    service = new SecretService(new SessionBus(session.address));
  });
  afterAll(async () => {
    await service.close();
    await session.stop();
  });

  const ITEMS = [
    {
      store: networkManager,
      schema: 'agent',
      attributes: {
        'connection-uuid': '11111111-2222-3333-4444-555555555555',
        'setting-name': '802-1x',
        'setting-key': 'password',
      },
      label: 'Network secret for Corp/802-1x/password',
      found: { client: 'NetworkManager (Corp)', login: '', host: '' },
    },
    {
      store: networkPasswords,
      schema: 'network',
      attributes: { user: 'jane', domain: 'EXAMPLE', server: 'fileserver', protocol: 'smb', port: '1445' },
      label: 'jane@fileserver:1445',
      found: {
        client: 'Network password (smb://fileserver)',
        login: 'EXAMPLE\\jane',
        host: 'fileserver',
        port: 1445,
      },
    },
  ] as const;

  const entriesOf = async (store: Store): Promise<readonly Entry[]> => {
    const keyring = service.search.bind(service);
    const machine = openMachine({ home: session.home, confined: false, environment: {}, keyring });
    const { entries } = await findAll(store, machine);
    return entries.filter(({ place }) => place.kind === 'secret-service');
  };

  test.each(ITEMS)('that its program stored is found, and holds what Rekey writes: $label', async (item) => {
    const { store, schema, attributes, label, found } = item;
    const stored = { do: 'store', schema, attributes, label, password: 'old é' } as const;
    expect(askNetworks([stored], session.env)).toEqual([true]);
    const [entry, ...more] = await entriesOf(store);
    expect(more).toEqual([]);
    expect(entry).toMatchObject(found);
    if (!entry) return;
    const [next = ''] = samplePasswords(1);
    const change = { run: 'run', place: entry.place, method: 'api', before: Buffer.from('old é') } as const;
    const door = new SecretServiceDoor(service);
    expect(await door.commit({ ...change, after: Buffer.from(next) })).toMatchObject({ ok: true });
    expect(askNetworks([{ do: 'lookup', schema, attributes }], session.env)).toEqual([next]);
    expect((await entriesOf(store))[0]).toEqual(entry);
  });
});
