import { expect, test } from 'vitest';
import type { Doer } from '../../electron/engine/ports.ts';
import { behindCommand, type CommandLine } from '../../electron/stores/command-entry.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { scratch, type Scratch } from '../doubles/engine.ts';

const LINE: CommandLine = { place: { kind: 'file', path: '/config' }, lens: 'msmtprc', slot: {} };

const machineOf = (home: Scratch, environment: Record<string, string> = {}): Doer =>
  openMachine({ home: home.home, confined: Object.keys(environment).length === 0, environment });

/** The file behind a command, or the problem. */
async function behind(machine: Doer, command: string): Promise<string | undefined> {
  const [found] = await behindCommand(machine, command, LINE);
  if (found?.problem) return found.problem.kind;
  return found?.place.kind === 'file' ? found.place.path : undefined;
}

test('without a gopass of its own the command is another program, which shares the store of pass', async () => {
  using home = scratch();
  home.write('.password-store/.gpg-id', 'alex');
  home.write('.password-store/mail.gpg', 'x');
  expect(await behind(machineOf(home), 'gopass show -o mail')).toBe('external-command');
  expect(await behind(machineOf(home), 'gopass show mail')).toBe('external-command');
  expect(await behind(machineOf(home), 'pass show mail')).toBe(home.path('.password-store/mail.gpg'));
});

test('the root store and mounted stores follow its configuration, the longest name first', async () => {
  using home = scratch();
  home.write(
    '.config/gopass/config',
    `[mounts]\n\tpath = ${home.path('root')}\n[mounts "work"]\n\tpath = ~/work\n[mounts "work/old"]\n\tpath = "~/old"\n`,
  );
  for (const store of ['root', 'work', 'old']) home.write(`${store}/.gpg-id`, 'alex');
  const fileOf = (entry: string) => behind(machineOf(home), `gopass show -o ${entry} | head -n1`);
  expect(await fileOf('mail/me')).toBe(home.path('root/mail/me.gpg'));
  expect(await fileOf('work/mail')).toBe(home.path('work/mail.gpg'));
  expect(await fileOf('work/old/mail')).toBe(home.path('old/mail.gpg'));
  expect(await fileOf('workshop')).toBe(home.path('root/workshop.gpg'));
});

test('its default folder follows the environment', async () => {
  using home = scratch();
  home.write('.local/share/gopass/stores/root/.gpg-id', 'alex');
  home.write('moved/.local/share/gopass/stores/root/.gpg-id', 'alex');
  expect(await behind(machineOf(home), 'gopass -o mail')).toBe(
    home.path('.local/share/gopass/stores/root/mail.gpg'),
  );
  const moved = machineOf(home, { GOPASS_HOMEDIR: home.path('moved') });
  expect(await behind(moved, 'gopass -o mail')).toBe(
    home.path('moved/.local/share/gopass/stores/root/mail.gpg'),
  );
});

test('a store that age seals, and a configuration that cannot be read, are left to their owner', async () => {
  using home = scratch();
  home.write('.local/share/gopass/stores/root/.age-recipients', 'age1');
  home.write('.local/share/gopass/stores/root/mail.age', 'x');
  expect(await behind(machineOf(home), 'gopass -o mail')).toBe('external-command');
  home.write('.local/share/gopass/stores/root/.gpg-id', 'alex');
  home.write('.config/gopass/config', '[mounts\n');
  expect(await behind(machineOf(home), 'gopass -o mail')).toBe('external-command');
});
