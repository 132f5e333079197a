import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../electron/engine/ports.ts';
import { gitCredentialStore } from '../../electron/stores/git-credentials.ts';
import { gitSendEmail } from '../../electron/stores/git-send-email.ts';
import { netrcStore } from '../../electron/stores/netrc.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { findAll } from './fixture.ts';

let root = '';
beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-environment-'));
  fs.mkdirSync(path.join(root, 'xdg/git'), { recursive: true });
  fs.mkdirSync(path.join(root, 'home'));
  fs.writeFileSync(path.join(root, 'netrc'), 'machine h login u password p\n');
  fs.writeFileSync(path.join(root, 'xdg/git/config'), '[sendemail]\nsmtpServer=h\nsmtpUser=u\nsmtpPass=p\n');
  fs.writeFileSync(path.join(root, 'xdg/git/credentials'), 'https://u:p@h\n');
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

async function placesOf(store: Store, confined: boolean): Promise<readonly unknown[]> {
  const environment = { NETRC: path.join(root, 'netrc'), XDG_CONFIG_HOME: path.join(root, 'xdg') };
  const machine = openMachine({ home: path.join(root, 'home'), confined, environment });
  const { entries } = await findAll(store, machine);
  return entries.map(({ place }) => place);
}

test.each([
  [netrcStore, 'netrc'],
  [gitSendEmail, 'xdg/git/config'],
  [gitCredentialStore, 'xdg/git/credentials'],
])('$0.id follows the environment, unless only the home counts', async (store, file) => {
  expect(await placesOf(store, false)).toEqual([{ kind: 'file', path: path.join(root, file) }]);
  expect(await placesOf(store, true)).toEqual([]);
});
