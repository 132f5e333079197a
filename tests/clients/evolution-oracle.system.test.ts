import fs from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from '../../shared/model.ts';
import { credentialSources } from '../../electron/formats/evolution-sources.ts';
import { readKeyFile } from '../../electron/formats/key-file.ts';
import { evolutionStore } from '../../electron/stores/evolution.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { SecretServiceDoor } from '../../electron/system/secret-service-door.ts';
import { SecretService } from '../../electron/system/secret-service.ts';
import { SessionBus } from '../../electron/system/session-bus.ts';
import { startSession, type Session } from '../doubles/session.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { findAll } from '../stores/fixture.ts';
import { askGnome, type GnomeSource } from './gnome.ts';

const WORK: GnomeSource = {
  uid: '1700000000.1.0@desk',
  name: 'jane "work" @example.org; x',
  type: 'Mail Account',
  backend: 'imapx',
  host: 'imap.example.org',
  user: 'jane@example.org',
  method: 'PLAIN',
};

const sourceText = (source: GnomeSource): string => {
  const [made] = askGnome([{ do: 'source', source }]) as { file: string }[];
  return made?.file ?? '';
};

describe('an item of Evolution', () => {
  let session: Session;
  let service: SecretService;
  let door: SecretServiceDoor;

  beforeAll(async () => {
    session = await startSession();
    service = new SecretService(new SessionBus(session.address));
    door = new SecretServiceDoor(service);
  });
  afterAll(async () => {
    await service.close();
    await session.stop();
  });
  beforeEach(() => fs.rmSync(path.join(session.home, '.config'), { recursive: true, force: true }));

  const asked = (request: Parameters<typeof askGnome>[0][number]): unknown =>
    askGnome([request], session.env)[0];

  async function entryOf(source: GnomeSource): Promise<Entry> {
    const folder = path.join(session.home, '.config/evolution/sources');
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, `${source.uid}.source`), sourceText(source));
    const keyring = service.search.bind(service);
    const machine = openMachine({ home: session.home, confined: false, environment: {}, keyring });
    const { entries } = await findAll(evolutionStore, machine);
    const [entry, ...more] = entries;
    if (!entry || more.length > 0) throw new Error('not one entry');
    return entry;
  }

  const write = async ({ place }: Entry, before: string | undefined, after: string | undefined) =>
    door.commit({
      run: 'run',
      place,
      method: 'api',
      before: before === undefined ? undefined : Buffer.from(before),
      after: after === undefined ? undefined : Buffer.from(after),
    });

  test('that its library stored holds what Rekey writes', async () => {
    let last = 'old "p\\w\' é';
    expect(asked({ do: 'store', source: WORK, password: last })).toBe(true);
    const entry = await entryOf(WORK);
    expect(entry).toMatchObject({ login: WORK.user, host: WORK.host, place: { collection: /login$/ } });
    for (const next of samplePasswords(5)) {
      expect(await write(entry, last, next)).toMatchObject({ ok: true });
      expect(asked({ do: 'lookup', source: WORK })).toBe(next);
      last = next;
    }
  });

  test('that was missing is read by its library once Rekey has added it, as its own would be', async () => {
    const source = { ...WORK, uid: '1700000000.2.0@desk' };
    const entry = await entryOf(source);
    expect(entry).toMatchObject({ stored: 'missing', addable: true });
    expect(await write(entry, undefined, 'new "é')).toMatchObject({ ok: true });
    expect(asked({ do: 'lookup', source })).toBe('new "é');
    const ours = await service.search({ 'e-source-uid': source.uid });
    expect(await write(entry, 'new "é', undefined)).toMatchObject({ ok: true });
    expect(asked({ do: 'lookup', source })).toBeNull();
    expect(asked({ do: 'store', source, password: 'x' })).toBe(true);
    const theirs = await service.search({ 'e-source-uid': source.uid });
    const facts = [ours, theirs].map((found) => found.ok && found.value.map(factsOf));
    expect(facts[0]).toEqual(facts[1]);
  });
});

const factsOf = ({
  attributes,
  label,
  collection,
}: {
  attributes: object;
  label: string;
  collection: string;
}) => ({
  attributes,
  label,
  collection,
});

test('a collection keeps the password of its members by the rule of the library', () => {
  const text = fc.constantFrom('', 'jane', 'JANE', 'kim');
  const method = fc.constantFrom('none', 'PLAIN', 'plain', 'LOGIN', '');
  const login = fc
    .record({ host: text, user: text, method })
    .map(({ host, user, ...rest }) => ({ host, user, ...rest }));
  const pairs = fc.sample(
    fc.record({
      collection: fc.option(login, { nil: undefined }),
      child: fc.option(login, { nil: undefined }),
    }),
    { numRuns: 300, seed: 4 },
  );
  const requests = pairs.map(({ collection, child }) => ({
    do: 'serves' as const,
    collection: { uid: 'c', type: 'Collection', backend: 'none', ...collection },
    child: { uid: 'm', type: 'Mail Account', backend: 'imapx', ...child },
  }));
  const files = askGnome(
    requests.flatMap(({ collection, child }) => [
      { do: 'source' as const, source: collection },
      { do: 'source' as const, source: child },
    ]),
  ) as { file: string }[];
  const source = (uid: string, index: number) => {
    const file = readKeyFile(Buffer.from(files[index]?.file ?? ''));
    if (!file.ok) throw new Error('not a key file');
    return { uid, file: file.value };
  };
  const ours = requests.map((_, index) => {
    const [child, collection] = [source('m', 2 * index + 1), source('c', 2 * index)];
    return credentialSources([child, collection]).map((each) => each === collection);
  });
  const theirs = askGnome(requests);
  for (const [index, request] of requests.entries())
    expect(ours[index], JSON.stringify(request)).toContain(theirs[index]);
  expect(new Set(theirs)).toEqual(new Set([true, false]));
  expect(ours.filter(({ length }) => length === 1).length).toBeGreaterThan(pairs.length / 2);
});
