import { expect, type Page } from 'playwright/test';
import { PRIMARY_PASSWORD, RIGHT_PASSWORD } from '../doubles/rekey-api.ts';
import { faults } from './axe.ts';
import { nameless, overflow, test, vanished } from './page-fixture.ts';

const primary = (page: Page) => page.locator('footer .button.primary');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const field = (page: Page) => page.getByLabel('New password for alex@contoso.com');

/** Every screen of the wizard once, in the order in which a person meets them. */
const SCREENS: readonly (readonly [name: string, reach: (page: Page, address: string) => Promise<void>])[] = [
  ['account', (page, address) => open(page, `${address}?closes=99`)],
  ['nothing found', (page, address) => open(page, `${address}?empty`)],
  ['unfinished run', (page, address) => open(page, `${address}?unfinished`)],
  ['places', (page, address) => places(page, `${address}?closes=99`)],
  ['password', (page, address) => password(page, `${address}?closes=0`)],
  ['rejected', (page, address) => rejected(page, `${address}?closes=0`)],
  ['progress', (page, address) => progress(page, `${address}?closes=0&pace=1500`)],
  ['result', (page, address) => result(page, `${address}?closes=0`)],
  ['result that waits', (page, address) => result(page, `${address}?closes=99`)],
  ['sign in again', (page, address) => signIn(page, `${address}?closes=0`)],
  ['sign in again while a program is open', (page, address) => signIn(page, `${address}?closes=99`)],
  ['old passwords removed', (page, address) => removed(page, `${address}?closes=0`)],
  ['history', (page, address) => history(page, address)],
  ['question', (page, address) => question(page, address)],
  ['help', (page, address) => help(page, address)],
];

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(primary(page)).toBeEnabled();
}

async function places(page: Page, address: string): Promise<void> {
  await open(page, address);
  await primary(page).click();
  await expect(heading(page)).toHaveText('5 places on this computer hold this password.');
}

async function password(page: Page, address: string): Promise<void> {
  await places(page, address);
  await primary(page).click();
  await expect(field(page)).toBeFocused();
}

async function rejected(page: Page, address: string): Promise<void> {
  await password(page, address);
  await field(page).fill('a mistyped one');
  await primary(page).click();
  await expect(page.getByRole('status')).toContainText('Nothing was changed.');
}

async function send(page: Page, address: string): Promise<void> {
  await password(page, address);
  await field(page).fill(RIGHT_PASSWORD);
  await primary(page).click();
}

async function progress(page: Page, address: string): Promise<void> {
  await send(page, address);
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
}

async function result(page: Page, address: string): Promise<void> {
  await send(page, address);
  await expect(heading(page)).toContainText('work again in');
}

async function signIn(page: Page, address: string): Promise<void> {
  await open(page, address);
  await page.getByRole('radio', { name: 'onmicrosoft' }).check();
  await primary(page).click();
  await expect(heading(page)).toContainText('There is no password to store.');
}

async function removed(page: Page, address: string): Promise<void> {
  await signIn(page, address);
  await page.getByLabel(/^Primary password for /).fill(PRIMARY_PASSWORD);
  await page.getByRole('button', { name: 'Remove all 4 old passwords' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('status')).toContainText('4 old passwords are removed.');
}

async function history(page: Page, address: string): Promise<void> {
  await open(page, address);
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByRole('listitem')).toHaveCount(2);
}

async function question(page: Page, address: string): Promise<void> {
  await history(page, address);
  await page
    .getByRole('button', { name: /^Forget/ })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

async function help(page: Page, address: string): Promise<void> {
  await open(page, address);
  await page.getByRole('button', { name: 'Help' }).click();
  await expect(page.getByRole('dialog', { name: 'How Rekey works' })).toBeVisible();
}

for (const [name, reach] of SCREENS) {
  test(`${name}: axe finds nothing, forced colours keep every mark, 200 % cuts nothing off`, async ({
    page,
    address,
  }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await reach(page, address);
    expect(await nameless(page)).toEqual([]);
    expect(await faults(page), 'light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await faults(page), 'dark').toEqual([]);
    await page.emulateMedia({ forcedColors: 'active' });
    expect(await vanished(page), 'forced colours').toEqual([]);
    await page.emulateMedia({ forcedColors: 'none' });
    // 640x480 at 200 % are 320x240 CSS pixels, the reflow width of WCAG 1.4.10
    await page.setViewportSize({ width: 320, height: 240 });
    expect(await overflow(page), 'at 200 %').toBe(0);
  });
}

test('the keyboard alone gets from the first screen to the result and back', async ({ page, address }) => {
  const keys = page.keyboard;
  await open(page, `${address}?closes=0`);
  await expect(heading(page)).toBeFocused();
  await keys.press('Tab');
  await expect(page.getByRole('radio', { name: 'alex@contoso.com' })).toBeFocused();
  await keys.press('Enter');
  await expect(heading(page)).toHaveText('5 places on this computer hold this password.');
  await expect(heading(page)).toBeFocused();
  await keys.press('Tab');
  await keys.press('Space');
  await expect(primary(page)).toHaveText('Continue with 4 places');
  await keys.press('Space');
  await primary(page).focus();
  await keys.press('Enter');
  await expect(field(page)).toBeFocused();
  await keys.type(RIGHT_PASSWORD);
  await keys.press('Enter');
  await expect(heading(page)).toHaveText('Reading and sending work again in Thunderbird, mbsync and msmtp.');
  await expect(heading(page)).toBeFocused();
});

test('the keyboard goes over the places in the order in which they are read', async ({ page, address }) => {
  await places(page, `${address}?closes=99`);
  const stops: string[] = [];
  for (let stop = 0; stop < 8; stop += 1) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''));
  }
  expect(stops).toEqual([
    'Change Thunderbird, alex@contoso.com',
    'Details of Thunderbird, alex@contoso.com',
    'Change Thunderbird, alex@contoso.com, profile travel',
    'Details of Thunderbird, alex@contoso.com, profile travel',
    'Change Thunderbird, alex@contoso.com on smtp.contoso.com',
    'Details of Thunderbird, alex@contoso.com on smtp.contoso.com',
    'Details of Evolution, alex@contoso.onmicrosoft.com',
    'Change mbsync, account work',
  ]);
});

test('each finished login and place is said once, while the run goes on', async ({ page, address }) => {
  await send(page, `${address}?closes=0&pace=200`);
  const told = page.locator('[aria-live="polite"] li');
  await expect(told.first()).toHaveText('mail.contoso.com: accepted');
  await expect(told.filter({ hasText: 'Thunderbird, alex@contoso.com: changed, read back' })).toHaveCount(1);
  await expect(page.locator('[aria-live="polite"]')).toHaveAttribute('aria-relevant', 'additions');
});

test('a question is answered and left by keyboard, and the focus comes back', async ({ page, address }) => {
  await history(page, address);
  const forget = page.getByRole('button', { name: /^Forget/ }).first();
  await forget.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(forget).toBeFocused();
});

test('the field is empty as soon as the password is sent, and nothing on the page holds it', async ({
  page,
  address,
}) => {
  await rejected(page, `${address}?closes=0`);
  await expect(field(page)).toHaveValue('');
  const held = await page.evaluate(() => document.documentElement.outerHTML);
  expect(held).not.toContain('mistyped');
});

test('a password that is shown is hidden again on the next screen', async ({ page, address }) => {
  await password(page, `${address}?closes=0`);
  await page.getByRole('button', { name: 'Show the password' }).first().click();
  await expect(field(page)).toHaveAttribute('type', 'text');
  await field(page).fill('a mistyped one');
  await primary(page).click();
  await expect(field(page)).toHaveAttribute('type', 'password');
});

test('an empty field is asked for, not sent', async ({ page, address }) => {
  await password(page, `${address}?closes=0`);
  await primary(page).click();
  await expect(page.getByText('Type the new password first.')).toBeVisible();
  await expect(field(page)).toBeFocused();
});

test('the button counts what can be written, and notices a closed program', async ({ page, address }) => {
  await password(page, `${address}?closes=3`);
  await expect(primary(page)).toHaveText('Check and update 3 places');
  await expect(page.getByText('2 places wait: close Thunderbird first.')).toBeVisible();
  await expect(primary(page)).toHaveText('Check and update 5 places');
});

test('one place is taken back after a question', async ({ page, address }) => {
  await result(page, `${address}?closes=0`);
  await page.getByRole('button', { name: 'Undo mbsync, account work' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('heading', { name: 'Put back' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo mbsync, account work' })).toHaveCount(0);
});

test('a run is taken back from the history, which says what came of it', async ({ page, address }) => {
  await result(page, `${address}?closes=0`);
  await page.getByRole('button', { name: 'History' }).click();
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status')).toHaveText('4 of 4 places are as they were before the run.');
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('heading', { name: 'Put back' })).toBeVisible();
});

test('the rest is finished with a new look at the places', async ({ page, address }) => {
  await result(page, `${address}?closes=4`);
  await page.getByRole('button', { name: 'Finish 3 waiting places' }).click();
  await expect(heading(page)).toHaveText('5 places on this computer hold this password.');
});

test('the steps that an account without a password never needed are not told as done', async ({
  page,
  address,
}) => {
  await signIn(page, `${address}?closes=0`);
  const steps = page.getByRole('navigation', { name: 'Steps' }).getByRole('listitem');
  await expect(steps).toHaveText([
    /Account \(done\)/,
    /Places \(not needed\)/,
    /Password \(not needed\)/,
    /Result$/,
  ]);
});

test('an old password is removed and put back from its row, by keyboard', async ({ page, address }) => {
  await signIn(page, `${address}?closes=0`);
  const name = 'Thunderbird, alex@contoso.onmicrosoft.com on smtp.office365.com';
  const row = page.getByRole('listitem').filter({ hasText: 'on smtp.office365.com' }).last();
  await page.getByRole('button', { name: `Remove the old password of ${name}` }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Remove 1 old password?');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('removed');
  await expect(page.getByRole('status')).toContainText(
    '1 old password is removed. You can undo this until 28 November.',
  );
  await expect(page.getByRole('heading', { name: /^Old passwords/ })).toBeFocused();
  await page.getByRole('button', { name: `Undo ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
  await expect(row).toContainText('of no use');
  await expect(page.getByRole('status')).toHaveText('');
});

test('what Thunderbird keeps waits until it is closed, and the page notices', async ({ page, address }) => {
  await signIn(page, `${address}?closes=2`);
  await expect(page.getByText('waits: close Thunderbird')).toHaveCount(4);
  await expect(page.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Remove all 4 old passwords' })).toBeVisible();
});

test('the primary password is gone from the page as soon as it is sent; without it the profile waits', async ({
  page,
  address,
}) => {
  await signIn(page, `${address}?closes=0`);
  const locked = page.getByRole('listitem').filter({ hasText: '77yt0pl1' });
  const remove = async (): Promise<void> => {
    await locked.getByRole('button', { name: /^Remove/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  };
  await remove();
  await expect(locked).toContainText('may hold one');
  await page.getByLabel(/^Primary password for /).fill(PRIMARY_PASSWORD);
  await remove();
  await expect(locked).toContainText('removed');
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(PRIMARY_PASSWORD);
  await expect(page.getByLabel(/^Primary password for /)).toHaveCount(0);
});

test('with reduced motion nothing fades', async ({ page, address }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, address);
  const durations = await page.evaluate(() =>
    [...document.querySelectorAll('*')].map((element) => getComputedStyle(element).transitionDuration),
  );
  expect(new Set(durations)).toEqual(new Set(['0s']));
});

test.describe('in German', () => {
  test.use({ locale: 'de-AT' });

  test('the page speaks German and says so', async ({ page, address }) => {
    await open(page, address);
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expect(heading(page)).toHaveText('Welches Passwort haben Sie geändert?');
  });
});
