import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createBroker, createClient } from 'dbus-native';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKeyrings, type Keyrings } from '../../electron/system/keyrings.ts';

const NAME = 'org.example.Mail';
const method = { destination: NAME, path: '/mail', interface: NAME, member: 'Reload' };

let dir: string;
let keyrings: Keyrings;
let reloads: number;
let end: () => Promise<void>;

/** A bus with one program on it that can be told to read its settings again. */
beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-bus-'));
  const broker = createBroker();
  const address = await new Promise<string>((resolve) => {
    broker.listen({ socket: path.join(dir, 'bus') }, (_error, at) => resolve(at));
  });
  const bus = createClient({ busAddress: address, authMethods: ['EXTERNAL'] });
  await bus.requestName(NAME, 0);
  reloads = 0;
  const implementation = { Reload: () => ((reloads += 1), null) };
  bus.exportInterface(implementation, '/mail', { name: NAME, methods: { Reload: ['', '', [], []] } });
  keyrings = openKeyrings({ DBUS_SESSION_BUS_ADDRESS: address });
  end = async () => {
    await bus.close();
    await new Promise<void>((resolve) => void broker.close(resolve));
  };
});
afterEach(async () => {
  await keyrings.close();
  await end();
  fs.rmSync(dir, { recursive: true, force: true });
});

test('names on the bus are seen, and a program is told', async () => {
  expect(await keyrings.busNames()).toContain(NAME);
  expect(await keyrings.callBus(method)).toEqual({ ok: true, value: undefined });
  expect(reloads).toBe(1);
});

test('a program that is not there, or refuses, was not told', async () => {
  for (const wrong of [{ destination: 'org.example.Nobody' }, { member: 'Unknown' }])
    expect(await keyrings.callBus({ ...method, ...wrong })).toMatchObject({
      problem: { kind: 'refresh-failed' },
    });
});

test('without a bus there are no names', async () => {
  const alone = openKeyrings({});
  expect(await alone.busNames()).toEqual([]);
  expect(await alone.callBus(method)).toMatchObject({ problem: { kind: 'refresh-failed', subject: NAME } });
});
