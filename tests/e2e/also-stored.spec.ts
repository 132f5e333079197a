import { expect, type Page } from 'playwright/test';
import { guideSteps } from '../../shared/messages/guide-steps.ts';
import { messagesFor } from '../../shared/messages/index.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import { RIGHT_PASSWORD } from '../doubles/rekey-api.ts';
import { examplePlan } from '../doubles/rekey-rows.ts';
import { faults } from './axe.ts';
import { overflow, test } from './page-fixture.ts';

const primary = (page: Page) => page.locator('footer .button.primary');

/** The section of a screen under this heading. */
const part = (page: Page, title: string) =>
  page.locator('section.part').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

/** Opens each fold of the section by keyboard and gives its steps. */
async function stepsIn(page: Page, title: string): Promise<readonly (readonly string[])[]> {
  const folds = part(page, title).locator('details');
  const steps: (readonly string[])[] = [];
  for (const fold of await folds.all()) {
    await fold.locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect(fold.getByRole('listitem').first()).toBeVisible();
    steps.push(await fold.getByRole('listitem').allTextContents());
  }
  return steps;
}

const expectedSteps = (messages: Messages): readonly (readonly string[])[] =>
  examplePlan().rows.flatMap((row) => (row.guide ? [guideSteps(messages, row.guide, row)] : []));

for (const locale of ['en-GB', 'de-DE']) {
  test.describe(locale, () => {
    test.use({ locale });

    test('what Rekey cannot change stands with its steps, before and after', async ({ page, address }) => {
      const messages = messagesFor(locale);
      const { places, result } = messages.page;
      await page.goto(`${address}?closes=0`);
      await primary(page).click();
      expect(await stepsIn(page, places.also)).toEqual(expectedSteps(messages));
      await expect(part(page, places.also).getByRole('checkbox')).toHaveCount(0);
      expect(await faults(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 240 });
      expect(await overflow(page)).toBe(0);
      await page.setViewportSize({ width: 880, height: 640 });
      await primary(page).click();
      await page.locator('input[type=password]').first().fill(RIGHT_PASSWORD);
      await primary(page).click();
      await expect(part(page, result.manualTitle)).toBeVisible();
      expect(await stepsIn(page, result.manualTitle)).toEqual(expectedSteps(messages));
      expect(await faults(page)).toEqual([]);
      await page.getByText(result.ticket, { exact: true }).click();
      await expect(page.locator('#ticket')).toHaveValue(
        /Chromium, alex@contoso\.com on webmail\.contoso\.com/,
      );
    });
  });
}

test('each fold says which place it is about', async ({ page, address }) => {
  await page.goto(`${address}?closes=0`);
  await primary(page).click();
  const fold = page.getByLabel('How to change it: Firefox, webmail.contoso.com, profile default-release');
  await expect(fold).toHaveText('How to change it');
});
