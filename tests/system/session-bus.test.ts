import { getDiffieHellman } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createBroker } from 'dbus-native';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PRIME } from '../../electron/system/secret-session.ts';
import { SecretService } from '../../electron/system/secret-service.ts';
import { SessionBus, sessionBusAddress, socketOf } from '../../electron/system/session-bus.ts';

describe('the address of the session bus', () => {
  test('is the variable, else the socket in the runtime folder', () => {
    const env = (values: Record<string, string>) => (name: string) => values[name];
    const runtime = { XDG_RUNTIME_DIR: '/run/user/7' };
    expect(sessionBusAddress(env({ ...runtime, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/x' }))).toBe(
      'unix:path=/x',
    );
    expect(sessionBusAddress(env({ ...runtime, DBUS_SESSION_BUS_ADDRESS: '' }))).toBe(
      'unix:path=/run/user/7/bus',
    );
    expect(sessionBusAddress(env({}))).toBeUndefined();
  });

  test.each([
    ['unix:path=/run/user/7/bus', '/run/user/7/bus'],
    ['unix:guid=1,path=/tmp/a%20b%3ac', '/tmp/a b:c'],
    ['unix:abstract=/tmp/dbus-X,guid=1', '\0/tmp/dbus-X'],
    ['tcp:host=example.org,port=1;unix:path=/second', '/second'],
    ['unixexec:path=/bin/sh', undefined],
    ['autolaunch:', undefined],
    ['unix:path=%zz', undefined],
    ['', undefined],
  ])('%s', (address, socket) => {
    expect(socketOf(address)).toBe(socket);
  });
});

test('the prime is the second Oakley group', () => {
  expect(PRIME.equals(getDiffieHellman('modp2').getPrime())).toBe(true);
});

describe('a keyring that is not there', () => {
  let dir: string;
  const missing = { ok: false, problem: { kind: 'keyring-missing' } };

  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-bus-'));
  });
  afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

  test.each([undefined, '', 'unixexec:path=/bin/sh', 'unix:path=/nonexistent/bus'])(
    'at %s',
    async (address) => {
      const service = new SecretService(new SessionBus(address));
      expect(await service.search({})).toMatchObject(missing);
      await service.close();
    },
  );

  test('where something listens and never answers', async () => {
    const held: net.Socket[] = [];
    const server = net.createServer((socket) => held.push(socket)).listen(path.join(dir, 'bus'));
    await once(server, 'listening');
    const bus = new SessionBus(`unix:path=${path.join(dir, 'bus')}`, { greeting: 100, call: 100 });
    const service = new SecretService(bus);
    expect(await service.search({})).toMatchObject(missing);
    expect(await service.target()).toMatchObject(missing);
    expect(held).toHaveLength(1);
    await service.close();
    for (const socket of held) socket.destroy();
    server.close();
  });

  test('where the other side hangs up', async () => {
    const server = net.createServer((socket) => socket.destroy()).listen(path.join(dir, 'bus'));
    await once(server, 'listening');
    const service = new SecretService(new SessionBus(`unix:path=${path.join(dir, 'bus')}`));
    expect(await service.search({})).toMatchObject(missing);
    await service.close();
    server.close();
  });

  test('where a bus runs without a Secret Service', async () => {
    const broker = createBroker();
    const address = await new Promise<string>((resolve) => {
      broker.listen({ socket: path.join(dir, 'bus') }, (_error, at) => resolve(at));
    });
    const service = new SecretService(new SessionBus(address));
    expect(await service.search({})).toMatchObject(missing);
    await service.close();
    await new Promise<void>((resolve) => broker.close(resolve));
  });
});
