import type { Locator, Page } from 'playwright/test';
import { PEOPLE } from '../doubles/mail-home.ts';
import { faults } from './axe.ts';
import { expect, NEW, test } from './wizard-fixture.ts';
import type { WizardPage } from './wizard-page.ts';

const { owner, tokenLogin } = PEOPLE;

/** In the running app, not its double: axe in legacy mode, because Electron opens no second page for it. */
async function expectFaultless(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await faults(page), `${screen}, ${colorScheme}`).toEqual([]);
  }
}

test('axe finds nothing on any screen of the running app, in light and dark', async ({ wizard }) => {
  test.setTimeout(240_000);
  const { page } = wizard;
  await wizard.ready();
  await page.getByText('I have not changed it yet').click();
  await expectFaultless(page, 'account with its guides');
  await wizard.choose(owner.login);
  await wizard.screen('places');
  await expectFaultless(page, 'places');
  await wizard.primary.click();
  await wizard.give('Winter-mistyped');
  await wizard.status.getByText('Nothing was changed.').waitFor();
  await expectFaultless(page, 'password, rejected');
  await wizard.give(NEW);
  await wizard.screen('result');
  await expectFaultless(page, 'result');
  await wizard.history();
  await page.getByRole('listitem').filter({ hasText: owner.login }).waitFor();
  await expectFaultless(page, 'history');
  await wizard.begin();
  await wizard.choose(tokenLogin);
  await wizard.screen('sign-in');
  await expectFaultless(page, 'sign in again');
});

const MOST_STOPS = 80;

/** Presses Tab until a control has the focus; fails where the keyboard cannot get to it. */
async function tabTo(wanted: Locator): Promise<void> {
  const page = wanted.page();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the keyboard does not get to ${String(wanted)}`);
}

async function press(wanted: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(wanted);
  await wanted.page().keyboard.press(key);
}

/** From the places to the result, by keyboard. */
async function update(wizard: WizardPage, password: string): Promise<void> {
  await press(wizard.primary);
  await wizard.screen('password');
  await expect(wizard.password).toBeFocused();
  await wizard.page.keyboard.insertText(password);
  await wizard.page.keyboard.press('Enter');
}

test('the keyboard alone gets through the whole wizard, undo and history included', async ({ wizard }) => {
  test.setTimeout(120_000);
  const { page, heading } = wizard;
  await wizard.ready();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: owner.login })).toBeFocused();
  await page.keyboard.press('Enter');
  await wizard.screen('places');
  await expect(heading).toBeFocused();
  await press(page.getByRole('checkbox').first(), 'Space');
  await expect(wizard.primary).toHaveText('Continue with 8 places');
  await page.keyboard.press('Space');
  await update(wizard, 'Winter-mistyped');
  await wizard.status.getByText('Nothing was changed.').waitFor();
  await expect(wizard.password).toBeFocused();
  await page.keyboard.insertText(NEW);
  await page.keyboard.press('Enter');
  await wizard.screen('result');
  await expect(heading).toBeFocused();

  await press(page.getByRole('button', { name: /^Undo (?!all)/ }).first());
  await expect(page.getByRole('dialog')).toBeVisible();
  await press(page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }));
  await expect(page.getByRole('heading', { name: 'Put back' })).toBeVisible();

  await page.keyboard.press('Shift+Tab');
  await press(page.getByRole('button', { name: 'History' }));
  await wizard.screen('history');
  await expect(heading).toBeFocused();
  await press(page.getByRole('button', { name: /^Undo the run/ }));
  await press(page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }));
  await expect(wizard.status).toContainText('as they were before the run');
  await press(page.locator('footer').getByRole('button', { name: 'Back' }));
  await wizard.screen('result');
});

test('a chosen appearance is there again after a new start of the page, and the system’s leaves no trace', async ({
  wizard,
}) => {
  const { page } = wizard;
  await wizard.ready();
  await page.getByRole('button', { name: 'Appearance: as the system' }).click();
  await page.getByRole('button', { name: 'Appearance: light' }).click();
  await page.reload();
  await wizard.ready();
  await expect(page.getByRole('button', { name: 'Appearance: dark' })).toBeVisible();
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  await page.getByRole('button', { name: 'Appearance: dark' }).click();
  expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({});
});
