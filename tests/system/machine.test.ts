import fs from 'node:fs';
import { expect, test } from 'vitest';
import { ok } from '../../shared/problem.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { scratch, type Scratch } from '../doubles/engine.ts';

const machineOf = ({ home }: Scratch, confined = true) =>
  openMachine({ home, confined, environment: { XDG_CONFIG_HOME: '/elsewhere' } });

test('a confined machine knows no variables and no keyring', async () => {
  using home = scratch();
  expect(machineOf(home).env('XDG_CONFIG_HOME')).toBeUndefined();
  expect(machineOf(home, false).env('XDG_CONFIG_HOME')).toBe('/elsewhere');
  expect(await machineOf(home).keyring({})).toMatchObject({ problem: { kind: 'keyring-missing' } });
});

test('what is no file holds nothing', () => {
  using home = scratch();
  const machine = machineOf(home);
  home.write('dir/file', 'bytes');
  expect(machine.read(home.path('dir/file'))).toEqual({ ok: true, value: Buffer.from('bytes') });
  for (const name of ['missing', 'dir', 'dir/file/below'])
    expect(machine.read(home.path(name)), name).toEqual({ ok: true, value: undefined });
  expect([machine.list(home.path('dir')), machine.list(home.path('missing'))]).toEqual([['file'], []]);
  expect(['dir', 'dir/file', 'missing'].map((name) => machine.kindOf(home.path(name)))).toEqual([
    'directory',
    'file',
    undefined,
  ]);
});

test('a file that may not be read is no missing file', () => {
  using home = scratch();
  const file = home.write('closed', 'bytes', 0o000);
  const read = machineOf(home).read(file);
  if (process.getuid?.() === 0) return expect(read.ok).toBe(true);
  expect(read).toMatchObject({ problem: { kind: 'access-denied', subject: file } });
});

test('a link in a circle is a Problem, not a crash', () => {
  using home = scratch();
  fs.symlinkSync('circle', home.path('circle'));
  expect(machineOf(home).read(home.path('circle'))).toMatchObject({ problem: { kind: 'write-failed' } });
  expect(machineOf(home).kindOf(home.path('circle'))).toBeUndefined();
});

test('a program that fails or is not there is a warning with its name', async () => {
  using home = scratch();
  const machine = machineOf(home);
  expect(await machine.run(process.execPath, ['-e', ''])).toEqual({ ok: true, value: undefined });
  expect(await machine.run(process.execPath, ['-e', 'process.exit(3)'])).toMatchObject({
    problem: { kind: 'refresh-failed' },
  });
  expect(await machine.run('no-such-program', [])).toMatchObject({
    problem: { kind: 'refresh-failed', subject: 'no-such-program' },
  });
});

test('a confined machine sees no bus and calls nothing there', async () => {
  using home = scratch();
  const bus = { names: async () => ['org.example.Mail'], call: async () => ok(undefined) };
  const method = {
    destination: 'org.example.Mail',
    path: '/',
    interface: 'org.example.Mail',
    member: 'Reload',
  };
  const machine = (confined: boolean) => openMachine({ home: home.home, confined, environment: {}, bus });
  expect(await machine(false).busNames()).toEqual(['org.example.Mail']);
  expect(await machine(false).callBus(method)).toEqual({ ok: true, value: undefined });
  expect(await machine(true).busNames()).toEqual([]);
  expect(await machine(true).callBus(method)).toMatchObject({ problem: { kind: 'refresh-failed' } });
});
