import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Place } from '../../shared/model.ts';
import { SecretServiceDoor } from '../../electron/system/secret-service-door.ts';
import { SecretService } from '../../electron/system/secret-service.ts';
import { SessionBus } from '../../electron/system/session-bus.ts';
import { PlainSecretService } from '../doubles/secret-service.ts';

const place: Place = { kind: 'secret-service', attributes: { user: 'anna' } };

const at = (name: string): string =>
  pathToFileURL(path.join(import.meta.dirname, '../../electron/system', name)).href;

const change = (before: string | undefined, after: string | undefined) => ({
  run: 'run',
  place,
  method: 'api' as const,
  before: before === undefined ? undefined : Buffer.from(before),
  after: after === undefined ? undefined : Buffer.from(after),
});

describe('a service without encrypted sessions', () => {
  let dir: string;
  let remote: PlainSecretService;
  let service: SecretService;
  let door: SecretServiceDoor;

  beforeEach(async () => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-secrets-'));
    remote = await PlainSecretService.start(path.join(dir, 'bus'));
    service = new SecretService(new SessionBus(remote.address));
    door = new SecretServiceDoor(service);
  });

  afterEach(async () => {
    await service.close();
    await remote.stop();
    fs.rmSync(dir, { recursive: true, force: true });
  });

  test('is spoken to in plain, and keeps the content type', async () => {
    expect(await door.read(place)).toEqual({ ok: true, value: Buffer.from('old') });
    expect((await door.commit(change('old', 'new "p\\w é'))).ok).toBe(true);
    expect(remote.item).toEqual({
      value: Buffer.from('new "p\\w é'),
      contentType: 'text/plain; charset=utf8',
    });
  });

  test('that would ask first is locked, and is never told to ask', async () => {
    const shut = { ok: false, problem: { kind: 'keyring-locked', subject: 'login' } };
    expect(await door.commit(change('old', undefined))).toEqual(shut);
    remote.item = undefined;
    expect(await door.commit(change(undefined, 'new'))).toEqual(shut);
    expect(remote.calls.filter((member) => member === 'Unlock' || member === 'Prompt')).toEqual([]);
  });

  test('does not keep a process alive that is done, and does while it is asked', async () => {
    const program = `
      import { SessionBus } from '${at('session-bus.ts')}';
      import { SecretService } from '${at('secret-service.ts')}';
      const service = new SecretService(new SessionBus('${remote.address}'));
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
    remote.forgetful = true;
    expect((await door.read(place)).ok).toBe(false);
    expect(await door.read(place)).toEqual({ ok: true, value: Buffer.from('old') });
  });
});
