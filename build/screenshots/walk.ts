import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { messagesFor } from '../../shared/messages/index.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import { PEOPLE } from '../../tests/doubles/mail-home.ts';
import { WizardPage } from '../../tests/e2e/wizard-page.ts';
import { firstPage } from '../../tests/host/launch.ts';
import type { Camera } from './camera.ts';
import { PASSWORD, type Scene } from './scene.ts';

const { owner, tokenLogin } = PEOPLE;
const GERMAN = 'de';

/** Walks the app through every screen as a person would meet it, and has a picture taken of each. */
export async function walk(scene: Scene, camera: Camera, language: string): Promise<void> {
  const texts = messagesFor(language).page;
  await opened(scene.open(language), async (page) => {
    const wizard = new WizardPage(page);
    const closeThunderbird = scene.openThunderbird();
    await firstRun(scene, camera, wizard);
    closeThunderbird();
    await rest(camera, wizard, texts);
    await again(scene, camera, wizard);
  });
  if (!language.startsWith(GERMAN)) await opened(scene.open(GERMAN), (page) => inGerman(page, camera));
  interrupt(scene);
  await opened(scene.open(language), async (page) => {
    await page.getByRole('button', { name: texts.account.finish }).waitFor();
    await camera.take(page, 'account-unfinished');
  });
  await opened(scene.open(language, true), async (page) => {
    await page.getByRole('heading', { name: texts.account.emptyHeading }).waitFor();
    await camera.take(page, 'account-empty');
  });
}

async function opened(
  started: Promise<ElectronApplication>,
  visit: (page: Page) => Promise<void>,
): Promise<void> {
  const app = await started;
  try {
    await visit(await firstPage(app));
  } finally {
    await app.close();
  }
}

/** From the first screen over a mistyped password to a result in which the open program waits. */
async function firstRun(scene: Scene, camera: Camera, wizard: WizardPage): Promise<void> {
  const { page } = wizard;
  await wizard.ready();
  await page.locator('.band[data-tone="warning"]').waitFor();
  await camera.take(page, 'account');
  const guides = page.locator('details.fold');
  await guides.locator('summary').click();
  await camera.take(page, 'account-guides', { top: guides });
  await wizard.choose(owner.login);
  await wizard.screen('places');
  await camera.take(page, 'places');
  await wizard.primary.click();
  await wizard.screen('password');
  await camera.take(page, 'password');
  await give(wizard, `${PASSWORD}, mistyped`);
  await wizard.status.first().waitFor();
  await camera.take(page, 'password-rejected');
  const letGo = scene.holdSending();
  await give(wizard, PASSWORD);
  await page.locator('[data-screen="progress"] .mark[data-tone="accent"]').nth(1).waitFor();
  await camera.take(page, 'progress');
  letGo();
  await wizard.screen('result');
  await camera.take(page, 'result-waiting');
}

/** What waited is finished; then the history, and the ending of the account that takes no password. */
async function rest(camera: Camera, wizard: WizardPage, { frame }: Messages['page']): Promise<void> {
  const { page } = wizard;
  await wizard.primary.click();
  await wizard.screen('places');
  await wizard.primary.click();
  await wizard.screen('password');
  await give(wizard, PASSWORD);
  await wizard.screen('result');
  await camera.take(page, 'result');
  await page.getByRole('button', { name: frame.history }).click();
  await page.locator('[data-screen="history"] .row').first().waitFor();
  await camera.take(page, 'history');
  await page.locator('footer').getByRole('button', { name: frame.back }).click();
  await wizard.primary.click();
  await wizard.choose(tokenLogin);
  await wizard.screen('sign-in');
  await camera.take(page, 'sign-in-again');
}

/** The password that is stored already is noticed; for another one the server is gone. */
async function again(scene: Scene, camera: Camera, wizard: WizardPage): Promise<void> {
  await wizard.primary.click();
  await wizard.choose(owner.login);
  await wizard.screen('places');
  await wizard.primary.click();
  await wizard.screen('password');
  await give(wizard, PASSWORD);
  await wizard.status.first().waitFor();
  await camera.take(wizard.page, 'password-stored');
  await scene.server.stop();
  await give(wizard, `${PASSWORD}, again`);
  await wizard.page.locator('.band[data-tone="warning"]').waitFor();
  await camera.take(wizard.page, 'password-unreachable');
}

/** One picture is enough to show how a longer language fits. */
async function inGerman(page: Page, camera: Camera): Promise<void> {
  const wizard = new WizardPage(page);
  await wizard.ready();
  await wizard.choose(owner.login);
  await wizard.screen('places');
  await camera.take(page, `places-${GERMAN}`, { views: 1 });
}

async function give(wizard: WizardPage, password: string): Promise<void> {
  await wizard.page.locator('#password').fill(password);
  await wizard.primary.click();
}

/** Leaves the last run as a crash in the middle would: there is no end in its log. */
function interrupt({ state }: Scene): void {
  const runs = path.join(state, 'runs');
  const last = fs.readdirSync(runs).sort().at(-1);
  fs.writeFileSync(path.join(runs, last ?? '', 'log'), '');
}
