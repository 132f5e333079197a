import fs from 'node:fs';
import type { ElectronApplication } from 'playwright/test';
import { all, CLIENTS, NETRC_CLIENTS, workingIn } from '../clients/working.ts';
import { attach } from '../doubles/attached.ts';
import { snapshot } from '../doubles/snapshot.ts';
import { firstPage, launch, pidOf, type Start } from '../host/launch.ts';
import { PLACES, type ScratchHome } from '../lab/home.ts';
import { ALICE, changedPlaces, expect, NEW, test } from './lab-fixture.ts';
import { WizardPage } from './wizard-page.ts';

const EVERY_CLIENT = [...CLIENTS, ...NETRC_CLIENTS];

/** Runs the wizard up to the moment when the second place would be swapped, and kills the main process there. */
async function killedInMidRun(start: Start): Promise<void> {
  const app = await launch(start);
  const wizard = new WizardPage(await firstPage(app));
  await wizard.toPassword(ALICE);
  const strace = await attach(pidOf(app), {
    calls: ['renameat2'],
    folder: start.scratch,
    inject: { call: 'renameat2', nth: 2, what: 'signal=SIGKILL' },
  });
  await Promise.all([app.waitForEvent('close'), wizard.give(NEW)]);
  await strace.end();
}

/** What Rekey left beside the places. */
const leftBehind = ({ dir }: ScratchHome): readonly string[] =>
  fs.readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.rekey-'));

/** The next start, with the word about the run that was cut off. */
async function nextStart(start: Start): Promise<{ app: ElectronApplication; wizard: WizardPage }> {
  const app = await launch(start);
  const wizard = new WizardPage(await firstPage(app));
  await expect(wizard.page.getByText(`An earlier run for ${ALICE} was interrupted.`)).toBeVisible();
  return { app, wizard };
}

test('killed between two places, and finished at the next start', async ({
  clients,
  home,
  lab,
  options,
  scratch,
}) => {
  const before = snapshot(clients.dir);
  const start = { home, options, scratch };
  await killedInMidRun(start);
  expect(changedPlaces(before, clients)).toHaveLength(1);
  lab.resetAttempts();

  const { app, wizard } = await nextStart(start);
  await wizard.page.getByRole('button', { name: 'Finish it' }).click();
  await expect(wizard.page.getByText('The interrupted run is finished: 9 of 9 places')).toBeVisible();
  await app.close();
  expect(changedPlaces(before, clients)).toEqual(PLACES);
  expect(leftBehind(clients)).toEqual([]);
  // what is finished was accepted before the kill: no server is asked again
  expect(await lab.attempts(ALICE)).toEqual([]);
  expect(await workingIn(clients, lab, ALICE)).toEqual(all(EVERY_CLIENT, true));
});

test('killed between two places, and taken back at the next start', async ({
  clients,
  home,
  options,
  scratch,
}) => {
  const before = snapshot(clients.dir);
  const start = { home, options, scratch };
  await killedInMidRun(start);
  expect(changedPlaces(before, clients)).toHaveLength(1);

  const { app, wizard } = await nextStart(start);
  await wizard.page.getByRole('button', { name: 'Take it back' }).click();
  await expect(wizard.page.getByText('The interrupted run is taken back: 9 of 9 places')).toBeVisible();
  await expect(wizard.page.getByRole('button', { name: 'Finish it' })).toHaveCount(0);
  await app.close();
  expect(changedPlaces(before, clients)).toEqual([]);
  expect(leftBehind(clients)).toEqual([]);
});

/** The page as it is now, whoever drives it: a crashed page is lost to the test driver. */
const inPage = (app: ElectronApplication, expression: string): Promise<unknown> =>
  app.evaluate(
    ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
    expression,
  );

const SCREEN = `document.querySelector('[data-screen]')?.dataset.screen`;
const SAID = `document.querySelector('main')?.innerText`;

const crash = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );

test('a page that crashes in mid-run comes back to it', async ({ app, clients, lab, wizard }) => {
  const before = snapshot(clients.dir);
  const release = lab.hold();
  await wizard.toPassword(ALICE);
  await wizard.give(NEW);
  await lab.begun(ALICE);
  await crash(app);
  await wizard.page.waitForEvent('crash');
  try {
    await expect(async () => expect(await inPage(app, SCREEN)).toBe('progress')).toPass();
    expect(changedPlaces(before, clients)).toEqual([]);
  } finally {
    release();
  }
  await expect.poll(() => inPage(app, SCREEN)).toBe('result');
  expect(await inPage(app, SAID)).toContain('9 of 9 places hold the new password.');
  expect(changedPlaces(before, clients)).toEqual(PLACES);
});

test('a page that goes on crashing is given up, and the window says so', async ({ app, page }) => {
  await expect(page).toHaveTitle('Rekey');
  const said: string[] = [];
  await app.evaluate(({ dialog }) => {
    dialog.showErrorBox = (_title, content) => console.log(content);
  });
  app.on('console', (message) => said.push(message.text()));
  for (const time of ['first', 'second', 'third']) {
    await inPage(app, 'window.before = true');
    await crash(app);
    // asked in the middle of the crash, the page does not answer
    await expect(async () => {
      expect(await inPage(app, `!('before' in window) && ${SCREEN}`), time).toBe('account');
    }).toPass();
  }
  await Promise.all([app.waitForEvent('close'), crash(app)]);
  expect(said.join()).toContain('The window stopped working several times, so Rekey closes it.');
});

test('closing in the middle of writing asks once, and finishes the current place', async ({
  app,
  clients,
  home,
  options,
  scratch,
  wizard,
}) => {
  const before = snapshot(clients.dir);
  await wizard.toPassword(ALICE);
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => {
      console.log('asked');
      return { response: 0, checkboxChecked: false };
    };
  });
  const said: string[] = [];
  app.on('console', (message) => said.push(message.text()));
  const strace = await attach(pidOf(app), {
    calls: ['renameat2'],
    folder: scratch,
    inject: { call: 'renameat2', nth: 1, what: 'delay_enter=1000000' },
  });
  await wizard.give(NEW);
  await strace.begun('renameat2');
  const closed = app.waitForEvent('close');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await closed;
  await strace.end();
  expect(said).toEqual(['asked']);
  expect(changedPlaces(before, clients)).toHaveLength(1);
  expect(leftBehind(clients)).toEqual([]);

  const next = await launch({ home, options, scratch });
  const again = new WizardPage(await firstPage(next));
  await again.ready();
  await expect(again.page.getByRole('button', { name: 'Finish it' })).toHaveCount(0);
  await again.history();
  await expect(again.page.getByRole('listitem').filter({ hasText: ALICE })).toContainText('1 changed');
  await next.close();
});
