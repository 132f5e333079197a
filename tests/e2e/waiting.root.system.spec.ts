import fs from 'node:fs';
import type { Locator } from 'playwright/test';
import { mbsyncLogsIn } from '../clients/mbsync.ts';
import { msmtpSends } from '../clients/msmtp.ts';
import { keyringPasswordWorks } from '../clients/secret-tool.ts';
import { thunderbirdLogsIn, withThunderbird } from '../clients/thunderbird.ts';
import { startSession, type Session } from '../doubles/session.ts';
import { firstPage, launch } from '../host/launch.ts';
import { makeHome, profileOf, type ScratchHome } from '../lab/home.ts';
import { makeKeyringHome, type KeyringItems } from '../lab/keyring-home.ts';
import { ALICE, expect, NEW, OLD, test as base } from './lab-fixture.ts';
import { WizardPage } from './wizard-page.ts';

interface SessionFixtures {
  /** A desktop session with a bus and a keyring of its own. */
  readonly session: Session;
  /** Its home: some clients keep the password themselves, some in the keyring. */
  readonly owner: ScratchHome & { readonly items: KeyringItems };
}

/** The app in a desktop session: nothing confines it to files. */
const test = base.extend<SessionFixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  session: async ({}, use) => {
    const session = await startSession();
    await use(session);
    await session.stop();
  },
  owner: async ({ lab, seeded, session }, use) => {
    const user = { login: ALICE, password: OLD };
    await lab.setPassword(ALICE, NEW);
    const files = makeHome(session.home, lab, user);
    const owner = await makeKeyringHome(session, lab, user);
    fs.cpSync(profileOf(seeded), profileOf(files), { recursive: true });
    await use(owner);
  },
  app: async ({ options, owner, scratch, session }, use) => {
    const app = await launch({ scratch, home: owner.dir, options, session: session.env });
    await use(app);
    await app.close();
  },
  wizard: async ({ app }, use) => {
    await use(new WizardPage(await firstPage(app)));
  },
});

/** The rows of a screen whose state is told by this word. */
const rowsThat = (wizard: WizardPage, word: string): Locator =>
  wizard.page.locator('.row').filter({ has: wizard.page.locator('.row-state', { hasText: word }) });

test('what is locked or running waits, is named, and is finished later', async ({
  lab,
  owner,
  session,
  wizard,
}) => {
  await session.lock();
  await withThunderbird(owner, async () => {
    await expect(wizard.page.getByText('Thunderbird is open and may still use')).toBeVisible();
    await wizard.toPassword(ALICE);
    await wizard.give(NEW);
    await wizard.screen('result');
    await expect(wizard.page.locator('.help')).toHaveText(
      '5 of 10 places hold the new password. 5 places are waiting for you.',
    );
    const waiting = wizard.page.locator('section', { hasText: 'Waiting for you' });
    await expect(waiting).toContainText('Close Thunderbird, then finish the waiting places.');
    await expect(waiting).toContainText('Unlock the keyring, then finish the waiting places.');

    await wizard.page.getByRole('button', { name: 'Finish 5 waiting places' }).click();
    await wizard.screen('places');
    await expect(rowsThat(wizard, 'close Thunderbird first')).toHaveCount(2);
    await expect(rowsThat(wizard, 'needs your keyring')).toHaveCount(3);
  });

  await expect(rowsThat(wizard, 'close Thunderbird first')).toHaveCount(0);
  await expect(rowsThat(wizard, 'needs your keyring')).toHaveCount(3);
  await session.unlock();
  await expect(rowsThat(wizard, 'needs your keyring')).toHaveCount(0);
  await wizard.primary.click();
  await wizard.give(NEW);
  await wizard.screen('result');
  await expect(wizard.page.locator('.help')).toHaveText('10 of 10 places hold the new password.');
  expect(await thunderbirdLogsIn(owner, lab, ALICE)).toEqual({ imap: true, smtp: true });
  expect(await mbsyncLogsIn(owner)).toBe(true);
  expect(await msmtpSends(owner, lab, ALICE)).toBe(true);
  expect(await keyringPasswordWorks(owner, lab, ALICE, owner.items.keytar)).toBe(true);
});
