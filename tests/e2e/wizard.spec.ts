import fs from 'node:fs';
import path from 'node:path';
import { formsIn, formsOf } from '../canary/forms.ts';
import { sightingsBelow } from '../canary/sightings.ts';
import { accepted } from '../doubles/mail-clients.ts';
import { PEOPLE } from '../doubles/mail-home.ts';
import { changedFiles, snapshot, writtenFiles } from '../doubles/snapshot.ts';
import { firstPage, launch } from '../host/launch.ts';
import { heldBy } from './held.ts';
import { expect, NEW, test } from './wizard-fixture.ts';
import { WizardPage } from './wizard-page.ts';

const { owner, colleague, tokenLogin } = PEOPLE;
const MISTYPED = 'Winter-3ab/+Xw52 &é';

test('from a mistyped password to the new one in every place, and back again', async ({
  home,
  server,
  wizard,
}) => {
  const before = snapshot(home);
  await wizard.choose(owner.login);
  await expect(wizard.heading).toHaveText('9 places on this computer hold this password.');
  await wizard.primary.click();
  await wizard.give(MISTYPED);
  await expect(wizard.status).toContainText('The server did not accept this name and password.');
  await expect(wizard.status).toContainText('Nothing was changed.');
  await expect(wizard.status).toContainText('2 tries are left');
  await expect(wizard.password).toBeFocused();
  await wizard.status.getByText('Details').click();
  await expect(wizard.status.getByText('Authentication failed.')).toBeVisible();
  expect(writtenFiles(before, snapshot(home))).toEqual([]);
  expect(server.attempts(owner.login).rejected).toBe(1);

  await wizard.give(NEW);
  await wizard.screen('result');
  await expect(wizard.heading).toContainText(
    /^Reading and sending work again in Thunderbird, .* and 4 more programs\./,
  );
  await expect(wizard.page.locator('.help')).toHaveText(
    '9 of 9 places hold the new password. 1 place was left as it was.',
  );
  expect(await accepted(home, server, owner.login)).toEqual({ accepted: 9, stored: 9 });
  expect(await accepted(home, server, colleague.login)).toEqual({ accepted: 2, stored: 2 });

  await wizard.undoAll();
  await expect(wizard.heading).toHaveText('9 of 9 places are as they were before the run.');
  expect(changedFiles(before, snapshot(home))).toEqual([]);
  await wizard.history();
  const runs = wizard.page.getByRole('listitem').filter({ hasText: owner.login });
  await expect(runs).toHaveCount(1);
  await expect(runs).toContainText('9 changed');
  await expect(runs).toContainText('taken back');
});

test('an account that takes no password ends with signing in again', async ({ home, server, wizard }) => {
  const before = snapshot(home);
  await wizard.choose(tokenLogin);
  await wizard.screen('sign-in');
  await expect(wizard.heading).toHaveText(
    'There is no password to store. 1 program will ask you to sign in.',
  );
  await expect(wizard.page.getByRole('listitem').filter({ hasText: 'Thunderbird' })).toHaveCount(1);
  expect(writtenFiles(before, snapshot(home))).toEqual([]);
  expect(server.attempts(tokenLogin)).toEqual({ accepted: 0, rejected: 0 });
});

/** Leaves the only run as a crash in the middle would: no end in its log, and one file as it was before. */
function interrupt(state: string, file: string, before: Buffer): void {
  const runs = path.join(state, 'runs');
  for (const run of fs.readdirSync(runs)) fs.writeFileSync(path.join(runs, run, 'log'), '');
  fs.writeFileSync(file, before);
}

test('an interrupted run is offered at the next start and finished without the password', async ({
  home,
  options,
  scratch,
  server,
}) => {
  const start = { home, options, scratch };
  const file = path.join(home, '.netrc');
  const before = fs.readFileSync(file);
  const first = await launch(start);
  const wizard = new WizardPage(await firstPage(first));
  await wizard.toPassword(owner.login);
  await wizard.give(NEW);
  await wizard.screen('result');
  await first.close();
  interrupt(path.join(scratch, 'state'), file, before);
  expect(await accepted(home, server, owner.login)).toEqual({ accepted: 8, stored: 9 });

  const second = await launch(start);
  const page = await firstPage(second);
  await expect(page.getByText(`An earlier run for ${owner.login} was interrupted.`)).toBeVisible();
  await page.getByRole('button', { name: 'Finish it' }).click();
  await expect(page.getByText('The interrupted run is finished: 9 of 9 places')).toBeVisible();
  expect(await accepted(home, server, owner.login)).toEqual({ accepted: 9, stored: 9 });
  await expect(page.getByRole('button', { name: 'Finish it' })).toHaveCount(0);
  await second.close();
});

test('after submit the password is only in the places and on the servers', async ({
  app,
  home,
  scratch,
  wizard,
}) => {
  const said: string[] = [];
  wizard.page.on('console', (message) => said.push(message.text()));
  app.on('console', (message) => said.push(message.text()));
  app.process().stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  app.process().stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const expectSilence = async (when: string): Promise<void> => {
    const held = Buffer.from([await heldBy(wizard.page), ...said].join('\n'));
    const found = [NEW, MISTYPED].flatMap((password) => [
      ...formsIn(held, formsOf(password)),
      ...sightingsBelow(password, scratch, (name) => name.startsWith(home)),
    ]);
    expect(found, when).toEqual([]);
  };

  await wizard.toPassword(owner.login);
  await wizard.password.fill(NEW);
  expect(await heldBy(wizard.page)).toContain(NEW);
  await wizard.password.fill(MISTYPED);
  await wizard.primary.click();
  await expect(wizard.status).toContainText('Nothing was changed.');
  await expectSilence('rejected');
  await wizard.give(NEW);
  await expectSilence('submitted');
  await wizard.screen('result');
  await expectSilence('result');
  await wizard.undoAll();
  await expect(wizard.heading).toContainText('as they were before the run');
  await wizard.history();
  await expectSilence('history');
});
