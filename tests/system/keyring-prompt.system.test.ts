import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SecretServiceDoor } from '../../electron/system/secret-service-door.ts';
import { SecretService } from '../../electron/system/secret-service.ts';
import { SessionBus } from '../../electron/system/session-bus.ts';
import { KEYRING_PASSWORD, startSession, type Session } from '../doubles/session.ts';
import { placeOf } from './secret-service-cases.ts';

let session: Session;
let screen: ChildProcess;
let prompter: ChildProcess;
let env: NodeJS.ProcessEnv;
let bus: SessionBus;
let door: SecretServiceDoor;

/** A desktop session with a screen, GNOME's own prompt and nobody in front of it but xdotool. */
beforeEach(async () => {
  session = await startSession();
  bus = new SessionBus(session.address);
  door = new SecretServiceDoor(new SecretService(bus), { mayPrompt: true });
  const args = ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'];
  screen = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = screen.stdio[3];
  if (!number) throw new Error('Xvfb tells no display');
  const [display] = (await once(number, 'data')) as [Buffer];
  env = { ...session.env, DISPLAY: `:${display.toString().trim()}`, NO_AT_BRIDGE: '1' };
  prompter = spawn('/usr/libexec/gcr-prompter', [], { env, stdio: 'ignore' });
  await session.taken('org.gnome.keyring.SystemPrompter');
  session.run('secret-tool', ['store', '--label=mail', 'user', 'anna'], 'old');
  await session.lock();
});
afterEach(async () => {
  await bus.close();
  for (const child of [prompter, screen]) {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  }
  await session.stop();
});

const press = (...words: readonly string[]) =>
  promisify(execFile)('xdotool', words, { env, timeout: 20_000 });

/** Waits until the prompt is on the screen, and types. */
async function atPrompt(...acts: readonly (readonly string[])[]): Promise<void> {
  const shown = await press('search', '--sync', '--onlyvisible', '--class', 'gcr-prompter');
  const [window = ''] = shown.stdout.trim().split('\n');
  await press('windowfocus', '--sync', window);
  for (const act of acts) await press(...act);
}

const place = placeOf({ user: 'anna', 'xdg:schema': 'org.freedesktop.Secret.Generic' });

test('the password that its owner types opens the keyring', { timeout: 30_000 }, async () => {
  const opened = door.unlock(place);
  await atPrompt(['type', '--delay', '40', KEYRING_PASSWORD], ['key', 'Return']);
  expect(await opened).toEqual({ ok: true, value: undefined });
  expect(await door.read(place)).toEqual({ ok: true, value: Buffer.from('old') });
});

test('a prompt that is closed leaves it locked', { timeout: 30_000 }, async () => {
  const opened = door.unlock(place);
  await atPrompt(['key', 'Escape']);
  expect(await opened).toEqual({ ok: false, problem: { kind: 'keyring-locked', subject: 'login' } });
});
