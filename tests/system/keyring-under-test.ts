import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Attributes } from '../../shared/model.ts';
import { SecretServiceDouble, type DoubleOptions } from '../doubles/secret-service.ts';
import { startSession } from '../doubles/session.ts';

export const LOGIN = '/org/freedesktop/secrets/collection/login';

/** A keyring as its owner and other clients handle it: a real one, or the double that has to behave like it. */
export interface KeyringUnderTest {
  /** Of its session bus. */
  readonly address: string;
  /** What another client stores; one with the same attributes is replaced. */
  store(label: string, attributes: Attributes, value: string, collection?: string): void;
  /** What another client finds; empty where there is nothing. */
  lookup(attributes: Attributes): string;
  /** Everything but the secret that the service tells of an item. */
  facts(object: string): string;
  lock(): Promise<void>;
  /** Makes another keyring; its object path. */
  addKeyring(label: string): Promise<string>;
  stop(): Promise<void>;
}

/** GNOME Keyring in a session of its own, with secret-tool as the other client and gdbus as the witness. */
export async function gnomeKeyring(): Promise<KeyringUnderTest & { readonly home: string }> {
  const session = await startSession();
  const words = (attributes: Attributes): readonly string[] => Object.entries(attributes).flat();
  const property = (object: string, name: string): string =>
    session.run(
      'gdbus',
      `call --session --dest org.freedesktop.secrets --object-path ${object}
       --method org.freedesktop.DBus.Properties.Get org.freedesktop.Secret.Item ${name}`.split(/\s+/),
    );
  return {
    address: session.address,
    home: session.home,
    store: (label, attributes, value, collection = LOGIN) =>
      void session.run(
        'secret-tool',
        ['store', `--label=${label}`, `--collection=${collection}`, ...words(attributes)],
        value,
      ),
    lookup: (attributes) => session.run('secret-tool', ['lookup', ...words(attributes)]),
    facts: (object) => ['Attributes', 'Label', 'Created'].map((name) => property(object, name)).join(''),
    lock: () => session.lock(),
    addKeyring: (label) => session.addKeyring(label),
    stop: () => session.stop(),
  };
}

/** The double, on a bus in this process. */
export async function keyringDouble(
  options: DoubleOptions = {},
): Promise<KeyringUnderTest & { readonly double: SecretServiceDouble }> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-secrets-'));
  const double = await SecretServiceDouble.start(path.join(dir, 'bus'), options);
  return {
    double,
    address: double.address,
    store: (label, attributes, value, collection) => void double.store(label, attributes, value, collection),
    lookup: (attributes) => double.found(attributes)[0]?.[1].secret.value.toString('utf8') ?? '',
    facts: (object) => {
      const item = double.found({}).find(([at]) => at === object)?.[1];
      return JSON.stringify([item?.attributes, item?.label, Number(item?.created)]);
    },
    lock: async () => {
      for (const collection of double.collections.values()) collection.locked = true;
    },
    addKeyring: async (label) => double.addCollection(label),
    stop: async () => {
      await double.stop();
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}
