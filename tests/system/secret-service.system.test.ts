import { describe, expect, test } from 'vitest';
import { GENERIC_SCHEMA } from '../../electron/system/secret-service.ts';
import { gnomeKeyring } from './keyring-under-test.ts';
import { open, placeOf, secretServiceCases } from './secret-service-cases.ts';

describe('GNOME Keyring', () => {
  secretServiceCases(gnomeKeyring);
});

test('an item without a schema stays the same item when GNOME Keyring gives it one', async () => {
  const keyring = await gnomeKeyring();
  const { service, door } = open(keyring);
  const attributes = { kind: 'plain' };
  keyring.store('plain', attributes, 'old');
  for (const named of [attributes, { ...attributes, 'xdg:schema': GENERIC_SCHEMA }]) {
    expect(await door.read(placeOf(named))).toEqual({ ok: true, value: Buffer.from('old') });
  }
  await service.close();
  await keyring.stop();
});
