import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeyringPrompt } from '../../electron/system/keyring-prompt.ts';
import type { SecretServiceDoor } from '../../electron/system/secret-service-door.ts';
import { SecretService } from '../../electron/system/secret-service.ts';
import { SessionBus } from '../../electron/system/session-bus.ts';
import type { SecretServiceDouble } from '../doubles/secret-service.ts';
import { keyringDouble, LOGIN, type KeyringUnderTest } from './keyring-under-test.ts';
import { change, open, placeOf, secretServiceCases } from './secret-service-cases.ts';

const place = placeOf({ user: 'anna' });

const at = (name: string): string =>
  pathToFileURL(path.join(import.meta.dirname, '../../electron/system', name)).href;

describe('a service with encrypted sessions', () => {
  secretServiceCases(() => keyringDouble({ encrypted: true }));
});

describe('a service without encrypted sessions', () => {
  secretServiceCases(keyringDouble);
});

describe('a service', () => {
  let keyring: KeyringUnderTest & { readonly double: SecretServiceDouble };
  let service: SecretService;
  let door: SecretServiceDoor;

  const start = async (options = {}): Promise<void> => {
    keyring = await keyringDouble(options);
    keyring.double.store('mail', place.attributes, 'old', LOGIN, 'text/plain; charset=utf8');
    ({ service, door } = open(keyring, true));
  };
  beforeEach(() => start());
  afterEach(async () => {
    await service.close();
    await keyring.stop();
  });

  const prompts = (): number => keyring.double.calls.filter((member) => member === 'Prompt').length;

  test('keeps the content type', async () => {
    expect((await door.commit(change(place, 'old', 'new "p\\w é'))).ok).toBe(true);
    expect(keyring.double.found(place.attributes)[0]?.[1].secret).toEqual({
      value: Buffer.from('new "p\\w é'),
      contentType: 'text/plain; charset=utf8',
    });
  });

  test('that would ask first is locked, and is never told to ask', async () => {
    await service.close();
    await keyring.stop();
    await start({ asksFirst: true });
    const shut = { ok: false, problem: { kind: 'keyring-locked', subject: 'login' } };
    expect(await door.commit(change(place, 'old', undefined))).toEqual(shut);
    expect(await door.commit(change(placeOf({ not: 'there' }), undefined, 'new'))).toEqual(shut);
    expect(keyring.double.calls.filter((member) => /^(Unlock|Prompt|Dismiss)$/.test(member))).toEqual([]);
  });

  test('does not keep a process alive that is done, and does while it is asked', async () => {
    const program = `
      import { SessionBus } from '${at('session-bus.ts')}';
      import { SecretService } from '${at('secret-service.ts')}';
      const service = new SecretService(new SessionBus('${keyring.address}'));
      const found = await service.search({});
      process.stdout.write(String(found.ok && found.value.length));
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
    const printed: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
    const [code] = await once(child, 'close');
    expect({ code, printed: Buffer.concat(printed).toString() }).toEqual({ code: 0, printed: '1' });
  });

  test('that forgot the session gets a new one', async () => {
    expect((await door.read(place)).ok).toBe(true);
    keyring.double.forgetSessions();
    expect((await door.read(place)).ok).toBe(false);
    expect(await door.read(place)).toEqual({ ok: true, value: Buffer.from('old') });
  });

  test('asks once for everything that one keyring holds, and what it opens can be written', async () => {
    keyring.double.store('other', { user: 'ben' }, 'old');
    keyring.double.atPrompt = 'opens';
    await keyring.lock();
    const places = [place, placeOf({ user: 'ben' }), placeOf({ not: 'there' })];
    const opened = await Promise.all(places.map((each) => door.unlock(each)));
    expect(opened.every(({ ok }) => ok)).toBe(true);
    expect(prompts()).toBe(1);
    expect((await door.commit(change(place, 'old', 'new'))).ok).toBe(true);
    expect(await door.unlock(place)).toEqual({ ok: true, value: undefined });
    expect(prompts()).toBe(1);
  });

  test('is told to ask nobody where nobody may be asked', async () => {
    const silent = open(keyring);
    keyring.double.atPrompt = 'opens';
    await keyring.lock();
    expect((await silent.door.unlock(place)).ok).toBe(false);
    expect(keyring.double.calls).not.toContain('Unlock');
    await silent.service.close();
  });

  test('takes a dismissed prompt for the answer to everybody who waits, and asks the next who comes', async () => {
    await keyring.lock();
    const opened = await Promise.all([place, placeOf({ not: 'there' })].map((each) => door.unlock(each)));
    const shut = { ok: false, problem: { kind: 'keyring-locked', subject: 'login' } };
    expect(opened).toEqual([shut, shut]);
    expect(prompts()).toBe(1);
    keyring.double.atPrompt = 'opens';
    expect((await door.unlock(place)).ok).toBe(true);
    expect(prompts()).toBe(2);
  });

  test('is not waited for longer than patience lasts, and its prompt is taken away', async () => {
    const bus = new SessionBus(keyring.address);
    const impatient = new SecretService(bus, new KeyringPrompt(bus, 50));
    keyring.double.atPrompt = 'nothing';
    await keyring.lock();
    expect(await impatient.unlock()).toMatchObject({ problem: { kind: 'keyring-locked' } });
    expect(keyring.double.calls.slice(-3)).toEqual(['Unlock', 'Prompt', 'Dismiss']);
    await impatient.close();
  });

  test('that goes away while it asks leaves everything locked', async () => {
    keyring.double.atPrompt = 'nothing';
    await keyring.lock();
    const asked = door.unlock(place);
    while (prompts() === 0) await new Promise((resolve) => setImmediate(resolve));
    await keyring.stop();
    expect(await asked).toMatchObject({ problem: { kind: 'keyring-locked' } });
    keyring = { ...keyring, stop: async () => undefined };
  });
});
